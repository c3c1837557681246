"""How far a sheet can be trusted today: fresh, to be checked, or old; and why.

Old is what its date says (``models/age.py``), and nothing makes it younger. A sheet of yesterday is
to be checked too where something speaks against it: a page that changed, a link that is dead, an
end that has passed; or where what it says seldom stays true for long.
"""

from dataclasses import dataclass
from datetime import date

from django.db import models

from ..models import Procedure, Verdict
from ..models.age import MONTHS_BEFORE_STALE, is_old, months_since, today
from ..models.watched import DAYS_OUT

# Months after which what is said to pass, or how one books, is looked at again.
MONTHS_OF_WHAT_PASSES = 3
PASSING = {
    Procedure.Situation.PROVISIONAL,
    Procedure.Situation.SUSPENDED,
    Procedure.Situation.BLOCKED,
}


class Level(models.TextChoices):
    FRESH = "fresh", "à jour"
    TO_CHECK = "to_check", "à vérifier"
    OLD = "old", "ancienne"


class Kind(models.TextChoices):
    SOURCE = "source", "page qui a changé"
    DEAD = "dead", "lien mort"
    ENDED = "ended", "fin de validité passée"
    NO_DATE = "no_date", "sans date"
    OLD = "old", "ancienne"
    OTHER_KIND = "other_kind", "document devenu autre"
    CERTIFICATE = "certificate", "certificat refusé"
    PASSING = "passing", "situation qui passe"
    MOVED = "moved", "lien qui a déménagé"
    BOOKING = "booking", "rendez-vous en ligne"


# What misleads somebody today weighs more than what might.
WEIGHTS = {
    Kind.SOURCE: 100,
    Kind.DEAD: 80,
    Kind.ENDED: 70,
    Kind.NO_DATE: 60,
    Kind.OLD: 50,
    Kind.OTHER_KIND: 45,
    Kind.CERTIFICATE: 40,
    Kind.PASSING: 35,
    Kind.MOVED: 30,
    Kind.BOOKING: 25,
}
BY_DATE = {Kind.NO_DATE, Kind.OLD}


@dataclass(frozen=True)
class Risk:
    """``words`` is a sentence for an editor; ``since`` the day from which it is so, if known."""

    kind: Kind
    words: str
    since: date | None = None
    weight: int = 0


def _risk(kind, words, since=None, more=0):
    return Risk(kind, words, since, WEIGHTS[kind] + more)


def risks_of(sheet, *, books_online, addresses=()):
    """Return the ``Risk``s of a sheet (``with_age``), the heaviest first.

    ``books_online`` says whether a step of it is to book online; ``addresses`` are the
    ``GivenAddress`` of which something is to be told, with their ``address``.
    """
    found = [*_of_date(sheet), *_of_what_it_says(sheet, books_online)]
    for given in addresses:
        found += _of_address(given)
    return sorted(found, key=lambda risk: -risk.weight)


def _of_date(sheet):
    if sheet.confirmed_on is None:
        yield _risk(Kind.NO_DATE, "Personne ne sait de quand elle est.")
    elif is_old(sheet.confirmed_on):
        months = months_since(sheet.confirmed_on)
        words = f"Confirmée il y a {months} mois, le {sheet.confirmed_on:%d/%m/%Y}."
        # A year more weighs as much as twelve months, and never as much as a page that changed.
        yield _risk(Kind.OLD, words, more=min(months - MONTHS_BEFORE_STALE, 48) / 2)


def _of_what_it_says(sheet, books_online):
    if sheet.has_ended:
        words = f"Valable jusqu’au {sheet.valid_until:%d/%m/%Y} : c’est passé."
        yield _risk(Kind.ENDED, words, sheet.valid_until)
    day = sheet.confirmed_on
    if day is None or months_since(day) < MONTHS_OF_WHAT_PASSES:
        return
    if sheet.situation in PASSING:
        said = sheet.get_situation_display()
        yield _risk(Kind.PASSING, f"Situation {said}, confirmée le {day:%d/%m/%Y}.")
    if books_online:
        words = f"Le rendez-vous se prend en ligne, ce qui change souvent : vu le {day:%d/%m/%Y}."
        yield _risk(Kind.BOOKING, words)


def _of_address(given):
    if given.changed_id is not None:
        words = f"La page {given.address} a changé depuis le {given.changed_on:%d/%m/%Y}."
        yield _risk(Kind.SOURCE, words, given.changed_on)
    found = TOLD.get(given.address.verdict)
    if found is not None and not _is_passing(given.address):
        kind, words = found
        since = given.address.since
        yield _risk(kind, f"{words} depuis le {since:%d/%m/%Y} : {given.address}", since)


def _is_passing(address):
    return address.verdict == Verdict.OUT and (today() - address.since).days < DAYS_OUT


TOLD = {
    Verdict.GONE: (Kind.DEAD, "Un lien n’existe plus"),
    Verdict.OUT: (Kind.DEAD, "Un lien ne répond plus"),
    Verdict.OTHER_KIND: (Kind.OTHER_KIND, "Un lien mène à un autre document"),
    Verdict.CERTIFICATE: (Kind.CERTIFICATE, "Le certificat d’un site est refusé"),
    Verdict.MOVED: (Kind.MOVED, "Un lien a déménagé"),
}


def level_of(risks):
    """Return the ``Level`` of a sheet with these risks."""
    if any(risk.kind in BY_DATE for risk in risks):
        return Level.OLD
    return Level.TO_CHECK if risks else Level.FRESH
