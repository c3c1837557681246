import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefectures.text.differences import text_of
from prefectures.text.plain_text import as_rich_text, is_html
from prefectures.text.rich_text import clean_rich_text

from .test_rich_text import PASTED


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Une phrase", "<p>Une phrase</p>"),
        ("Une ligne\nune autre", "<p>Une ligne<br>une autre</p>"),
        ("Un\r\n\r\n\r\n  deux  ", "<p>Un</p><p>deux</p>"),
        ("\n\nUn\n", "<p>Un</p>"),
        (
            "Apportez :\n- une photo\n-  un timbre\nMerci",
            "<p>Apportez :</p><ul><li>une photo</li><li>un timbre</li></ul><p>Merci</p>",
        ),
        ("• photo\n•timbre", "<ul><li>photo</li><li>timbre</li></ul>"),
        ("– photo\n* timbre", "<ul><li>photo</li><li>timbre</li></ul>"),
        ("1. photo\n2) timbre", "<ol><li>photo</li><li>timbre</li></ol>"),
        ("- photo\n\n- timbre", "<ul><li>photo</li><li>timbre</li></ul>"),
        ("- photo\n  récente\n- timbre", "<ul><li>photo récente</li><li>timbre</li></ul>"),
        ("- photo\n1. timbre", "<ul><li>photo</li></ul><ol><li>timbre</li></ol>"),
        ("2023. Une année\n3) pas une liste", "<p>2023. Une année<br>3) pas une liste</p>"),
        ("1. un\n3. trois", "<ol><li>un</li></ol><p>3. trois</p>"),
        ("-20 % le lundi", "<p>-20 % le lundi</p>"),
        ("-", "<p>-</p>"),
        ("Voir <www.gouv.fr>", "<p>Voir &lt;www.gouv.fr&gt;</p>"),
        ("<claire@a.fr> ou <ici>", "<p>&lt;claire@a.fr&gt; ou &lt;ici&gt;</p>"),
        ("moins de 3 <4 & plus", "<p>moins de 3 &lt;4 &amp; plus</p>"),
        ("a &amp; b &#233;", "<p>a &amp; b é</p>"),
        ("https://a.fr/?a=1&copy=2", "<p>https://a.fr/?a=1&amp;copy=2</p>"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_plain_text_becomes_paragraphs_and_lists(text, html):
    assert as_rich_text(text) == html
    assert clean_rich_text(html) == html


@pytest.mark.parametrize(
    "html",
    [
        "<p>Un</p>\n<p>deux</p>",
        "Un<br>deux",
        "<div>Un</div>",
        "<TABLE><tr><td>Un",
        "un mot <b>gras</b>\nsuite",
        "<i>a</i>",
        '<span style="x">a</span>',
        "Lu</p>",
    ],
)
def test_html_stays_as_it_is(html):
    assert as_rich_text(html) == html


@given(PASTED | st.text())
def test_what_was_made_html_is_not_made_so_again(text):
    once = as_rich_text(text)
    assert as_rich_text(once) == once
    assert is_html(once) or not once


WORDS = st.lists(
    st.sampled_from(["un", "<www.a.fr>", "-", "1.", "&", "\n", "\n\n", "•", "<", "é "])
)


@given(WORDS.map(" ".join))
def test_no_word_of_a_plain_text_is_lost(text):
    def letters(value):
        return [each for each in value if each not in " \n-•1."]

    assert letters(text_of(clean_rich_text(as_rich_text(text)))) == letters(text)


def test_a_long_plain_text_is_read_in_one_pass():
    assert as_rich_text("- a\n" * 50_000).count("<li>") == 50_000
    assert as_rich_text("- a\n" + " b\n" * 50_000).count("b") == 50_000
    assert as_rich_text("<" * 200_000).count("&lt;") == 200_000
