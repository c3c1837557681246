"""Whether a text holds a word of the glossary."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefectures.text.spellings import Words


@pytest.mark.parametrize("text", ["récépissé", "Récépissé", "un récépissé.", "(récépissé)"])
def test_a_word_is_found_in_any_case(text):
    assert Words(text).hold("Récépissé")


def test_an_abbreviation_is_found_in_capitals_only():
    assert Words("une AES").hold("AES")
    assert not Words("https://a.example/aes").hold("AES")


def test_words_are_found_over_the_end_of_a_line():
    assert Words("obligation de\n  quitter le territoire").hold("obligation de quitter")


@pytest.mark.parametrize(("text", "word"), [("sous-titrer", "Titre"), ("QUEUE", "UE")])
def test_a_part_of_a_word_is_not_the_word(text, word):
    assert not Words(text).hold(word)


def test_the_word_is_found_after_a_part_of_another():
    assert Words("la QUEUE, puis l’UE").hold("UE")


@pytest.mark.parametrize("empty", ["", " ", "\n"])
def test_nothing_is_nowhere(empty):
    assert not Words("un texte").hold(empty)


def test_a_word_may_end_with_a_sign():
    assert Words("le C.R.A. de Rennes").hold("C.R.A.")


@given(before=st.text(), after=st.text(), word=st.sampled_from(["récépissé", "OQTF", "a b"]))
def test_a_word_between_spaces_is_found_whatever_is_around(before, after, word):
    assert Words(f"{before} {word} {after}").hold(word)
