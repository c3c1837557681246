import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefectures.history.words import text_of, word_differences

LINES = st.lists(st.sampled_from(["un", "deux", " ", "\n", "trois.", "\r\n", "é"])).map("".join)


@given(LINES, LINES)
def test_both_texts_can_be_read_off_the_differences(before, after):
    found = word_differences(before, after)
    assert "".join(text for kind, text in found if kind != "+") == before
    assert "".join(text for kind, text in found if kind != "-") == after


@given(LINES)
def test_a_text_does_not_differ_from_itself(text):
    assert word_differences(text, text) == ([("=", text)] if text else [])


def test_the_word_that_changed_is_told_apart():
    assert word_differences("Dépôt par courrier, le lundi", "Dépôt en ligne, le lundi") == [
        ("=", "Dépôt "),
        ("-", "par courrier,"),
        ("+", "en ligne,"),
        ("=", " le lundi"),
    ]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Un</p><ul><li>deux</li><li>trois</li></ul>", "Un\ndeux\ntrois"),
        ('<p><a href="https://a.fr/">ici</a></p>', "ici <https://a.fr/>"),
        ("<p>a &amp; b</p>", "a & b"),
    ],
)
def test_rich_text_reads_as_lines(html, text):
    assert text_of(html) == text
