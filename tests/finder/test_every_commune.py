"""Whoever names a commune and its département finds it, and so does whoever knows a postal code."""

import pytest

OCCITANIE = ("09", "11", "12", "30", "31", "32", "34", "46", "48", "65", "66", "81", "82")
# Of the other départements, every so many; all of them in benchmarks/finding.py.
ONE_IN = 25
NAMED_ALONE = 5


@pytest.fixture(scope="module")
def communes(france):
    elsewhere = [each for each in france.communes.values() if each.departement_id not in OCCITANIE]
    here = [each for each in france.communes.values() if each.departement_id in OCCITANIE]
    return here + elsewhere[::ONE_IN]


def test_the_name_and_the_departement_lead_to_every_commune(find, communes):
    """Or list it, where two places are named alike: "Bourg, Gironde" may be anybody's."""
    missed, listed = [], []
    for commune in communes:
        found = find(f"{commune.name}, {commune.departement.name}")
        if found.only is not commune:
            (listed if commune in found.places[:3] else missed).append(commune.name)
    assert missed == []
    assert len(listed) <= 0.002 * len(communes)


def test_each_postal_code_lists_every_commune_that_has_it(find, france):
    missed = [
        (code, commune.name)
        for code, there in france.by_postal_code.items()
        for commune in set(there).difference(find(code).places)
    ]
    assert missed == []


def test_a_name_alone_is_never_answered_by_another_place_only(find, communes):
    wrong = []
    for commune in communes[::NAMED_ALONE]:
        only = find(commune.name).only
        if only is not None and only is not commune and commune.departement is not only:
            wrong.append((commune.name, only.name))
    assert wrong == []
