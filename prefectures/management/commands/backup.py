from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from prefectures.backups.folder import megabytes
from prefectures.backups.keeping import KEEP, MONTHS
from prefectures.backups.making import make
from prefectures.backups.refusing import RefusedError


class Command(BaseCommand):
    help = (
        "Sauvegarde la base pendant que le site tourne : un fichier compressé et un autre, à côté, "
        "qui dit ce qu’il contient ; puis supprime les sauvegardes trop vieilles."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--to",
            metavar="DOSSIER",
            type=Path,
            default=settings.BACKUP_DIR,
            help="où la ranger ; par défaut, BACKUP_DIR",
        )
        parser.add_argument(
            "--keep",
            metavar="N",
            type=int,
            default=KEEP,
            help=f"combien des dernières garder, en plus de la première de chacun des {MONTHS} "
            f"derniers mois ; par défaut, {KEEP}",
        )

    def handle(self, *, to, keep, **options):
        if keep < 1:
            raise CommandError("--keep : il faut en garder au moins une.")
        try:
            made = make(to, keep)
        except RefusedError as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Sauvegardé : {made.path} ({megabytes(made.manifest.size)})")
        sealed = made.manifest.head
        if sealed:
            self.stdout.write(f"Tête : sceau n° {sealed['number']} {sealed['digest']}")
        if made.dropped:
            self.stdout.write(f"Anciennes sauvegardes supprimées : {len(made.dropped)}")
        for path in made.left:
            self.stderr.write(
                f"{path} est trop vieille, mais reste : ce n’est pas, à l’octet près, ce que cette "
                "commande a fait, ou le dossier ne se laisse pas écrire. Supprimez-la vous-même si "
                "elle ne sert plus."
            )
