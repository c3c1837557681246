from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from prefectures.management.progress import Progress
from prefectures.territories.files import FileFault
from prefectures.territories.load import load


class Command(BaseCommand):
    help = (
        "Charge régions, départements, arrondissements, communes, guichets et motifs. Relancée, "
        "elle ne change rien ; elle ne défait jamais ce que l’équipe a changé."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "folder",
            nargs="?",
            type=Path,
            default=settings.BASE_DIR / "fixtures" / "territories",
            help="le dossier des fichiers CSV",
        )

    def handle(self, *, folder, **options):
        try:
            written = load(folder, on_progress=Progress(self.stdout))
        except FileFault as fault:
            raise CommandError(f"{fault}\nRien n’a été chargé.") from fault
        if not written:
            self.stdout.write("Territoire : déjà chargé.")
        for label, count in written.items():
            self.stdout.write(f"{label} : {count}")
