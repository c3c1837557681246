from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from prefectures.importexport.words_file import load_words


class Command(BaseCommand):
    help = (
        "Charge les mots du glossaire et les textes généraux. Relancée, elle ne change rien ; elle "
        "laisse tel quel ce que l’équipe a changé ou supprimé."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "path",
            nargs="?",
            type=Path,
            default=settings.BASE_DIR / "fixtures" / "words.json",
            help="le fichier JSON",
        )

    def handle(self, *, path, **options):
        count = load_words(path)
        said = f"{count} chargés" if count else "déjà chargés"
        self.stdout.write(f"Mots du site : {said}.")
