"""A word of the glossary: where a page holds it."""

import re

import pytest

from prefectures.models import GlossaryTerm


def finds(term, text, also_written=""):
    pattern = GlossaryTerm(term=term, also_written=also_written).pattern
    return re.search(rf"\b(?:{pattern})\b", text) is not None


@pytest.mark.parametrize("text", ["récépissé", "Récépissé", "un récépissé."])
def test_a_word_is_found_in_any_case(text):
    assert finds("Récépissé", text)


def test_an_abbreviation_is_found_in_capitals_only():
    assert finds("AES", "une AES")
    assert not finds("AES", "https://a.example/aes")


def test_another_spelling_is_found_over_the_end_of_a_line():
    assert finds(
        "OQTF", "obligation de\nquitter le territoire", "obligation de quitter le territoire"
    )


def test_a_part_of_a_word_is_not_the_word():
    assert not finds("Titre", "sous-titrer")
    assert not finds("UE", "QUEUE")


def test_a_sign_of_a_pattern_is_only_a_sign():
    assert not finds("a.b", "axb")
