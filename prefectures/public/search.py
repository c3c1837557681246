"""The simple search: a région, a département by name or number, a town by name or postal code."""

import re
from dataclasses import dataclass, field

from django.db.models import Case, OuterRef, Prefetch, Q, Subquery, Value, When

from ..models import Commune, Departement, FormerCommune, PostalCode, Region
from ..models.fields import CONTROL_CHARACTERS
from ..text.naming import normalised

LONGEST_QUERY = 100
MOST_TOWNS = 30

# What people write around the name of a place, and sometimes a part of it: "Île-de-France".
ARTICLES = ("la", "le", "les", "l")
NOISE = ("france", "departement", "prefecture", "sous", "region", "de", "du", "des", "d")
LEADING = re.compile(rf"^(?:(?:{'|'.join(NOISE)}) )+")
LEADING_ARTICLE = re.compile(rf"^(?:(?:{'|'.join(NOISE + ARTICLES)}) )+")
TRAILING = re.compile(rf"(?: (?:{'|'.join(NOISE + ARTICLES)}))+$")
NUMBER = re.compile("[0-9]+|2[ab]")


@dataclass
class Answer:
    """What was found; towns are (commune, old name or "") pairs."""

    query: str
    regions: list = field(default_factory=list)
    departements: list = field(default_factory=list)
    towns: list = field(default_factory=list)
    has_more_towns: bool = False

    @property
    def is_empty(self):
        return not (self.regions or self.departements or self.towns)


def search(query):
    """Return the ``Answer`` to what somebody typed, however badly."""
    query = " ".join(CONTROL_CHARACTERS.sub(" ", query[:LONGEST_QUERY]).split())
    words = normalised(query)
    if not words:
        return Answer(query)
    names = _readings(words)
    # "34", "34 700", "département 34".
    code = "".join(word for word in words.split() if word not in NOISE + ARTICLES).upper()
    numbers = [word.upper() for word in words.split() if NUMBER.fullmatch(word)]
    region_rank, regions = _called(names, Region.objects.all())
    rank, departements = _called(names, Departement.objects.select_related("region"), code)
    departements = [
        departement
        for departement in departements
        if any(number.startswith(departement.code) for number in numbers)
    ] or departements
    if code.isdigit():
        towns = _with_postal_code(code)
    else:
        # "Île-de-France" is found as it is: no need for towns called "île".
        towns = _towns(names[: min(region_rank, rank) + 1], numbers)
    return Answer(query, regions, departements, towns[:MOST_TOWNS], len(towns) > MOST_TOWNS)


def _readings(words):
    """Return the names that somebody may have meant by ``words``, the most literal first."""
    named = " ".join(word for word in words.split() if not NUMBER.fullmatch(word))
    begun = LEADING.sub("", named)
    ended = TRAILING.sub("", begun)
    bare = LEADING_ARTICLE.sub("", ended)
    telling = [
        name
        for name in (named, begun, ended, bare)
        if set(name.split()).difference(NOISE, ARTICLES)
    ]
    return list(dict.fromkeys([words, *telling]))


def _called(names, places, code=""):
    """Return the first of ``names`` (its rank) that begins that of a place, and the places."""
    places = list(places)
    for rank, name in enumerate(names):
        found = [
            place
            for place in places
            if place.code == code or normalised(place.name).startswith(name)
        ]
        if found:
            return rank, found
    return len(names), []


def _communes():
    return (
        Commune.objects.filter(is_current=True)
        .select_related("departement", "arrondissement")
        .prefetch_related(Prefetch("postal_codes", PostalCode.objects.filter(is_current=True)))
    )


def _with_postal_code(code):
    found = _communes().filter(postal_codes__code=code, postal_codes__is_current=True, part_of=None)
    return [(commune, "") for commune in found[: MOST_TOWNS + 1]]


def _towns(names, numbers):
    """Return the towns of the first of ``names`` that finds any, where ``numbers`` say if it can.

    In one query, best first: those that bear the very name, or bore it, then a part of it.
    """
    old = FormerCommune.objects.filter(is_current=True)
    postal = PostalCode.objects.filter(is_current=True, code__in=numbers)
    there = Q(departement__in=numbers) | Q(pk__in=postal.values("commune"))
    ways = []
    for name in names:
        exact = Q(search__in=[name, *(f"{article} {name}" for article in ARTICLES)])
        bore = Q(pk__in=old.filter(search=name).values("commune"))
        part = Q(search__startswith=name) | Q(search__contains=f" {name}")
        # Of one letter only the very name: "Y".
        by_name = [exact, bore, part] if len(name) > 1 else [exact, bore, exact]
        ways += [there & way for way in by_name] + by_name
    old_name = old.filter(commune=OuterRef("pk"), search__in=names).values("name")[:1]
    found = (
        _communes()
        .annotate(way=Case(*(When(way, then=Value(rank)) for rank, way in enumerate(ways))))
        .annotate(old_name=Subquery(old_name))
        .filter(way__isnull=False)
        .order_by("way", "search", "code")
    )
    found = list(found[: MOST_TOWNS + 1])
    return [
        (commune, commune.old_name if commune.way % 3 == 1 else "")
        for commune in found
        if commune.way // 3 == found[0].way // 3
    ]
