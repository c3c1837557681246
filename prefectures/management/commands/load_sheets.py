from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from prefectures.importexport.sheet_file import load_sheets
from prefectures.territories.files import FileFault


class Command(BaseCommand):
    help = (
        "Charge des fiches entières depuis un fichier JSON. Une fiche déjà connue du site, même "
        "renommée ou supprimée depuis, reste comme elle est."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, help="exemple : fixtures/occitanie.json")

    def handle(self, *, path, **options):
        try:
            loaded, left_alone = load_sheets(path)
        except FileFault as fault:
            raise CommandError(f"{fault}\nRien n’a été chargé.") from fault
        self.stdout.write(
            f"Fiches de {path.name} : {len(loaded)} chargées, {len(left_alone)} déjà connues."
        )
