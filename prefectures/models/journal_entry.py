"""What happens in the site and is no change of anything with history: who came, what left.

Told by the journal beside the changesets (``history/journal.py``). Nobody's address is kept, nor
anything that somebody typed: a password often lands in the field of the name. Of a refused sign-in
one knows the account that was named, if there is one.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import DatabaseError, models, transaction
from django.dispatch import receiver
from django.utils import timezone

from ..gate.conditions import knows_its_choices
from .fields import MOST_IN_LINES, LinesField

# Whoever tries passwords all day long must not fill the disk: 60 an hour are half a million a year,
# of a hundred bytes. One bound for all names: one for each would tell which accounts there are, by
# the time that writing takes.
MOST_REFUSED = 60
WITHIN = timedelta(hours=1)
THE_LAST_ONE = (
    f"C’est la {MOST_REFUSED}e fois en une heure : le journal ne note pas les suivants, jusqu’à "
    "ce que l’heure soit passée."
)

logger = logging.getLogger(__name__)


class AppendOnlyError(RuntimeError):
    """What the journal holds was about to be changed or removed."""


class AppendOnlyQuerySet(models.QuerySet):
    def _refuse(self, *args, **kwargs):
        raise AppendOnlyError("What the journal holds stays as it is.")

    update = delete = bulk_update = _refuse
    update.alters_data = True


@knows_its_choices(kind="Le journal ne connaît pas cela.")
class JournalEntry(models.Model):
    """One thing that happened: ``user`` did it, or was named by who was refused.

    ``account`` is whose account it was done to, where that is somebody else's.
    """

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", "connexion"
        REFUSED = "refused", "connexion refusée"
        SIGNED_OUT = "signed_out", "déconnexion"
        PASSWORD = "password", "mot de passe changé"
        EXPORTED = "exported", "export"
        LOCKED = "locked", "connexion bloquée"
        UNLOCKED = "unlocked", "blocage levé"
        LINK = "link", "lien de mot de passe"
        CODES_ON = "codes_on", "double authentification mise en place"
        CODES_OFF = "codes_off", "double authentification remise à zéro"
        RECOVERY = "recovery", "codes de secours"
        ENDED = "ended", "connexions terminées"

    at = models.DateTimeField("date", default=timezone.now, editable=False, db_index=True)
    kind = models.CharField("nature", max_length=10, choices=Kind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="compte",
        related_name="journal_entries",
        null=True,
        blank=True,
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="compte concerné",
        related_name="journal_entries_about",
        null=True,
        blank=True,
    )
    detail = LinesField("quoi", blank=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne du journal"
        verbose_name_plural = "journal"
        ordering = ["-at", "-id"]
        # One right opens the whole journal: ``view_changeset``.
        default_permissions = ()
        # That which the decorator gives.
        constraints = []

    def __str__(self):
        return f"{timezone.localtime(self.at):%d/%m/%Y %H:%M} · {self.get_kind_display()}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnlyError(f"{self}: what the journal holds stays as it is.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnlyError(f"{self}: what the journal holds stays as it is.")


def note(kind, user=None, detail="", account=None):
    """Write an entry. Where that fails, an error is logged and things go on.

    Nobody is kept out of the site because its journal cannot be written.
    """
    try:
        # Inside a transaction of somebody's, a failure takes nothing else with it.
        with transaction.atomic():
            JournalEntry(
                kind=kind, user=user, account=account, detail=detail[:MOST_IN_LINES]
            ).save()
    except DatabaseError:
        logger.exception("Le journal n’a pas pu être écrit : %s.", JournalEntry.Kind(kind).label)


@receiver(user_logged_in)
def note_sign_in(sender, user, **kwargs):
    note(JournalEntry.Kind.SIGNED_IN, user)


@receiver(user_logged_out)
def note_sign_out(sender, user, **kwargs):
    if user is not None:
        note(JournalEntry.Kind.SIGNED_OUT, user)


@receiver(user_login_failed)
def note_refused_sign_in(sender, credentials, **kwargs):
    people = get_user_model()
    note_attempt(JournalEntry.Kind.REFUSED, credentials.get(people.USERNAME_FIELD))


def note_attempt(kind, username, detail=""):
    """Note what became of somebody who gave this name, of an account or not."""
    try:
        since = timezone.now() - WITHIN
        recent = JournalEntry.objects.filter(kind=kind, at__gt=since).count()
        if recent >= MOST_REFUSED:
            return
        account = get_user_model().objects.filter(username=username).first()
    except DatabaseError:
        logger.exception("Le journal n’a pas pu être lu.")
        return
    note(kind, account, THE_LAST_ONE if recent == MOST_REFUSED - 1 else detail)
