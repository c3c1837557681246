import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefectures.models import Departement, Prefecture
from prefectures.text.naming import (
    ARTICLE_OF_TNCC,
    Article,
    address_of,
    at_place,
    normalised,
    with_article,
)


@pytest.mark.parametrize(
    ("article", "name", "expected"),
    [
        ("de l'", "Ariège", "de l'Ariège"),
        ("du", "Gard", "du Gard"),
        ("des", "Hautes-Pyrénées", "des Hautes-Pyrénées"),
        ("de la", "Haute-Garonne", "de la Haute-Garonne"),
        ("d'", "Auch", "d'Auch"),
        ("de", "Foix", "de Foix"),
        ("du", "Le Puy-en-Velay", "du Puy-en-Velay"),
        ("du", "Le Vigan", "du Vigan"),
        ("de la", "La Rochelle", "de La Rochelle"),
        ("des", "Les Andelys", "des Andelys"),
        ("de l'", "L'Haÿ-les-Roses", "de L'Haÿ-les-Roses"),
        ("de l'", "L’Haÿ-les-Roses", "de L’Haÿ-les-Roses"),
        ("d'", "Aux Marais", "d'Aux Marais"),
    ],
)
def test_a_place_takes_its_article(article, name, expected):
    assert with_article(article, name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Lodève", "à Lodève"),
        ("Le Vigan", "au Vigan"),
        ("Le Vernet-Chaméane", "au Vernet-Chaméane"),
        ("Les Angles", "aux Angles"),
        ("La Rochelle", "à La Rochelle"),
        ("L'Haÿ-les-Roses", "à L'Haÿ-les-Roses"),
        ("Aux Marais", "à Aux Marais"),
        # Names that only begin like one.
        ("Lens", "à Lens"),
        ("Lespinasse", "à Lespinasse"),
    ],
)
def test_something_is_at_a_place(name, expected):
    assert at_place(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Lodève", "lodeve"),
        ("L'Haÿ-les-Roses", "l-hay-les-roses"),
        ("L’Haÿ-les-Roses", "l-hay-les-roses"),
        ("Œuilly", "oeuilly"),
        ("Bœurs-en-Othe", "boeurs-en-othe"),
        ("Lyon 3e Arrondissement", "lyon-3e-arrondissement"),
    ],
)
def test_a_name_stands_in_an_address(name, expected):
    assert address_of(name) == expected


def test_a_name_that_only_begins_like_an_article_stays_whole():
    assert with_article("de", "Lens") == "de Lens"


def test_every_kind_of_name_that_insee_knows_has_an_article():
    assert set(ARTICLE_OF_TNCC) == set(range(9))


@pytest.mark.parametrize("article", Article.values)
def test_every_article_fits_its_column(article):
    assert len(article) <= Prefecture._meta.get_field("article").max_length


def test_a_departement_is_named_behind_its_article(db):
    assert Departement.objects.get(code="65").of_name == "des Hautes-Pyrénées"


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        ("L'Haÿ-les-Roses", "l hay les roses"),
        ("L’Haÿ les Roses", "l hay les roses"),
        ("BÉZIERS", "beziers"),
        ("St-Étienne", "saint etienne"),
        ("st etienne", "saint etienne"),
        ("Ste Foy", "sainte foy"),
        ("Stes-Maries", "saintes maries"),
        ("Sts", "saints"),
        ("Est", "est"),
        ("Stains", "stains"),
        ("Œuilly", "oeuilly"),
        ("Lœuilley", "loeuilley"),
        ("Læticia", "laeticia"),
        ("  Foix  ", "foix"),
        ("Foix 🏔 (09)", "foix 09"),
        ("🏔", ""),
        ("!?…", ""),
        ("", ""),
        ("34 500", "34 500"),
        ("Alès\tGard", "ales gard"),
        ("e\u0301", "e"),
    ],
)
def test_what_is_typed_is_searched_without_case_accents_or_punctuation(typed, searched):
    assert normalised(typed) == searched


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    assert normalised(normalised(text)) == normalised(text)


@given(st.text())
def test_a_normalised_text_holds_only_plain_letters_digits_and_single_spaces(text):
    words = normalised(text).split(" ")
    assert words == [""] or all(word.isascii() and word.isalnum() for word in words)


@given(st.text(alphabet="abcéèêàçœæïÿŒÉ -'’"))
def test_capital_letters_never_change_what_is_searched(text):
    assert normalised(text.upper()) == normalised(text)
