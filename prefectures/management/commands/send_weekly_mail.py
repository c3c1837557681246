from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from prefectures.backups.refusing import RefusedError
from prefectures.monitoring.weekly_mail.letter import news
from prefectures.monitoring.weekly_mail.recipients import due
from prefectures.monitoring.weekly_mail.sending import send_all


class Command(BaseCommand):
    help = (
        "Envoie le courrier de la semaine : les fiches à vérifier, à qui peut les modifier, une "
        "fois par semaine au plus. Relancée, elle n’écrit deux fois à personne."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="montre à qui il partirait et ce qu’il dirait ; n’envoie rien, ne note rien",
        )

    def handle(self, *, dry_run, **options):
        if dry_run:
            self._show()
            return
        try:
            outcome = send_all()
        except RefusedError as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Courriers partis : {outcome.sent}.")
        for account, error in outcome.refused:
            self.stderr.write(f"À {account.username} : {error}")
        if outcome.refused:
            raise CommandError(
                f"Courriers qui n’ont pas pu partir : {len(outcome.refused)}. Relancez la "
                "commande : elle n’écrira qu’à ceux qui n’ont rien reçu."
            )

    def _show(self):
        said, accounts = news(), list(due(timezone.now()))
        if not said.is_worth_a_mail:
            self.stdout.write("Rien à vérifier : aucun courrier ne partirait.")
            return
        self.stdout.write(f"Courriers qui partiraient : {len(accounts)}.")
        for account in accounts:
            self.stdout.write(f"- {account.username} <{account.email}>")
        if accounts:
            # The others' differ by the name and by the address that stops it.
            self.stdout.write(f"\nObjet : {said.subject}\n\n{said.text_for(accounts[0])}")
