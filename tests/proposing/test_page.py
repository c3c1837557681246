"""A pasted page: its quotation, its lines, without what stands around it on every page."""

import pytest

from prefectures.proposing import read_page

SITE = """
<header class="fr-header"><nav><ul><li><a href="/">Accueil</a></li></ul></nav></header>
<div class="breadcrumb"><a href="/">Accueil</a> &gt; Étrangers</div>
<main><h1>Admission exceptionnelle</h1><p>Envoyez votre dossier.</p></main>
<footer><p>Plan du site</p></footer>
"""


def test_menus_and_footer_are_left_out():
    assert (
        read_page(SITE).quotation
        == "<h3>Admission exceptionnelle</h3><p>Envoyez votre dossier.</p>"
    )


def test_menus_and_footer_stay_if_asked_for():
    assert "Plan du site" in read_page(SITE, with_menus=True).quotation


@pytest.mark.parametrize(
    "source", ['<div class="menu"><p>Tout est ici.</p></div>', "<nav>Ici</nav>"]
)
def test_a_page_that_is_nothing_but_a_menu_stays(source):
    assert read_page(source).text


def test_a_line_knows_where_it_stands_and_what_announces_it():
    page = read_page(
        "<h3>Titre</h3><p>Deux voies :</p><ul><li>par <a href='https://x.fr'>là</a></li></ul>"
    )
    title, intro, item = page.lines
    assert [line.text for line in page.lines] == ["Titre", "Deux voies :", "par là"]
    assert (title.is_title, item.above) == (True, 1)
    assert item.links == [(4, 6, "https://x.fr")]
    assert page.text[intro.start : intro.end] == "Deux voies :"


def test_a_sentence_ends_at_its_full_stop_and_not_at_that_of_an_article():
    page = read_page("Voir l’art. L. 435-1. Envoyez le dossier. Merci.")
    start, end = page.sentence(page.text.index("dossier"))
    assert page.text[start:end] == "Envoyez le dossier."


def test_reading_again_what_was_read_changes_nothing():
    page = read_page(SITE)
    again = read_page(page.quotation)
    assert (again.quotation, again.text) == (page.quotation, page.text)
