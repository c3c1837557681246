"""Sends the weekly mail, to each by itself: one that is refused keeps nobody from theirs.

That it left is noted once the mail server took it. Whoever kills a run between two people has it
go on where it was; only between a server's yes and its note would somebody get a second one.
"""

from dataclasses import dataclass, field
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from ...backups.folder import one_at_a_time
from ...backups.refusing import RefusedError
from ...models import WeeklyMail
from .addresses import stop_address
from .letter import news
from .recipients import due

LOCK = "weekly_mail.lock"
BUSY = "Le courrier de la semaine est déjà en train de partir : attendez qu’il soit parti."
NO_SERVER = (
    "EMAIL_HOST est vide : donnez le serveur qui envoie les courriels, et les autres réglages "
    "EMAIL_… (docs/exploitation.md). Rien n’est parti."
)
NO_ADDRESS = (
    "PUBLIC_ADDRESS est vide : sans l’adresse du site, les liens du courrier ne mèneraient nulle "
    "part. Rien n’est parti."
)


@dataclass
class Outcome:
    """How many mails left, and [(account, error)] of those that did not."""

    sent: int = 0
    refused: list = field(default_factory=list)


def send_all():
    """Write to all who are due, if there is anything to say; return the ``Outcome``.

    Raises RefusedError, and sends nothing, where mail is not set up or another one sends.
    """
    if not settings.EMAIL_HOST:
        raise RefusedError(NO_SERVER)
    if not settings.PUBLIC_ADDRESS:
        raise RefusedError(NO_ADDRESS)
    outcome = Outcome()
    with one_at_a_time(settings.DATA_DIR / LOCK, BUSY):
        said = news()
        keys = list(due(timezone.now()).values_list("pk", flat=True))
        for key in keys if said.is_worth_a_mail else ():
            # Many take a while to send: some may have stopped it meanwhile.
            account = due(timezone.now()).filter(pk=key).first()
            if account is not None:
                _send(said, account, outcome)
    return outcome


def _send(said, account, outcome):
    mail = mail_to(account, said)
    try:
        mail.send()
    except OSError as error:
        # As all that smtplib raises is.
        outcome.refused.append((account, error))
        return
    WeeklyMail.objects.update_or_create(user=account, defaults={"sent_at": timezone.now()})
    outcome.sent += 1


def mail_to(account, said):
    """Return the mail, which any program can tell to be one of many and stop (RFC 3834, 8058)."""
    return EmailMessage(
        f"[Guide des préfectures] {said.subject}",
        said.text_for(account),
        to=[account.email],
        headers={
            "Message-ID": make_msgid(domain=urlsplit(settings.PUBLIC_ADDRESS).hostname),
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{stop_address(account)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
