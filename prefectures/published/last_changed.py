"""When what readers see of the sheets of a département, and in its communes, last changed.

A page changes when a document that it shows comes or goes: so the documents there ever were tell
it, wherever their sheets stand now. One question, however many they are.
"""

from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from django.db.models import F, Max, OuterRef, Q, Subquery

from ..models import Procedure, PublishedDocument
from .announced import of_row_before
from .covering import Territory, territory_in
from .document import kept

# Which communes are listed by which sheets now.
LISTING = Procedure.communes_included.through


class Turn(NamedTuple):
    """A moment at which readers began to see something else of a sheet.

    Before it stood in the département ``places[0]`` and held in ``territories[0]``, after in
    ``[1]``: None where there was nothing of it. ``slug`` is where it stood from then on.
    """

    at: datetime
    slug: str
    places: tuple
    territories: tuple
    is_announced: bool
    is_last: bool

    @property
    def is_online(self):
        """Whether it gave what readers see now."""
        return self.is_last and self.territories[1] is not None


class LastChanged:
    """What became of the sheets of a département (its code), and of those that list communes of it.

    Not of those that listed one only once: their names are not looked for.
    """

    def __init__(self, code):
        self.code = code
        self.turns = sorted(_turns(_rows(code)), key=lambda turn: turn.at, reverse=True)
        self._online = [turn.territories[1] for turn in self.turns if turn.is_online]

    @property
    def sheets(self):
        """Return (slug, when it changed) of the sheets that stand there, by their addresses."""
        there = [turn for turn in self.turns if turn.is_online and turn.places[1] == self.code]
        return sorted((turn.slug, turn.at) for turn in there)

    @property
    def of_departement(self):
        """Return when one of its sheets last changed, came or went; None where none ever did."""
        return next((turn.at for turn in self.turns if self.code in turn.places), None)

    @property
    def announced(self):
        """Return when readers were last told of a change of one of its sheets, or None."""
        told = (turn for turn in self.turns if turn.is_announced and turn.places[1] == self.code)
        return next((turn.at for turn in told), None)

    def has_answer(self, commune):
        """Whether a sheet holds in ``commune``, of which is asked what ``Territory.why`` asks."""
        return any(territory.why(commune) for territory in self._online)

    def of_commune(self, commune):
        """Return when a sheet that holds, or held, in ``commune`` last changed, or None."""
        holding = (
            turn.at
            for turn in self.turns
            if any(territory and territory.why(commune) for territory in turn.territories)
        )
        return next(holding, None)


def _rows(code):
    there = PublishedDocument.objects.filter(departement=code).order_by().values("procedure")
    listing = LISTING.objects.filter(commune__departement=code)
    rows = PublishedDocument.objects.filter(
        Q(procedure__in=there) | Q(procedure__in=listing.values("procedure"))
    )
    # Of a sheet that is gone too: its key is only a number here.
    return rows.order_by("procedure", "pk").values_list(
        "procedure", "at", "departement", "slug", "changeset__is_minor", "format", "content"
    )


def _turns(rows):
    """Yield the ``Turn`` that each row was; those of a sheet follow each other."""
    sheet, before = None, (None, None)
    for row, next_ in pairwise([*rows, (None,)]):
        if row[0] != sheet:
            sheet, before = row[0], (None, None)
        _, at, place, slug, is_minor, *document = row
        after = place, _territory(*document)
        places, territories = zip(before, after, strict=True)
        yield Turn(at, slug, places, territories, not is_minor, next_[0] != sheet)
        before = after


def _territory(number, content) -> Territory | None:
    return None if content is None else territory_in(kept(number, bytes(content)).content)


def last_turns():
    """Return {code: when the last of ``LastChanged(code).turns`` was}, of all départements."""
    rows, listing = PublishedDocument.objects.order_by(), LISTING.objects.order_by()
    own = rows.values_list("departement").annotate(Max("at"))
    left = rows.annotate(place=of_row_before("departement_id")).exclude(place=None)
    left = left.exclude(place=F("departement")).values_list("place").annotate(Max("at"))
    last = PublishedDocument.objects.filter(procedure=OuterRef("procedure")).order_by("-pk")
    listed = listing.annotate(last=Subquery(last.values("at")[:1])).exclude(last=None)
    listed = listed.values_list("commune__departement").annotate(Max("last"))
    found = {}
    for code, at in own.union(left, listed, all=True).order_by("departement", "at__max"):
        found[code] = max(at, found.get(code, at))
    return found
