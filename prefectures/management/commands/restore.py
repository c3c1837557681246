import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from prefectures.backups.refusing import RefusedError
from prefectures.backups.restoring import restore
from prefectures.management.progress import Progress


class Command(BaseCommand):
    help = (
        "Remet une sauvegarde à la place de la base du site, une fois vérifié tout ce qui peut "
        "l’être, et garde la base d’avant sous un autre nom."
    )
    # Checks would ask a database that may be broken, or not there.
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FICHIER", type=Path, help="la sauvegarde")
        parser.add_argument(
            "--yes", action="store_true", help="ne demande rien, et remplace la base du site"
        )

    def handle(self, *, file, yes, **options):
        def confirm(manifest, name, lost):
            self.stdout.write(_told(manifest, lost))
            if not yes and not self._agreed(name):
                raise RefusedError("Rien n’a été remplacé.")

        try:
            if not (yes or sys.stdin.isatty()):
                raise RefusedError(
                    "Personne ne peut répondre ici : pour remplacer la base sans question, ajoutez "
                    "--yes."
                )
            restored = restore(file, confirm, on_progress=Progress(self.stdout))
        except RefusedError as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"La sauvegarde {file.name} est remise, son historique est intact.")
        if restored.kept:
            self.stdout.write(f"La base d’avant est gardée : {restored.kept}")
        self.stdout.write(
            "Tout le monde devra se connecter de nouveau. Relisez la liste des comptes : ceux qui "
            "ont été désactivés depuis la sauvegarde ne le sont plus."
        )
        self.stdout.write(f"Nouvelle tête, à garder ailleurs : {restored.head}")

    def _agreed(self, name):
        self.stdout.write(f"Remplacer la base {name} ? Écrivez oui : ", ending="")
        self.stdout.flush()
        return sys.stdin.readline().strip().lower() == "oui"


def _told(manifest, lost):
    until = manifest.head["number"] if manifest.head else 0
    at = timezone.localtime(manifest.moment)
    told = f"Sauvegarde du {at:%d/%m/%Y à %H:%M}, vérifiée. Elle s’arrête au sceau n° {until}."
    if lost and lost.number > until:
        told += (
            f" Le site en est au n° {lost.number} : ce qui a été fait entre les deux n’y est pas, "
            "et ne restera que dans la base d’avant."
        )
    return told
