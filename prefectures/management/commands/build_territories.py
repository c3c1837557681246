from django.conf import settings
from django.core.management.base import BaseCommand

from prefectures.management import npm_package
from prefectures.territories.build import MEMBERS, build

PACKAGE = "@etalab/decoupage-administratif"


class Command(BaseCommand):
    help = (
        "Refait fixtures/territories à partir du Code officiel géographique (paquet npm "
        f"{PACKAGE}). À lancer une fois par an, puis relire les différences avant de les garder."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        npm_package.add_arguments(parser, "6.0.0 pour l’édition 2026")

    def handle(self, *, version, archive, **options):
        with npm_package.unpacked(PACKAGE, version, archive, MEMBERS) as package:
            counts = build(package, settings.BASE_DIR / "fixtures" / "territories")
        for name, count in counts.items():
            self.stdout.write(f"{name}.csv : {count} lignes")
