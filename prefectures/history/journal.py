"""The journal: changesets and what else happened, as one list, newest first.

Asked for by its place in time, not by a number of page: what lies far back costs as little as what
is new, and what comes in meanwhile moves nothing.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.db import models
from django.db.models import Exists, OuterRef, Q

from ..gate.history_tables import history_of
from ..models import Changeset, JournalEntry, Procedure, Revision, User, Verification
from ..sheets.closing import OF_A_SHEET
from .subjects import is_of_a_sheet, tracked

# Whom one asks for, where nobody did it.
THE_SITE = "site"

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PLACE = re.compile(r"([0-9]{1,17})([em])([0-9]{1,18})", re.ASCII)


class Kind(models.TextChoices):
    """What a line of the journal is of."""

    FORM = "formulaire", "formulaire"
    VERIFICATION = "verification", "vérification"
    IMPORT = "import", "import"
    COMMAND = "commande", "commande"
    RESTORE = "retour", "retour à une version"
    UNDO = "annulation", "annulation"
    SIGNED_IN = "connexion", "connexion"
    REFUSED = "refus", "connexion refusée"
    SIGNED_OUT = "deconnexion", "déconnexion"
    PASSWORD = "mot-de-passe", "mot de passe changé"
    EXPORTED = "export", "export"
    LOCKED = "blocage", "connexion bloquée"
    UNLOCKED = "deblocage", "blocage levé"
    LINK = "lien", "lien de mot de passe"
    CODES_ON = "double", "double authentification mise en place"
    CODES_OFF = "remise-a-zero", "double authentification remise à zéro"
    RECOVERY = "secours", "codes de secours"
    ENDED = "fin", "connexions terminées"


OF_ORIGIN = {
    Changeset.Origin.FORM: Kind.FORM,
    Changeset.Origin.IMPORT: Kind.IMPORT,
    Changeset.Origin.COMMAND: Kind.COMMAND,
    Changeset.Origin.RESTORE: Kind.RESTORE,
}
# Who tries to come in under a name says nothing of who it is.
NOBODY_KNOWN = (Kind.REFUSED, Kind.LOCKED)
OF_ENTRY = {kind: Kind[kind.name] for kind in JournalEntry.Kind}


@dataclass(frozen=True)
class Asked:
    """Which lines: of a ``person`` (a key, or ``THE_SITE``), from ``since`` until before ``until``,
    of a ``kind``, of objects of a ``model`` (of these ``keys`` alone), with these ``words`` in why,
    in the name of the file or in what left."""

    person: int | str | None = None
    since: datetime | None = None
    until: datetime | None = None
    kind: str = ""
    model: type | None = None
    keys: frozenset | None = None
    words: str = ""


class Place(NamedTuple):
    """Where a line stands in the list: two of one instant have an order too."""

    at: datetime
    source: str
    pk: int

    def __str__(self):
        return f"{(self.at - EPOCH) // timedelta(microseconds=1)}{self.source}{self.pk}"


def place_in(text):
    """Return the ``Place`` that an address names, None where it names none."""
    found = PLACE.fullmatch(text)
    if not found:
        return None
    at = EPOCH + timedelta(microseconds=int(found[1]))
    return Place(at, found[2], int(found[3]))


@dataclass(frozen=True)
class Line:
    """One line: ``record`` is the changeset or the entry that it tells of."""

    record: models.Model

    @property
    def is_changeset(self):
        return isinstance(self.record, Changeset)

    @property
    def place(self):
        return Place(self.record.at, "m" if self.is_changeset else "e", self.record.pk)

    @property
    def kind(self):
        if not self.is_changeset:
            return OF_ENTRY[self.record.kind]
        if self.record.undoes_id:
            return Kind.UNDO
        kind = OF_ORIGIN[self.record.origin]
        return Kind.VERIFICATION if kind == Kind.FORM and self.record.verifies else kind

    @property
    def person(self):
        """Return who did it, None where nobody did, or nobody knows."""
        if self.is_changeset:
            return self.record.author
        return None if self.kind in NOBODY_KNOWN else self.record.user

    @property
    def who(self):
        if self.kind in NOBODY_KNOWN:
            return "quelqu’un"
        return str(self.person) if self.person else "commande du site"

    @property
    def why(self):
        """Return the reason of a changeset; of what else happened, what is known of it."""
        if self.is_changeset:
            return self.record.reason
        told = [self.record.detail] if self.record.detail else []
        if self.kind in NOBODY_KNOWN:
            account = self.record.user
            named = f"compte «\u00a0{account.username}\u00a0»" if account else "nom inconnu"
            told = [named, *told]
        elif self.record.account:
            told = [f"compte «\u00a0{self.record.account.username}\u00a0»", *told]
        return ". ".join(told)


def lines(asked, size, *, older_than=None, newer_than=None):
    """Return at most ``size`` lines, newest first, and whether more come after them.

    Those next to a ``Place``: the next older ones, or the next newer ones.
    """
    order = ("at", "pk") if newer_than else ("-at", "-pk")
    found = []
    for source, rows in (("m", changesets(asked)), ("e", entries(asked))):
        if older_than:
            rows = _before(rows, source, older_than)
        if newer_than:
            rows = _after(rows, source, newer_than)
        found += [Line(record) for record in rows.order_by(*order)[: size + 1]]
    found.sort(key=lambda line: line.place, reverse=not newer_than)
    there = found[:size]
    return there[::-1] if newer_than else there, len(found) > size


def count_lines(asked):
    return changesets(asked).count() + entries(asked).count()


def _before(rows, source, place):
    # Beside a bound that an index knows, what is of the same instant.
    if source < place.source:
        return rows.filter(at__lte=place.at)
    if source > place.source:
        return rows.filter(at__lt=place.at)
    return rows.filter(at__lte=place.at).exclude(at=place.at, pk__gte=place.pk)


def _after(rows, source, place):
    if source > place.source:
        return rows.filter(at__gte=place.at)
    if source < place.source:
        return rows.filter(at__gt=place.at)
    return rows.filter(at__gte=place.at).exclude(at=place.at, pk__lte=place.pk)


# --- What is asked for ------------------------------------------------------------------------


def changesets(asked):
    """Return the changesets that are ``asked`` for, in no order."""
    rows = _within(asked, Changeset.objects.order_by())
    if asked.person is not None:
        rows = rows.filter(author=None if asked.person == THE_SITE else asked.person)
    if asked.words:
        rows = rows.filter(
            Q(reason__icontains=asked.words)
            | Q(public_reason__icontains=asked.words)
            | Q(file_name__icontains=asked.words)
        )
    if asked.model:
        rows = rows.filter(_touching(asked.model, asked.keys))
    if asked.kind:
        rows = _of_kind(rows, asked.kind)
    verifies = Exists(history_of(Verification).objects.filter(changeset=OuterRef("pk")))
    return rows.select_related("author").annotate(verifies=verifies)


def _of_kind(rows, kind):
    # Few changesets verify something: they are looked up, not all of them looked through.
    verifying = Q(pk__in=history_of(Verification).objects.order_by().values("changeset"))
    form = Q(origin=Changeset.Origin.FORM)
    if kind == Kind.VERIFICATION:
        return rows.filter(form, verifying)
    if kind == Kind.FORM:
        return rows.filter(form, ~verifying)
    if kind == Kind.UNDO:
        return rows.filter(undoes__isnull=False)
    origins = [origin for origin, of_it in OF_ORIGIN.items() if of_it == kind]
    return rows.filter(origin__in=origins, undoes=None)


def _touching(model, keys):
    """Return the ``Q`` of changesets that touched objects of ``model``; of a sheet, its parts."""
    if model is not Procedure:
        return Q(pk__in=_written(model, model._meta.pk.attname, keys))
    found = Q(pk__in=_changesets(Revision.objects.order_by(), "procedure_id", keys))
    for part in tracked():
        if is_of_a_sheet(part) and part is not Procedure and part not in OF_A_SHEET:
            found |= Q(pk__in=_written(part, "procedure_id", keys))
    return found


def _written(model, column, keys):
    return _changesets(history_of(model).objects.order_by(), column, keys)


def _changesets(rows, column, keys):
    return (rows if keys is None else rows.filter(**{f"{column}__in": keys})).values("changeset")


def entries(asked):
    """Return the entries that are ``asked`` for, in no order."""
    rows = _within(asked, JournalEntry.objects.order_by()).select_related("user", "account")
    if asked.model not in (None, User):
        return rows.none()
    if asked.person == THE_SITE:
        rows = rows.filter(user=None, account__isnull=False)
    elif asked.person is not None:
        rows = rows.filter(user=asked.person)
    if asked.model is User:
        rows = (
            rows.filter(Q(user__isnull=False) | Q(account__isnull=False))
            if asked.keys is None
            else rows.filter(Q(user__in=asked.keys) | Q(account__in=asked.keys))
        )
    if asked.words:
        rows = rows.filter(detail__icontains=asked.words)
    if asked.kind:
        rows = rows.filter(kind__in=[kind for kind, told in OF_ENTRY.items() if told == asked.kind])
    return rows


def _within(asked, rows):
    if asked.since:
        rows = rows.filter(at__gte=asked.since)
    if asked.until:
        rows = rows.filter(at__lt=asked.until)
    return rows
