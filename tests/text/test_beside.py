"""Translations beside the words that stay French: where a word first stands, and nowhere else."""

import re

from hypothesis import given
from hypothesis import strategies as st

from prefectures.text.beside import LEFT_ALONE, Beside

ENGLISH = Beside(
    {
        "préfecture": "State office",
        "préfectures": "State office",
        "sous-préfecture": "local State office",
        "AES": "permission to stay",
    }
)


def test_a_word_is_followed_by_its_translation():
    assert ENGLISH.put("<p>Ask the préfecture.</p>") == "<p>Ask the préfecture (State office).</p>"


def test_a_word_is_translated_once_in_whatever_number():
    page = "<p>The préfecture</p><p>of all préfectures, a préfecture</p>"
    assert ENGLISH.put(page) == page.replace("préfecture", "préfecture (State office)", 1)


def test_a_word_inside_another_is_not_taken_for_it():
    assert ENGLISH.put("sous-préfecture") == "sous-préfecture (local State office)"
    assert ENGLISH.put("préfectureaux, aes") == "préfectureaux, aes"


def test_a_word_in_capitals_at_the_head_of_a_sentence_is_translated():
    assert ENGLISH.put("Préfecture: no") == "Préfecture (State office): no"


def test_any_word_may_stand_in_capitals():
    assert ENGLISH.put("THE PRÉFECTURE") == "THE PRÉFECTURE (State office)"


def test_in_brackets_no_other_brackets_are_opened():
    assert ENGLISH.put("stay (AES)") == "stay (AES, permission to stay)"


def test_what_a_sentence_explains_itself_is_left_to_it():
    for page in ("“préfecture” (an office)", "préfecture (an office)"):
        assert ENGLISH.put(page) == page


def test_what_is_quoted_in_french_is_left_as_it_is():
    quoted = '<blockquote lang="fr"><p>La préfecture</p><blockquote>AES</blockquote></blockquote>'
    assert ENGLISH.put(f"{quoted}the préfecture") == f"{quoted}the préfecture (State office)"


def test_what_is_pressed_and_titles_are_left_as_they_are():
    for name in sorted(LEFT_ALONE):
        page = f"<{name}>the préfecture<br></{name}>"
        assert ENGLISH.put(page) == page


def test_a_translation_is_text_and_no_markup():
    assert Beside({"AES": "<b>"}).put("AES") == "AES (&lt;b&gt;)"


def test_without_translations_nothing_is_added():
    assert Beside({}).put("<p>AES</p>") == "<p>AES</p>"


PIECES = [
    "<p>",
    "</p>",
    "<a href='/'>",
    "</a>",
    "<br>",
    "AES",
    "préfecture",
    " ",
    "(",
    '<i lang="fr">',
    "</i>",
]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_nothing_of_a_page_is_lost_whatever_it_holds(page):
    added = re.compile(
        r"(?: \((State office|permission to stay)\))|(?:, (State office|permission to stay))"
    )
    assert added.sub("", ENGLISH.put(page)) == page


@given(st.text())
def test_any_text_is_taken(text):
    assert ENGLISH.put(text).startswith(text[:1].split("<")[0])
