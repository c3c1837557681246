"""The search, as people really type: with a number, an article, or the kind of place it is."""

import pytest

from prefectures.public.search import search

from .test_search import add_town, departements, towns

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "query",
    [
        "34700 Lodève",
        "Lodève 34700",
        "Lodève (34)",
        "34 Lodève",
        "34 700 Lodève",
        "Lodève, France",
        "sous-préfecture de Lodève",
        "la sous-préfecture de Lodève",
        "Sous-préfecture de Lodève (34)",
    ],
)
def test_a_town_is_found_among_other_words(query):
    assert towns(query) == ["Lodève"]


@pytest.mark.parametrize(
    ("query", "town"),
    [
        ("Béziers, France", "Béziers"),
        ("préfecture de Carcassonne", "Carcassonne"),
        ("Le Vigan", "Le Vigan"),
        ("Vigan (Le)", "Le Vigan"),
        ("sous-préfecture du Vigan", "Le Vigan"),
        ("La Garde", "La Garde"),
        ("préfecture de La Garde", "La Garde"),
        ("sous-préfecture de Noisy-le-Grand", "Noisy-le-Grand"),
        ("Paris 13", "Paris 13e Arrondissement"),
    ],
)
def test_the_town_that_is_meant_comes_first(query, town):
    add_town("83062", "La Garde")
    add_town("83999", "Garde-Colombe")
    add_town("93051", "Noisy-le-Grand")
    add_town("75113", "Paris 13e Arrondissement")
    assert towns(query)[0] == town


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("herault 34", ["34"]),
        ("34 Hérault", ["34"]),
        ("l'Hérault", ["34"]),
        ("département de l’Hérault", ["34"]),
        ("département du Tarn", ["81", "82"]),
        ("Tarn 81", ["81"]),
        ("Tarn 81000", ["81"]),
        ("Tarn 34", ["81", "82"]),
        ("département 34", ["34"]),
        ("département de Corse 2A", ["2A"]),
        ("Val-de-Marne", ["94"]),
    ],
)
def test_a_departement_is_found_among_other_words(query, codes):
    assert departements(query) == codes


def test_an_article_finds_the_departement_as_well_as_the_town():
    assert departements("l'Hérault") == ["34"]
    assert "Clermont-l'Hérault" in towns("l'Hérault")


def test_a_number_beside_a_name_tells_towns_of_one_name_apart():
    add_town("11999", "Lodève")
    assert [town.departement_id for town, _ in search("Lodève").towns] == ["11", "34"]
    for query in ("Lodève 34", "Lodève 34700"):
        assert [town.departement_id for town, _ in search(query).towns] == ["34"]


@pytest.mark.parametrize("query", ["Lodève 75", "Lodève 75001", "Lodève 99999"])
def test_a_number_that_fits_no_town_of_that_name_is_ignored(query):
    assert towns(query) == ["Lodève"]


@pytest.mark.parametrize("query", ["Occitanie", "région Occitanie", "la région Occitanie", "occi"])
def test_a_region_is_found_and_its_page_is_offered(ask, query):
    assert [region.name for region in search(query).regions] == ["Occitanie"]
    page = ask(query).page
    assert "/regions/occitanie/" in page.links
    assert "Nous n’avons pas trouvé" not in page.text


@pytest.mark.parametrize("query", ["Île-de-France", "région Île-de-France"])
def test_a_name_that_holds_a_usual_word_is_found_whole(query):
    """Not the towns called "Île"."""
    add_town("56088", "Île-aux-Moines")
    assert [region.name for region in search(query).regions] == ["Île-de-France"]
    assert towns(query) == []


@pytest.mark.parametrize("query", ["préfecture", "sous-préfecture", "la région", "le"])
def test_usual_words_alone_are_searched_as_they_are(ask, query):
    assert ask(query).status_code == 200
    assert "Lodève" not in towns(query)
