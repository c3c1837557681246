from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from prefectures.importexport.help_file import load_help_places
from prefectures.territories.files import FileFault


class Command(BaseCommand):
    help = (
        "Charge les lieux d’aide. Relancée, elle ne change rien ; elle laisse tel quel un lieu que "
        "l’équipe a changé, renommé ou supprimé."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "path",
            nargs="?",
            type=Path,
            default=settings.BASE_DIR / "fixtures" / "help_places.csv",
            help="le fichier CSV ; ses colonnes sont celles d’un export",
        )

    def handle(self, *, path, **options):
        try:
            counts = load_help_places(path)
        except FileFault as fault:
            raise CommandError(f"{fault}\nRien n’a été chargé.") from fault
        if counts is None:
            self.stdout.write("Lieux d’aide : déjà chargés.")
        else:
            self.stdout.write(
                f"Lieux d’aide : {counts[0]} chargés, {counts[1]} laissés tels quels."
            )
