"""The départements, each with what is known of it: the same for the map, the table and the file."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache

from django.db import connection
from django.utils.translation import gettext as _

from ...models import Departement, Ground, Procedure
from ...models.age import today
from ...published.every import OfEach
from ...sheets.shown import PLACE, asked, order_of, table
from ..wording import reason
from ..wording.ways import AGE_SIGNS, AGES, ALL_GROUNDS, OUT_OF_FORCE, WAY_SIGNS, WAYS, signs
from .ageing import Age, age_of, oldest
from .filing import Way, as_one, told, ways_together

TOLD = OfEach(told)


class Place:
    """A département on ``day``, and what its published sheets say.

    ``all_sheets`` are those about neighbouring requests too, ``sheets`` the others; ``ways`` all
    that these say, ``way`` the one that stands for them; ``known_on`` the day of the oldest.
    """

    def __init__(self, departement, sheets, grounds, day):
        self.departement, self.all_sheets = departement, sheets
        self.sheets = [sheet for sheet in sheets if not sheet.is_neighbour]
        self.ways = ways_together(self.sheets, day)
        self.way, self.age = as_one(self.ways), age_of(self.sheets)
        self.known_on = oldest(self.sheets)
        self.newest_on = max(
            (sheet.known_on for sheet in self.sheets if sheet.known_on), default=None
        )
        self.way_words = ", ".join(_(WAYS[way.value]) for way in self.ways)
        self.situations = _situations(self.sheets, day)
        self.grounds = _grounds(self.sheets, grounds)

    @property
    def said(self):
        """Return what its place on the map says: "Hérault (34) : sur rendez-vous"."""
        return self._with(self.way_words)

    @property
    def said_of_age(self):
        return self._with(_(AGES[self.age.value]))

    def _with(self, words):
        return _("%(place)s : %(what)s") % {"place": self.departement, "what": words}


def _situations(sheets, day):
    words = [
        _(Procedure.Situation(sheet.situation).label if sheet.is_in_force(day) else OUT_OF_FORCE)
        for sheet in sheets
    ]
    return ", ".join(dict.fromkeys(words))


def _grounds(sheets, grounds):
    if any(sheet.covers_all for sheet in sheets):
        return _(ALL_GROUNDS)
    named = {slug for sheet in sheets for slug in sheet.grounds}
    return ", ".join(reason(ground) for ground in grounds if ground.slug in named)


def places_and_grounds():
    """Return every département as a ``Place``, by code, and all grounds in their order.

    Two questions, and one more for each hundred sheets that were not read before.
    """
    departements, grounds = [], []
    for kind, __, *row in sorted(asked(_departements_and_grounds(), [])):
        if kind == 0:
            departements.append(Departement.from_db(connection.alias, PLACE, row))
        else:
            row = [*row[:2], row[2] == "1", row[3] == "1"]
            grounds.append(Ground.from_db(connection.alias, GROUND, row))
    by_departement = defaultdict(list)
    for sheet in TOLD.now():
        by_departement[sheet.departement].append(sheet)
    day = today()
    return [
        Place(departement, by_departement[departement.code], grounds, day)
        for departement in departements
    ], grounds


GROUND = ["slug", "name", "covers_all", "is_neighbour"]


@cache
def _departements_and_grounds():
    truths = (f"CASE WHEN {name} THEN '1' ELSE '0' END" for name in GROUND[2:])
    return " UNION ALL ".join(
        f"SELECT {kind}, ROW_NUMBER() OVER (ORDER BY {order_of(model)}), {', '.join(columns)} "
        f"FROM {table(model)}"
        for kind, (model, columns) in enumerate(
            [(Departement, PLACE), (Ground, [*GROUND[:2], *truths])]
        )
    )


@dataclass(frozen=True)
class Entry:
    """A line of the legend: ``css`` is the class of what has its colour."""

    css: str
    sign: str
    words: str
    count: int


def legend_of_ways(places):
    """Return an ``Entry`` for each way, whether any département has it or not."""
    counts = Counter(place.way for place in places)
    own = signs(WAY_SIGNS)
    return [_entry("w", way.value, own, WAYS, counts[way]) for way in Way]


def legend_of_ages(places):
    counts = Counter(place.age for place in places)
    own = signs(AGE_SIGNS)
    return [_entry("a", age.value, own, AGES, counts[age]) for age in Age]


def _entry(prefix, name, own, words, count):
    return Entry(css_class(prefix, name), own[name], _(words[name]), count)


def css_class(prefix, name):
    """Return the class of ``templates/style/map.css`` that gives the colour: "w-not-stated"."""
    return f"{prefix}-{name.replace('_', '-')}"
