"""Places by the numbers that people know: of a département, a postal code, an arrondissement."""

from ..text.naming import normalised
from .place import Kind
from .weighing import Candidate, Way, weight_of

CORSE = "20"
# With two, it is a département.
SHORTEST_BEGUN = 3
# Beyond them, départements have three digits.
OVERSEAS = ("97", "98")


def by_number(known, asked):
    """Yield a ``Candidate`` for each place that the numbers of a ``Question`` stand for."""
    for code in asked.postal_codes:
        there = known.by_postal_code.get(code) or of_unknown_code(known, code)
        # Who writes "75018" means that part of the city.
        cities = {place.part_of_id for place in there if place.part_of_id}
        for place in there:
            yield _sure(place).less(1) if place.code in cities else _sure(place)
    if not asked.postal_codes:
        for code in departements_named(asked):
            if code in known.departements:
                yield _sure(known.departements[code])


def by_number_begun(known, asked):
    """Yield a ``Candidate`` for each commune whose postal code begins as what is typed so far."""
    for number in asked.other_numbers:
        if len(number) >= SHORTEST_BEGUN and number.isdecimal():
            for code, there in known.by_postal_code.items():
                if code.startswith(number):
                    for place in there:
                        yield Candidate(place, Way.BEGINS, weight_of(place, Way.BEGINS))


def of_unknown_code(known, code):
    """Return where a postal code would be that no commune has: of a company, or badly typed.

    "69000" is what many write for the town of its préfecture.
    """
    found = [
        known.departements[each] for each in departements_of(code) if each in known.departements
    ]
    if code.endswith("000"):
        found += [seat for departement in list(found) for seat in _seats(known, departement)]
    return found


def _seats(known, departement):
    for (code, city), offices in known.offices.items():
        if code == departement.code and any(office.is_head for office in offices):
            for name in known.names.called(city):
                if name.place.departement is departement and not name.label:
                    yield name.place


def departements_named(asked):
    """Return the codes of départements that the numbers of a ``Question`` may be, as a list."""
    return [code for number in asked.departements for code in _in_corse(number)]


def departements_of(postal_code):
    """Return the codes of the départements in which a postal code is, going by its beginning."""
    length = 3 if postal_code.startswith(OVERSEAS) else 2
    return _in_corse(postal_code[:length])


def _in_corse(code):
    return ["2A", "2B"] if code == CORSE else [code]


def _sure(place):
    return Candidate(place, Way.NUMBER, place.population + 1)


# --- Beside a name ----------------------------------------------------------------------------


def told_apart(known, asked, found):
    """Return ``found`` (Candidates by their name), as the numbers beside the name tell them apart.

    A number that fits none of them is left unexplained, and sends nobody elsewhere.
    """
    parts = list(_parts(known, asked, found))
    cities = {part.place.part_of_id for part in parts}
    if not (asked.postal_codes or asked.departements or parts):
        return found
    told = [
        candidate if _fits(known, asked, candidate.place, cities) else candidate.less(1)
        for candidate in found
    ]
    if not parts and not any(candidate.is_sure for candidate in told):
        told += [candidate.less(2) for candidate in by_number(known, asked)]
    return [*told, *parts]


def _fits(known, asked, place, cities):
    """Whether the numbers may stand beside the name of ``place``: "Lodève 34", "34700 Lodève".

    That of an arrondissement leaves its city (one of the codes ``cities``) aside, unless it is that
    of the département too: "Marseille 13".
    """
    if place.departement_id in departements_named(asked):
        return True
    if place.code in cities:
        return False
    for code in asked.postal_codes:
        # Those of companies (cedex) are in no list: they begin as the others do.
        is_known = code in known.by_postal_code and place.kind is Kind.COMMUNE
        if code in place.postal_codes if is_known else _is_there(place, code):
            return True
    return not (asked.postal_codes or asked.departements)


def _is_there(place, postal_code):
    return place.departement_id in departements_of(postal_code)


def _parts(known, asked, found):
    """Yield the arrondissements of the cities found that a number names: "Paris 18e"."""
    for candidate in found:
        for part in known.parts.get(candidate.place.code, ()):
            if _ordinal(part) == asked.ordinal or set(part.postal_codes) & set(asked.postal_codes):
                yield Candidate(part, candidate.way, candidate.weight, candidate.label)


def _ordinal(part):
    """Return 18 of "Paris 18e Arrondissement"."""
    digits = "".join(sign for sign in normalised(part.name) if sign.isdecimal())
    return int(digits) if digits else None
