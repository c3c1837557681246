"""The simple search: a département by name or number, a town by name or postal code."""

from dataclasses import dataclass, field

from django.db.models import Prefetch, Q

from ..models import Commune, Departement, FormerCommune, PostalCode, normalised
from ..models.fields import CONTROL_CHARACTERS

LONGEST_QUERY = 100
MOST_TOWNS = 30


@dataclass
class Answer:
    """What was found; towns are (commune, old name or "") pairs."""

    query: str
    departements: list = field(default_factory=list)
    towns: list = field(default_factory=list)
    has_more_towns: bool = False

    @property
    def is_empty(self):
        return not (self.departements or self.towns)


def search(query):
    """Return the ``Answer`` to what somebody typed, however badly."""
    query = " ".join(CONTROL_CHARACTERS.sub(" ", query[:LONGEST_QUERY]).split())
    words = normalised(query)
    if not words:
        return Answer(query)
    towns = _towns(query, words)
    return Answer(query, _departements(query, words), towns[:MOST_TOWNS], len(towns) > MOST_TOWNS)


def _departements(query, words):
    code = query.upper()
    return [
        departement
        for departement in Departement.objects.select_related("region")
        if departement.code == code or normalised(departement.name).startswith(words)
    ]


def _towns(query, words):
    current = (
        Commune.objects.filter(is_current=True)
        .select_related("departement", "arrondissement")
        .prefetch_related(Prefetch("postal_codes", PostalCode.objects.filter(is_current=True)))
    )
    digits = query.replace(" ", "")
    if digits.isascii() and digits.isdigit():
        if len(digits) != 5:
            return []
        found = current.filter(
            postal_codes__code=digits, postal_codes__is_current=True, part_of=None
        )
        return [(commune, "") for commune in found[: MOST_TOWNS + 1]]
    if len(words) < 2:
        return []
    starts = Q(search__startswith=words) | Q(search__contains=f" {words}")
    found = {commune.code: (commune, "") for commune in current.filter(starts)[: MOST_TOWNS + 1]}
    # Exact names first: "Sète" before "Sète-le-Vieux".
    towns = sorted(found.values(), key=lambda town: town[0].search != words)
    former = FormerCommune.objects.filter(is_current=True, search=words).exclude(
        commune__search=words
    )
    by_code = current.in_bulk(list(former.values_list("commune", flat=True)))
    towns += [(by_code[old.commune_id], old.name) for old in former if old.commune_id not in found]
    return towns
