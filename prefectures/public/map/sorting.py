"""In which order the table stands: asked for by links, so that no script is needed."""

from dataclasses import dataclass
from datetime import date

from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from ...text.naming import normalised
from .filing import ORDER

# What each column is sorted by; a date that is missing comes last, whichever way.
KEYS = {
    "departement": lambda place: place.departement.code,
    "nom": lambda place: normalised(place.departement.name),
    "facon": lambda place: ORDER.index(place.way),
    "situation": lambda place: normalised(place.situations),
    "date": lambda place: place.known_on or date.max,
    "fiches": lambda place: len(place.sheets),
}
USUAL = "departement"
TITLES = {
    "departement": noop("Code"),
    "nom": noop("Département"),
    "facon": noop("Comment déposer"),
    "situation": noop("Situation"),
    "date": noop("Information du"),
    "fiches": noop("Fiches"),
}
BACKWARDS = "-"


@dataclass(frozen=True)
class Column:
    """``direction`` is what aria-sort says of it, "" where the table is not sorted by it."""

    title: str
    direction: str
    query: str


def asked_order(text):
    """Return ``text`` if it asks for an order that there is; the usual one otherwise."""
    return text if text.removeprefix(BACKWARDS) in KEYS else USUAL


def in_order(places, order):
    key = KEYS[order.removeprefix(BACKWARDS)]
    if not order.startswith(BACKWARDS):
        return sorted(places, key=key)
    if key is KEYS["date"]:
        return sorted(places, key=lambda place: -(place.known_on or date.min).toordinal())
    return sorted(places, key=key, reverse=True)


def columns(order, colour):
    """Return the ``Column`` of each title: its link sorts, or turns what is sorted."""
    return [_column(name, order, colour) for name in KEYS]


def _column(name, order, colour):
    direction = {name: "ascending", f"{BACKWARDS}{name}": "descending"}.get(order, "")
    next_order = f"{BACKWARDS}{name}" if direction == "ascending" else name
    return Column(_(TITLES[name]), direction, query(order=next_order, colour=colour))


def query(*, order, colour):
    """Return the query of an address, "" for the page as it is without one."""
    asked = {"couleur": colour} if colour else {}
    asked |= {"tri": order} if order != USUAL else {}
    return urlencode(asked)
