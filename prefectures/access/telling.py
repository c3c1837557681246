"""What others do to somebody's account is told to its owner: by mail, and on coming in."""

import logging
import smtplib

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone
from django.utils.formats import date_format

from ..models import JournalEntry
from ..models.journal_entry import note

Kind = JournalEntry.Kind

WHAT = {
    Kind.LINK: "a préparé un lien pour choisir un nouveau mot de passe à votre place",
    Kind.CODES_OFF: "a remis à zéro votre double authentification",
    Kind.UNLOCKED: "a levé le blocage de votre connexion",
    Kind.ENDED: "a terminé toutes vos connexions",
}
UNASKED = (
    "Si vous ne l’avez pas demandé, changez votre mot de passe et dites-le à une autre personne "
    "responsable du site."
)

logger = logging.getLogger(__name__)


def can_write_to(account):
    """Whether the site sends mail, and knows where to reach ``account``."""
    return bool(settings.EMAIL_HOST and account.email)


def write_to(account, subject, text):
    """Send ``text`` to ``account``; return whether it left. Where it did not, things go on."""
    if not can_write_to(account):
        return False
    body = f"Bonjour {account},\n\n{text}\n\nGisti, guide des préfectures\n"
    try:
        send_mail(f"[Guide des préfectures] {subject}", body, None, [account.email])
    except (OSError, smtplib.SMTPException):
        logger.exception("Un courriel n’a pas pu partir.")
        return False
    return True


def tell(kind, by, account, detail=""):
    """Note that ``by``, None for a command, did ``kind`` to ``account``; write to its owner."""
    note(kind, by, detail, account=account)
    who = str(by) if by else "La personne qui tient le serveur"
    when = moment(timezone.now())
    write_to(account, "votre compte", f"{who} {WHAT[kind]}, le {when}. {UNASKED}")


def done_to(account, since):
    """Return sentences about what others did to ``account`` after ``since``, newest first."""
    entries = JournalEntry.objects.filter(account=account, kind__in=WHAT).select_related("user")
    if since:
        entries = entries.filter(at__gt=since)
    return [in_words(entry) for entry in entries[:20]]


def in_words(entry):
    who = str(entry.user) if entry.user else "La personne qui tient le serveur"
    return f"{who} {WHAT[entry.kind]}, le {moment(entry.at)}."


def refused_since(account, since):
    """Return how many attempts under the name of ``account`` were refused after ``since``."""
    entries = JournalEntry.objects.filter(user=account, kind=Kind.REFUSED)
    return entries.filter(at__gt=since).count() if since else 0


def moment(at):
    return date_format(timezone.localtime(at), "j F Y à H:i")
