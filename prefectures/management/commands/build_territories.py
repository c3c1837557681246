import subprocess
import tarfile
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from prefectures.territories.build import MEMBERS, build

PACKAGE = "@etalab/decoupage-administratif"


class Command(BaseCommand):
    help = (
        "Refait fixtures/territories à partir du Code officiel géographique (paquet npm "
        f"{PACKAGE}). À lancer une fois par an, puis relire les différences avant de les garder."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("version", help="version du paquet : 6.0.0 pour l’édition 2026")
        parser.add_argument(
            "--archive", type=Path, help="le paquet .tgz déjà téléchargé (sinon : npm pack)"
        )

    def handle(self, *, version, archive, **options):
        with tempfile.TemporaryDirectory() as scratch:
            scratch = Path(scratch)
            path = archive or self._download(version, scratch)
            try:
                package = self._unpack(path, scratch / "package")
            except (OSError, tarfile.TarError) as error:
                raise CommandError(f"{path} : cette archive est illisible ({error}).") from error
            counts = build(package, settings.BASE_DIR / "fixtures" / "territories")
        for name, count in counts.items():
            self.stdout.write(f"{name}.csv : {count} lignes")

    def _unpack(self, path, package):
        """Write what is needed of the archive, and nothing else of it, into ``package``."""
        (package / "data").mkdir(parents=True)
        with tarfile.open(path) as tar:
            files = {member.name: member for member in tar if member.isfile()}
            for name in MEMBERS:
                if f"package/{name}" not in files:
                    raise CommandError(f"{path} : il manque {name} dans cette archive.")
                (package / name).write_bytes(tar.extractfile(files[f"package/{name}"]).read())
        return package

    def _download(self, version, folder):
        try:
            packed = subprocess.run(
                ["npm", "pack", "--silent", f"{PACKAGE}@{version}"],
                cwd=folder,
                check=True,
                capture_output=True,
                text=True,
            )
        except FileNotFoundError:
            raise CommandError(
                "npm manque : installez-le (apt install npm), ou donnez le paquet avec --archive."
            ) from None
        except subprocess.CalledProcessError as error:
            raise CommandError(f"npm n’a pas pu télécharger le paquet :\n{error.stderr}") from None
        return folder / packed.stdout.split()[-1]
