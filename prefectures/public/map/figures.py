"""The figures that one argues with: each a count, of how many, and of when. Pure.

They count départements of which at least one sheet is published, not préfectures of which nothing
is known; a median is of sheets. What a sheet said that is not in force today is not counted.
"""

from dataclasses import dataclass
from datetime import date
from statistics import median

from django.utils.translation import gettext as _

from ...models.age import months_since
from .filing import Way


@dataclass(frozen=True)
class Share:
    """``count`` of ``of`` départements, as a text in percent: "8 %"; "" of none."""

    count: int
    of: int

    @property
    def percent(self):
        if not self.of:
            return ""
        return _("%(percent)s %%") % {"percent": f"{100 * self.count / self.of:.0f}"}


@dataclass(frozen=True)
class Figures:
    """``months`` is the median age of the ``dated`` sheets, None where there are none."""

    known: Share
    only_online: Share
    refuse_post: Share
    refuse_post_everywhere: Share
    say_nothing: Share
    months: float | None
    dated: int
    undated: int
    newest: date | None


def figures(places, day):
    """Return the ``Figures`` of ``places``: all the départements, each with its ``sheets``."""
    known = [place for place in places if place.sheets]

    def share(of_place):
        return Share(sum(map(of_place, known)), len(known))

    days = [sheet.known_on for place in known for sheet in place.sheets if sheet.known_on]
    sheets = sum(len(place.sheets) for place in known)
    return Figures(
        known=Share(len(known), len(places)),
        only_online=share(_is_only_online),
        refuse_post=share(lambda place: any(_refuse_post(place, day))),
        refuse_post_everywhere=share(lambda place: all(_refuse_post(place, day))),
        say_nothing=share(lambda place: all(sheet.says_nothing for sheet in place.sheets)),
        months=median(map(months_since, days)) if days else None,
        dated=len(days),
        undated=sheets - len(days),
        newest=max(days, default=None),
    )


def _is_only_online(place):
    """Whether one files online, and in no other way; where nobody can file does not count."""
    return {*place.ways} - {Way.CLOSED} == {Way.ONLINE}


def _refuse_post(place, day):
    return [sheet.refuses_post and sheet.is_in_force(day) for sheet in place.sheets]


@dataclass(frozen=True)
class Covered:
    """Of how many départements at least one sheet answers for a ground."""

    ground: object
    share: Share


def coverage(grounds, places):
    """Return (``Covered`` of the grounds of a request, those of neighbouring requests).

    A sheet for all grounds answers for each of them; a neighbouring request only where it is named.
    """
    own, neighbours = [], []
    for ground in grounds:
        count = sum(_is_answered(ground, place) for place in places)
        covered = Covered(ground, Share(count, len(places)))
        (neighbours if ground.is_neighbour else own).append(covered)
    return own, neighbours


def _is_answered(ground, place):
    return any(
        ground.slug in sheet.grounds or (sheet.covers_all and not ground.is_neighbour)
        for sheet in place.all_sheets
    )
