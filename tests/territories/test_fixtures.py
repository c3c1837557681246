"""What the files of fixtures/territories say, before anything is loaded."""

from collections import defaultdict

import pytest
from django.conf import settings

from prefectures.models import FormerCommune
from prefectures.territories.files import FILES, read_rows
from prefectures.text.naming import Article

FOLDER = settings.BASE_DIR / "fixtures" / "territories"


@pytest.fixture(scope="module")
def tables():
    return {name: read_rows(FOLDER, name) for name in FILES}


@pytest.fixture(scope="module")
def communes(tables):
    return {row["code"]: row for row in tables["communes"]}


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("regions", 18),
        ("departements", 101 + 3),
        ("arrondissements", 333),
        ("communes", 34_879 + 45),
        ("former_communes", 2_576),
        ("offices", 101),
    ],
)
def test_the_territory_is_whole(tables, name, count):
    assert len(tables[name]) == count


def test_every_commune_has_a_postal_code(communes):
    assert not [code for code, row in communes.items() if not row["codes_postaux"]]


def test_every_article_is_known(tables):
    used = {row["article"] for rows in tables.values() for row in rows if "article" in row}
    assert used == set(Article.values)


def test_every_old_name_is_that_of_a_commune_deleguee_or_associee(tables):
    assert {row["statut"] for row in tables["former_communes"]} == set(FormerCommune.Status.values)


def test_only_saint_pierre_saint_barthelemy_and_saint_martin_have_no_region(tables):
    alone = {row["code"] for row in tables["departements"] if not row["region"]}
    assert alone == {"975", "977", "978"}


def test_only_mayotte_and_the_three_collectivities_have_no_arrondissement(communes):
    counts = defaultdict(int)
    for row in communes.values():
        if not row["arrondissement"]:
            counts[row["departement"]] += 1
    assert counts == {"975": 2, "976": 17, "977": 1, "978": 1}


def test_the_municipal_arrondissements_are_those_of_paris_lyon_and_marseille(communes):
    parts = defaultdict(list)
    for row in communes.values():
        if row["partie_de"]:
            parts[communes[row["partie_de"]]["nom"]].append(row["code"])
    assert {town: len(codes) for town, codes in parts.items()} == {
        "Paris": 20,
        "Lyon": 9,
        "Marseille": 16,
    }
    assert parts["Lyon"][0] == "69381"


def test_corsica_has_two_departements_each_with_its_communes(communes):
    corsican = {code[:2]: row["departement"] for code, row in communes.items() if code[0] == "2"}
    assert (corsican["2A"], corsican["2B"]) == ("2A", "2B")
    assert communes["2A004"]["nom"] == "Ajaccio"
    assert communes["2B033"]["nom"] == "Bastia"


def test_a_commune_is_in_the_departement_of_its_arrondissement(tables, communes):
    departement_of = {row["code"]: row["departement"] for row in tables["arrondissements"]}
    astray = [
        code
        for code, row in communes.items()
        if row["arrondissement"] and departement_of[row["arrondissement"]] != row["departement"]
    ]
    assert astray == []


def test_every_departement_but_the_three_collectivities_says_how_its_prefecture_is_reached(tables):
    told = {row["departement"] for row in tables["offices"]}
    assert {row["code"] for row in tables["departements"]} - told == {"975", "977", "978"}


def test_no_line_of_an_envelope_is_a_number_alone_or_stands_there_twice(tables):
    for row in tables["offices"]:
        lines = row["adresse"].split("\n")
        assert len(set(lines)) == len(lines)
        assert not [line for line in lines if line.replace(" bis", "").isdigit()]
        # "20188 Ajaccio Cedex 9"
        assert lines[-1][:5].isdigit()


def test_the_edition_is_that_of_2026():
    assert (FOLDER / "EDITION").read_text() == "@etalab/decoupage-administratif 6.0.0\n"
