"""One slip in the name of a large town: it is still among the first, and no other is led to."""

import pytest

MOST_POPULOUS = 300
FIRST = 3
SHARE = 0.98
# Of all slips, every so many; all of them in benchmarks/finding.py.
ONE_IN = 3


def slips(name):
    """Return ``name`` with each letter left out, doubled, and changed with the next."""
    found = set()
    for at, letter in enumerate(name):
        found |= {name[:at] + name[at + 1 :], name[:at] + letter + name[at:]}
        if at + 1 < len(name):
            found.add(name[:at] + name[at + 1] + letter + name[at + 2 :])
    return sorted(slip for slip in found - {name} if slip.strip())


@pytest.fixture(scope="module")
def mistyped(france, find):
    towns = [commune for commune in france.communes.values() if not commune.part_of_id]
    towns.sort(key=lambda commune: -commune.population)
    every = [(slip, town) for town in towns[:MOST_POPULOUS] for slip in slips(town.name)]
    return [(slip, town, find(slip)) for slip, town in every[::ONE_IN]]


def test_a_slip_in_the_name_of_a_large_town_still_finds_it_among_the_first(mistyped):
    found = [town in found.places[:FIRST] for _, town, found in mistyped]
    assert sum(found) >= SHARE * len(mistyped)


def test_a_slip_never_answers_another_place_alone(mistyped):
    wrong = []
    for slip, town, found in mistyped:
        alone = found.places if len(found.places) == 1 else filter(None, [found.only])
        wrong += [(slip, town.name, place.name) for place in alone if place is not town]
    assert wrong == []


@pytest.mark.parametrize(
    ("typed", "town"),
    [("toulouze", "Toulouse"), ("nant", "Nantes"), ("montpelier", "Montpellier")],
)
def test_a_mistyped_city_comes_before_a_hamlet_rightly_typed_or_begun(find, typed, town):
    assert find(typed).places[0].name == town


def test_what_is_mistyped_is_asked_again_however_likely_the_guess(find):
    assert find("villeurbane").only is None
    assert [place.name for place in find("villeurbane").places] == ["Villeurbanne"]
