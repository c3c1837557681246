"""A value in words, of any field; what a comparison has still to ask."""

from datetime import date

import pytest

from prefectures.models import Ground, Link, Procedure, Quotation, Referral
from prefectures.sheets.state import Item, OwnRow
from prefectures.sheets.words import Compared, Merge, Told, in_words

GROUNDS = {Ground: {1: "travail", 2: "famille", 3: "études"}}


def words(name, value, names=None, model=Procedure, **options):
    return in_words(model._meta.get_field(name), value, names, **options)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("title", "Une fiche", "Une fiche"),
        ("situation", "blocked", "bloquée en pratique"),
        ("situation", "autre", "autre"),
        ("refused_channels", ["postal", "email"], "voie postale, courriel"),
        ("position", 0, "0"),
        ("updated_on", date(2023, 2, 1), "01/02/2023"),
        ("warning", "<p>Un <strong>mot</strong></p><p>Deux</p>", "Un mot\nDeux"),
    ],
)
def test_a_value_is_said_as_the_form_shows_it(name, value, said):
    assert words(name, value) == said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", ""),
        ("valid_from", None),
        ("refused_channels", []),
        ("grounds", frozenset()),
    ],
)
def test_nothing_is_said_of_nothing(name, value):
    assert words(name, value) == ""


def test_yes_and_no_are_said_in_french():
    said = [words("is_excerpt", value, model=Quotation) for value in (True, False)]
    assert said == ["oui", "non"]


def test_links_are_said_in_the_order_of_their_names():
    assert words("grounds", frozenset([1, 2]), GROUNDS) == "famille, travail"


def test_a_file_parts_them_in_its_own_way():
    assert words("grounds", frozenset([1, 2]), GROUNDS, separator=";") == "famille;travail"


def test_what_a_value_led_to_and_is_gone_is_said_by_its_number():
    assert words("link", 7, {Link: {}}, model=Quotation) == "(supprimé, n° 7)"
    assert words("grounds", frozenset([2, 9]), GROUNDS) == "(supprimé, n° 9), famille"


def test_a_row_that_has_no_key_yet_is_said_by_its_number_in_the_sheet():
    assert words("link", OwnRow(2), {Link: {2: "un autre"}}, model=Quotation) == "2"


def test_a_sheet_that_has_no_key_yet_is_said_by_its_address():
    sheet = Item(None, {"departement": "34", "slug": "beziers"})
    assert words("sheet", sheet, model=Referral) == "34/beziers"


def test_a_change_is_marked_word_by_word():
    assert Told("titre", "un mot", "deux mot").differences == [
        ("-", "un"),
        ("+", "deux"),
        ("=", " mot"),
    ]


def test_both_texts_are_marked_against_what_was_there():
    conflict = Compared("title", "titre", "un mot", "un", "mot")
    assert conflict.theirs_marked == [("=", "un"), ("-", " mot")]
    assert conflict.mine_marked == [("-", "un "), ("=", "mot")]


def compared(choice=""):
    return Compared("title", "titre", "a", "b", "c", choice)


def test_a_merge_is_decided_once_every_conflict_has_its_choice():
    assert not Merge([compared("mine"), compared()], [], []).is_decided
    assert Merge([compared("mine"), compared("theirs")], [], []).is_decided
    assert Merge([], [compared()], [compared()]).is_decided


def test_only_what_somebody_else_did_is_news():
    assert not Merge([], [], [compared()]).has_news
    assert Merge([compared()], [], []).has_news
    assert Merge([], [compared()], []).has_news
