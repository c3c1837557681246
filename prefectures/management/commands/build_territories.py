import subprocess
import tarfile
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from prefectures.territories.build import build

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
                with tarfile.open(path) as tar:
                    tar.extractall(scratch, filter="data")
            except (OSError, tarfile.TarError) as error:
                raise CommandError(f"{path} : cette archive est illisible ({error}).") from error
            counts = build(scratch / "package", settings.BASE_DIR / "fixtures" / "territories")
        for name, count in counts.items():
            self.stdout.write(f"{name}.csv : {count} lignes")

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
