from django.core.management.base import BaseCommand, CommandError

from prefectures.backups.moving import move
from prefectures.backups.refusing import RefusedError
from prefectures.management.progress import Progress


class Command(BaseCommand):
    help = (
        "Copie tout le site de SQLite dans une base PostgreSQL vide, historique et sceaux compris, "
        "et relit à l’arrivée chaque ligne. La base SQLite reste telle quelle."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "url",
            metavar="ADRESSE",
            help="postgres://utilisateur@machine:5432/base ; le mot de passe dans PGPASSWORD, que "
            "les autres comptes de la machine ne voient pas",
        )

    def handle(self, *, url, **options):
        try:
            moved = move(url, on_progress=Progress(self.stdout))
        except RefusedError as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            f"Copié et relu : {moved.tables} tables, {moved.rows} lignes, {moved.documents} "
            "contenus publiés. Toutes les lignes sont les mêmes, l’historique est intact."
        )
        self.stdout.write(f"Tête : {moved.head}" if moved.head else "Rien n’est encore scellé.")
        self.stdout.write(
            "Donnez maintenant cette adresse au site (DATABASE_URL), et relancez-le. La base "
            "SQLite n’a pas changé."
        )
