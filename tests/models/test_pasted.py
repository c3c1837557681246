"""What people paste, and what is left of it: files named by where it comes from."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from prefectures.models.fields import RichTextField
from prefectures.models.pasted import normalise_pasted
from prefectures.models.rich_text import clean_rich_text

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


@pytest.mark.parametrize("name", ["word", "google_docs", "timetable"])
def test_a_form_sent_without_the_script_is_cleaned_as_well(name):
    expected = (DATA / f"{name}.expected.html").read_text(encoding="utf-8").strip()
    assert RichTextField().clean(pasted(name), None) == expected


@settings(deadline=None, max_examples=200)
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
