"""What somebody seeks, as texts are searched for it."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from prefectures.text.naming import normalised
from prefectures.text.wanted import LONGEST_QUERY, MOST_WORDS, QUOTES, searched, terms_of


def finds(query, text):
    terms = terms_of(query)
    return bool(terms) and all(term in searched(text) for term in terms)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("recepiss", "un récépissé"),
        ("RÉCÉPISSÉ", "Le recepisse."),
        ("re\u0301ce\u0301pisse\u0301", "récépissé"),
        ("oeuvre", "les œuvres"),
        ("œuvre", "les oeuvres"),
        ("St Gaudens", "sous-préfecture de Saint-Gaudens"),
        ("saint-gaudens", "St Gaudens"),
        ("dossier poste", "par la poste, votre dossier"),
        ("herault.gouv.fr/booking", "https://www.herault.gouv.fr/booking/create/15259"),
        ("pref-esi@herault", "Écrivez à pref-esi@herault.gouv.fr"),
        ("l'adresse", "une adresse"),
        ("l’adresse", "à l’adresse suivante"),
        ("qu'un", "qu’un"),
        ("52 rue Jean Bringer", "52, rue Jean-Bringer"),
        ('"accusé de réception"', "Accusé de réception"),
        ("« accusé de réception »", "avec accusé de réception"),
        ('"accusé de réc', "avec accusé de réception"),
        ("5", "le 5 mars"),
    ],
)
def test_a_text_that_holds_what_is_sought_is_found(query, text):
    assert finds(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("pisse", "un récépissé"),
        ("dossier poste", "votre dossier"),
        ("gouv.fr/booking", "fr/booking gouv"),
        ('"accusé réception"', "accusé de réception"),
        ('"accus de"', "accusé de réception"),
        ("5", "50 euros"),
        ("b", "bureau"),
        ("de", "demande"),
    ],
)
def test_a_text_that_does_not_hold_it_is_not(query, text):
    assert not finds(query, text)


@pytest.mark.parametrize(
    "query", ["la lettre de recours", "lettre recours", "à la lettre, recours"]
)
def test_words_that_say_nothing_are_not_sought(query):
    assert terms_of(query) == [" lettre", " recours"]


def test_words_that_say_nothing_are_sought_where_there_are_no_others():
    assert terms_of("de la") == [" de ", " la "]


def test_words_that_say_nothing_are_sought_in_quotes():
    assert terms_of('"de la"') == [" de la "]


@pytest.mark.parametrize("query", ["", " ", "🙏🏽", "!?…", '""', "«»", "تولوز", "%", "_", "\x00"])
def test_signs_alone_seek_nothing(query):
    assert terms_of(query) == []


@given(st.text(alphabet=st.sampled_from("abé œ5 .-'\"«»%\n"), max_size=3 * LONGEST_QUERY))
def test_few_words_are_sought_whatever_is_asked(query):
    terms = terms_of(query)
    assert sum(len(term.split()) for term in terms) <= MOST_WORDS
    assert len(set(terms)) == len(terms)
    assert all(term.startswith(" ") and term.strip() for term in terms)


def test_a_word_asked_twice_is_sought_once():
    assert terms_of("poste Poste PÖSTE") == [" poste"]


def test_what_stands_beyond_a_hundred_signs_is_not_read():
    assert terms_of("a" * 10_000) == [" " + "a" * LONGEST_QUERY]


@given(st.text(st.characters(exclude_characters=QUOTES), max_size=50))
def test_a_text_is_found_by_its_own_words_in_quotes(text):
    assume(len(normalised(text).split()) <= MOST_WORDS)
    assert all(term in searched(text) for term in terms_of(f'"{text}"'))
