from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from prefectures.access import links, lockout, second_step, sessions, telling
from prefectures.models import JournalEntry, User


class Command(BaseCommand):
    help = (
        "Rend son accès à quelqu’un que personne ne peut aider à l’écran : téléphone, codes, "
        "connexions et blocage oubliés, et un lien pour choisir un mot de passe."
    )

    def add_arguments(self, parser):
        parser.add_argument("nom", help="nom d’utilisateur du compte")

    def handle(self, *, nom, **options):
        account = User.objects.filter(username=nom).first()
        if account is None:
            raise CommandError(f"Aucun compte ne porte le nom « {nom} ».")
        if not (account.is_active and account.is_staff):
            raise CommandError(
                f"Le compte « {nom} » est fermé, ou n’entre pas dans l’administration."
            )
        second_step.forget_second_step(account)
        sessions.end_sessions(account)
        lockout.open_again(account)
        telling.tell(JournalEntry.Kind.CODES_OFF, None, account)
        telling.tell(JournalEntry.Kind.LINK, None, account, "montré par la commande")
        until = telling.moment(links.good_until())
        self.stdout.write(
            f"Pour choisir un mot de passe, une seule fois, jusqu’au {until} :\n"
            f"    {settings.PUBLIC_ADDRESS}{links.link_for(account)}"
        )
