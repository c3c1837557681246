"""What people paste, and what is left of it: files named by where it comes from."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from prefectures.models.fields import RichTextField
from prefectures.text.pasted import normalise_pasted
from prefectures.text.rich_text import clean_rich_text

from .test_rich_text import PASTED

DATA = Path(__file__).parents[1] / "data" / "pasted"
SOURCE = "https://www.aude.gouv.fr/Demarches/Etrangers"
NAMES = sorted(path.stem for path in DATA.glob("*.html") if ".expected" not in path.name)


def pasted(name):
    return (DATA / f"{name}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_what_is_pasted_keeps_its_sense(name):
    expected = (DATA / f"{name}.expected.html").read_text(encoding="utf-8").strip()
    assert clean_rich_text(normalise_pasted(pasted(name), SOURCE)) == expected


@pytest.mark.parametrize("name", ["word", "word_with_remarks", "google_docs", "timetable"])
def test_a_form_sent_without_the_script_is_cleaned_as_well(name):
    expected = (DATA / f"{name}.expected.html").read_text(encoding="utf-8").strip()
    assert RichTextField().clean(pasted(name), None) == expected


@settings(max_examples=200)
@given(PASTED)
def test_what_was_cleaned_is_not_pasted_again(html):
    once = clean_rich_text(normalise_pasted(html))
    assert clean_rich_text(once) == once


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<div>un</div><div>deux</div>", "<p>un</p><p>deux</p>"),
        ("<p>un<span>&nbsp;</span>&nbsp;&nbsp;deux</p>", "<p>un deux</p>"),
        ("<p>14\xa0h</p><div></div>", "<p>14\xa0h</p>"),
        ("<table><tr><td>lundi</td><td>9h</td></tr></table>", "<p>lundi : 9h</p>"),
        ("<div><b>gras</b><b>encore</b></div>", "<p><strong>grasencore</strong></p>"),
        ("<h2><b>Titre</b></h2>", "<h3>Titre</h3>"),
        ("<div>a<br><br>b<br></div>", "<p>a<br><br>b</p>"),
        ('<div><a href="#haut">haut</a></div>', "<p>haut</p>"),
        ('<div><a href="javascript:x()">x</a></div>', "<p>x</p>"),
        (
            "<blockquote><div>cité</div></blockquote><div>x</div>",
            "<blockquote><p>cité</p></blockquote><p>x</p>",
        ),
        ("<div>a &lt; b &amp; c</div>", "<p>a &lt; b &amp; c</p>"),
        ("<div> </div><img src=x>", ""),
        ("<div>avant<hr>après</div>", "<p>avant</p><p>après</p>"),
        ("<details><summary>Où</summary>ici</details>", "<p>Où</p><p>ici</p>"),
        ("<pre>une\ndeux</pre>", "<p>une<br>deux</p>"),
        ("<div>9 h <s>puis 10 h</s> <del>ou 11 h</del></div>", "<p>9 h</p>"),
        ('<div>9 h <span style="text-decoration:line-through">10 h</span></div>', "<p>9 h</p>"),
        ("<div>pré\xadfec\u200bture</div>", "<p>préfecture</p>"),
        ("<div>a<b> gras </b>b</div>", "<p>a <strong>gras</strong> b</p>"),
        ("<SPAN STYLE='FONT-WEIGHT: BOLD'>gras</SPAN>", "<p><strong>gras</strong></p>"),
        (
            '<div>la <a href="https://a.fr"><b>bonne</b> page </a>!</div>',
            '<p>la <a href="https://a.fr"><strong>bonne</strong> page</a> !</p>',
        ),
        (
            "<ol><li>un</li></ol><ol><li>autre un</li></ol>",
            "<ol><li>un</li></ol><ol><li>autre un</li></ol>",
        ),
        (
            "<ul><li>un<ul><li>sous</li></ul>suite</li></ul>",
            "<ul><li><p>un</p><ul><li>sous</li></ul><p>suite</p></li></ul>",
        ),
        (
            "<ul><li>un</li><ul><li>sous</li></ul></ul>",
            "<ul><li><p>un</p><ul><li>sous</li></ul></li></ul>",
        ),
        (
            "<table><tr><td>Pièces</td><td><ul><li>photo</li></ul></td></tr></table>",
            "<p>Pièces</p><ul><li>photo</li></ul>",
        ),
        (
            "<table><tr><th></th><th>matin</th><th>soir</th></tr></table>",
            "<p>matin | soir</p>",
        ),
    ],
)
def test_each_thing_becomes_what_it_means(html, kept):
    assert normalise_pasted(html) == kept


@pytest.mark.parametrize(
    ("href", "base", "found"),
    [
        ("/a.pdf", SOURCE, "https://www.aude.gouv.fr/a.pdf"),
        ("a%20(2).pdf", SOURCE, "https://www.aude.gouv.fr/Demarches/a%20(2).pdf"),
        ("//cdn.fr/x", SOURCE, "https://cdn.fr/x"),
        ("https://www.ariège.gouv.fr/é", SOURCE, "https://www.ariège.gouv.fr/é"),
        ("mailto:a@b.fr", SOURCE, "mailto:a@b.fr"),
        ("/a.pdf", "", "/a.pdf"),
    ],
)
def test_an_incomplete_link_is_completed_from_its_page(href, base, found):
    html = normalise_pasted(f'<div><a href="{href}">x</a></div>', base)
    assert html == f'<p><a href="{found}">x</a></p>'


@pytest.mark.parametrize("base", ["", SOURCE, "https://[x"])
def test_an_address_that_nobody_can_read_stays_as_it_is(base):
    assert (
        normalise_pasted('<div><a href="//[x">x</a></div>', base) == '<p><a href="//[x">x</a></p>'
    )


@pytest.mark.parametrize(
    "text", ["M. le préfet reçoit", "L. 435-1 du code", "R. 431-11", "I. Le dépôt", "o"]
)
def test_a_name_or_an_article_of_law_is_no_number_of_a_list(text):
    assert normalise_pasted(f"<p class=MsoListParagraph>{text}</p>") == f"<p>{text}</p>"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("·\xa0\xa0\xa0 photo", "<ul><li>photo</li></ul>"),
        ("- photo", "<ul><li>photo</li></ul>"),
        ("2) photo", "<ol><li>photo</li></ol>"),
    ],
)
def test_a_mark_typed_before_an_item_of_word_is_taken_off(typed, kept):
    assert normalise_pasted(f"<p class=MsoListParagraph>{typed}</p>") == kept


@pytest.mark.parametrize("tag", ["<div>", "<ul><li>a", "<blockquote>", "<table><tr><td>", "<b>"])
def test_elements_nested_without_end_are_read_all_the_same(tag):
    assert "texte" in clean_rich_text(normalise_pasted(tag * 2000 + "texte"))


def test_words_like_style_in_an_address_do_not_make_a_text_pasted():
    html = '<blockquote><p>a</p></blockquote>\n<p><a href="https://a.fr/?class=2&amp;style=3">b</a></p>'
    assert clean_rich_text(html) == html
