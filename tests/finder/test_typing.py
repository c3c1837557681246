"""What is proposed while somebody types: what may come of it, the largest first."""

import pytest

# What is typed so far, and the first places that are proposed.
BEGUN = {
    "mon": ["Montpellier"],
    "montp": ["Montpellier"],
    "montpelie": ["Montpellier"],
    "saint-e": ["Saint-Étienne"],
    "st e": ["Saint-Étienne"],
    "toulou": ["Toulouse"],
    "toulouz": ["Toulouse"],
    "villeurbann": ["Villeurbanne"],
    "strassb": ["Strasbourg"],
    "montpeli": ["Montpellier"],
    "héra": ["Hérault"],
    "occ": ["Occitanie"],
    "j'habite à lod": ["Lodève"],
    "34": ["Hérault"],
    "341": ["Castelnau-le-Lez"],
    "3470": ["Lodève"],
    "34700": ["Lodève"],
    "paris 1": ["Paris 1er Arrondissement"],
    "تولو": ["Toulouse"],
    "图卢": ["Toulouse"],
}


@pytest.mark.parametrize(("typed", "first"), BEGUN.items(), ids=BEGUN)
def test_what_is_typed_so_far_is_completed(find, typed, first):
    places = find(typed, typing=True).places
    assert [place.name for place in places[: len(first)]] == first


def test_a_beginning_of_a_postal_code_is_only_completed_while_typing(find):
    assert find("3470").candidates == []
