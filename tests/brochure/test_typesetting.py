"""What is set is a PDF for everybody, whatever people wrote."""

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prefectures.brochure import blocks
from prefectures.brochure.rich import rich
from prefectures.brochure.typesetting import NotSetError, typeset

from ..hostile.payloads import PAYLOADS
from .booklets import booklet
from .reading import Marks, words_of
from .test_coverage import SAID

MARKUP = [
    '#eval("1+1") $x^2$ *gras* _it_ `brut` @renvoi <etiquette> // rien /* rien */',
    '#read("/etc/passwd") #import "@preview/x:1.0.0": * #set page(width: 1pt)',
    "= Titre\n- liste\n+ liste\n/ terme: mot ~ -- --- ... \\u{41} \\",
    r"\documentclass{x} \write18{ls} \input{/etc/passwd} %",
    '<script>alert("x")</script> &amp; <b>gras</b> ]]> <!--',
    '{"is": "heading"} ${7*7} {{ 7*7 }} {% debug %}',
]
TITLE = blocks.heading(1, "Titre", is_listed=True, label="un-titre")


def everywhere(text):
    """Return every kind of block, each with ``text``."""
    said = blocks.said(text)
    return [
        blocks.heading(1, text, is_listed=True, label=text),
        said,
        blocks.said(text, look="lead"),
        blocks.said(text, look="note", strong=True),
        blocks.paragraph(blocks.run(text, emphasised=True), *blocks.address("https://a.fr/")),
        blocks.envelope(text),
        blocks.bullets([[said], [said]]),
        blocks.numbered([[said]]),
        blocks.quote([said]),
        blocks.framed([said]),
        *rich(f"<h3>a</h3><p>{escape(text)}</p>", 1),
    ]


@pytest.fixture(scope="module")
def marks():
    cover = [blocks.said("Couverture"), blocks.paragraph(blocks.run("Là", label="un-titre"))]
    code = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M0 0h9'/></svg>"
    content = [TITLE, blocks.beside_a_code([blocks.said("À côté")], code, "Ce que dit le code")]
    links = [blocks.paragraph(*blocks.address("https://www.ariège.gouv.fr/a%20(2).pdf#b"))]
    under = [blocks.heading(2, "Sous-titre", is_listed=True), blocks.heading(3, "Section")]
    return Marks(typeset(booklet(*content, *under, *links, cover=cover)))


def test_it_says_that_it_is_for_everybody(marks):
    assert marks.ua_part == "1"
    assert marks.is_tagged
    assert (marks.language, marks.title) == ("fr", "Un essai")
    assert marks.shows_its_title


def test_its_parts_are_tagged_in_the_order_in_which_one_reads(marks):
    titles = [tag for tag in marks.structure if tag in ("H1", "H2", "H3", "Figure")]
    # The contents have a title of their own.
    assert titles == ["H1", "H1", "Figure", "H2", "H3"]


def test_an_image_is_told_in_words(marks):
    assert marks.alternatives == ["Ce que dit le code"]


def test_an_address_is_led_to_as_it_is_written(marks):
    # As browsers ask for it: a PDF knows no accents there.
    assert marks.addresses == ["https://www.xn--arige-6ra.gouv.fr/a%20(2).pdf#b"]


def test_titles_in_the_contents_are_bookmarks_and_no_others(marks):
    assert marks.bookmarks == [(0, "Titre"), (1, "Sous-titre")]


def test_its_pages_are_a4_with_their_own_fonts(marks):
    assert marks.sizes == {(595, 842)}
    assert marks.fonts_are_embedded


def test_every_page_says_its_number_and_what_stands_at_its_foot(tmp_path):
    pages = words_of(typeset(booklet(TITLE)), tmp_path).split("\f")[:-1]
    for number, page in enumerate(pages, start=1):
        assert "Au pied de chaque page" in page
        assert f"page {number} sur {len(pages)}" in page


def test_a_long_address_is_copied_as_it_is_written(tmp_path):
    url = "https://www.herault.gouv.fr/" + "Je-souhaite-un-titre/" * 12 + "a" * 300 + "?b=1&c=%20d"
    words = words_of(typeset(booklet(TITLE, blocks.paragraph(*blocks.address(url)))), tmp_path)
    assert url in "".join(words.split())
    assert url in words.replace("\n", "")


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_shown_as_the_text_that_it_is(text, tmp_path):
    words = words_of(typeset(booklet(TITLE, blocks.said(text))), tmp_path)
    assert "".join(text.split()) in "".join(words.split())


@pytest.mark.parametrize("text", MARKUP)
def test_markup_stands_in_every_kind_of_block(text):
    assert typeset(booklet(*everywhere(text))).startswith(b"%PDF-1.7")


def test_a_hundred_hostile_texts_are_set():
    content = [block for text in PAYLOADS for block in everywhere(text)]
    assert typeset(booklet(*content)).startswith(b"%PDF-1.7")


HARD = {
    "ten_thousand_letters": "a" * 10_000,
    "ten_thousand_letters_that_join": "ش" * 10_000,
    "ten_thousand_emoji": "👩🏽‍⚖️" * 2_000,
    "marks_of_direction": "\u202eabc\u202c \u2067عربي\u2069 \u200f\u200e\u061c\u2066",
    "accents_on_accents": "e" + "\u0301" * 2_000,
    "nothing": "",
    "spaces": "\u00a0\u2009\u202f\u3000\u2028\u2029\t",
    "unseen": "\u200b\u200c\u200d\u2060\ufeff\u00ad" * 50,
    "no_character": "\ufffe\uffff\ufdd0\U0010ffff",
}


@pytest.mark.parametrize("name", HARD)
def test_what_is_hard_to_set_is_set(name):
    assert typeset(booklet(*everywhere(HARD[name]))).startswith(b"%PDF-1.7")


def test_no_word_leaves_the_page(tmp_path):
    words = words_of(typeset(booklet(TITLE, blocks.said("z" * 1000))), tmp_path)
    lines = [line for line in words.splitlines() if "zzz" in line]
    assert "".join(line.strip() for line in lines) == "z" * 1000
    assert max(map(len, lines)) < 120


@settings(max_examples=40)
@given(st.lists(st.text(), max_size=20))
def test_any_text_at_all_is_set(texts):
    content = [block for text in texts for block in everywhere(text)]
    assert typeset(booklet(*content)).startswith(b"%PDF-1.7")


def test_every_script_is_shown_in_its_own_signs(tmp_path):
    told = [blocks.said(f"{words}") for words in SAID.values()]
    pdf = typeset(booklet(TITLE, *told))
    assert Marks(pdf).fonts_are_embedded
    read = words_of(pdf, tmp_path)
    for language in ("russe", "grec", "géorgien", "arménien", "chinois", "coréen", "amharique"):
        assert SAID[language].split()[0] in read


def test_what_cannot_be_set_is_said_as_the_typesetter_says_it():
    with pytest.raises(NotSetError, match="skipped from heading level 1 to 3"):
        typeset(booklet(TITLE, blocks.heading(3, "Trop bas")))


def test_the_same_booklet_is_the_same_file():
    assert typeset(booklet(TITLE)) == typeset(booklet(TITLE))


def test_an_address_that_no_pdf_can_lead_to_is_a_text():
    pdf = typeset(booklet(TITLE, blocks.paragraph(*blocks.address("https://a.fr/" + "b" * 9000))))
    assert Marks(pdf).addresses == []
