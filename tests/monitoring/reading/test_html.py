import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefectures.monitoring.reading.html import LONGEST, page_of

URL = "https://www.x.gouv.fr/Sejour"


def text_of(html):
    return page_of(html.encode(), "utf-8", URL).text


def test_a_block_a_break_and_a_row_are_a_line_each():
    html = """<h1>Titre</h1><div>un<p>deux<br>trois</p></div><ul><li>quatre</ul>
    <table><tr><th>Lundi<td><p>9h</p><p>12h</p></table><pre>cinq
six</pre>"""
    assert text_of(html).splitlines() == [
        *("Titre", "un", "deux", "trois", "quatre", "Lundi | 9h 12h", "cinq", "six"),
    ]


def test_words_in_several_tags_are_one_word():
    assert text_of("<p>le 1<sup>er</sup> <b>m</b>ars</p>") == "le 1er mars"


def test_a_term_and_what_is_said_of_it_are_one_line():
    html = "<dl><dt>Lundi</dt><dd>9h</dd><dt>Mardi :</dt><dd>fermé</dd><dd>sauf été</dd></dl>"
    assert text_of(html).splitlines() == ["Lundi : 9h", "Mardi : fermé", "sauf été"]


def test_a_table_that_lays_out_a_page_is_no_row():
    html = "<table><tr><td><h2>Adresse</h2><p>1 rue A</p></td><td><h2>Horaires</h2>9h</td></table>"
    assert text_of(html).splitlines() == ["Adresse", "1 rue A", "Horaires", "9h"]


def test_a_link_says_where_it_leads():
    html = '<p>Voir <a href="/a.pdf?v=3">la notice</a>, <a href="#b">plus bas</a>.</p>'
    assert text_of(html) == "Voir la notice <https://www.x.gouv.fr/a.pdf>, plus bas."


def test_a_link_around_blocks_says_so_after_them():
    html = '<a href="/a"><h3>La notice</h3></a><p>suite</p>'
    assert text_of(html).splitlines() == ["La notice <https://www.x.gouv.fr/a>", "suite"]


def test_a_link_that_is_an_image_is_told_by_its_words():
    html = '<a href="/rdv"><img src="rdv.png" alt="Prendre rendez-vous"></a>'
    assert text_of(html) == "Prendre rendez-vous <https://www.x.gouv.fr/rdv>"


def test_links_are_told_from_the_base_of_the_page():
    html = '<head><base href="https://y.fr/b/"></head><a href="c">lien</a>'
    assert text_of(html) == "lien <https://y.fr/b/c>"


def test_the_main_part_is_the_page_if_there_is_one():
    words = "Les demandes se font par courrier. " * 4
    assert text_of(f"<p>Autour</p><main><p>{words}</p></main>") == words.strip()
    assert text_of(f"<p>Autour</p><div id='content'>{words}</div>") == words.strip()


def test_two_main_parts_or_one_with_nothing_in_it_are_no_choice():
    assert text_of("<p>a</p><main>b</main><main>c</main>").splitlines() == ["a", "b", "c"]
    assert text_of("<p>a</p><main></main>") == "a"


@pytest.mark.parametrize(
    "around",
    [
        "<nav>x</nav>", "<footer>x</footer>", "<header>x</header>",
        "<aside><a href='/'>x</a></aside>", "<template>x</template>",
        "<script>x</script>", "<style>x</style>", "<noscript>x</noscript>",
        "<p hidden>x</p>", "<p style='color:red; display : none'>x</p>",
        "<p aria-hidden=true>x</p>",
        "<div class='fr-header'>x</div>", "<div class='fr-footer__body'>x</div>",
        "<div class='fr-nav'>x</div>", "<div class='fr-sidemenu'>x</div>",
        "<div class='fr-breadcrumb'>x</div>", "<div class='fr-skiplinks'>x</div>",
        "<div class='fr-consent-banner'>x</div>", "<div class='fr-share'>x</div>",
        "<div class='fr-follow'>x</div>", "<div class='fr-search-bar'>x</div>",
        "<div class='fr-modal'>x</div>", "<div id='header'>x</div>", "<div id='footer'>x</div>",
        "<div id='menu'>x</div>", "<div id='fil-ariane'>x</div>", "<div class='navigation'>x</div>",
        "<ul class='pagination'><li>x</ul>", "<div role=navigation>x</div>",
        "<div id='cookie-law'>x</div>", "<div class='menu-principal'>x</div>",
        "<select><option>x</select>", "<textarea>x</textarea>", "<del>x</del>",
        "<p class='fr-sr-only'>x</p>", "<section><h2>Actualités</h2>x</section>",
        "<p><a href='#'>Haut de page</a></p>", "<button>Imprimer</button>",
    ],
)  # fmt: skip
def test_what_stands_around_a_page_is_not_its_text(around):
    assert text_of(f"<body>{around}<div><p>Le texte</p></div></body>") == "Le texte"


@pytest.mark.parametrize(
    "own",
    [
        "<details><summary>Le</summary><p>texte</p></details>",
        "<h3 class='fr-accordion__title'><button>Le</button></h3>"
        "<div class='fr-collapse' aria-hidden='true' style='display:none'>texte</div>",
        "<div role='tabpanel' hidden>Le<br>texte</div>",
        "<aside><h2>Le</h2><p>texte</p></aside>",
        "<article><header><h2>Le</h2></header>texte</article>",
        "<body style='visibility:hidden'><h1>Le</h1>texte",
        "<div aria-hidden='true'><main>Le<p>texte</main></div>",
        "<h2 class='fr-display--lg'>Le</h2>texte",
        "<div id='colonne-droite'>Le<p>texte<a href='/a.pdf'></a></div>",
        "<body class='navigation'>Le<p>texte",
        "<div class='menu page'><h1>Le</h1>texte</div>",
        "<article><header><h1>Le</h1></header>texte</article>",
        "<form action='/envoi'><p>Le</p><label>texte</label><input></form>",
        "<p>Le<p><button onclick='rdv()'>texte</button>",
    ],
)
def test_what_looks_like_it_and_is_the_page_stays(own):
    assert text_of(own).split() == ["Le", "texte"]


MENU = "<ul class='a12'>{}<li><a href='/a'>Chasse</a><li><a href='/b'>Armes</a></ul>"


def test_a_list_of_links_above_the_title_is_a_menu_whatever_its_name():
    menu, other = MENU.format("<li><a href='/c'>Permis</a>"), MENU.format("")
    assert text_of(f"{menu}<h1>AES</h1><p>Le texte</p>").splitlines() == ["AES", "Le texte"]
    assert "Armes" in text_of(f"<h1>AES</h1>{menu}")
    assert "Armes" in text_of(f"{other}<h1>AES</h1>")


def test_a_trail_is_not_the_page_s_own_whatever_its_name():
    html = "<p>Vous êtes ici : <a href='/'>Accueil</a> &gt; <a href='/d'>Séjour</a></p><p>Texte</p>"
    assert text_of(html) == "Texte"


def test_news_that_says_something_in_its_title_is_the_page_s_own():
    html = "<div><h2>Actualité : le guichet ferme</h2><p>Écrivez.</p></div>"
    assert text_of(html).splitlines() == ["Actualité : le guichet ferme", "Écrivez."]


def test_documents_in_the_column_beside_are_the_page_s_own():
    html = "<h1>AES</h1><div class='sidebar'><ul><li><a href='{}'>Notice</a></ul></div>"
    assert "Notice" in text_of(html.format("/content/download/1/2/file/notice.pdf"))
    assert "Notice" not in text_of(html.format("/Demarches/Notice"))


def test_a_page_about_cookies_is_no_banner():
    words = "Les cookies que ce site dépose sont décrits ici, un par un. " * 20
    html = f"<div><p>{words}</p><a href='/'>Tout refuser</a></div>"
    assert text_of(html).startswith("Les cookies")


def test_a_page_that_never_ends_is_cut():
    assert len(text_of("<p>" + "mot " * 100_000)) == LONGEST


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "table><tr><td", "a href=x"])
def test_what_is_nested_without_end_keeps_its_words(tag):
    assert text_of(f"<{tag}>" * 3000 + "au fond").startswith("au fond")


def test_the_title_and_the_headings_are_those_of_the_whole_page():
    page = page_of(b"<title> Un\n titre </title><header><h1>Site</h1></header><h2>Partie</h2>")
    assert (page.title, page.heading) == ("Un titre", "Site Partie")


PIECES = """<table>,<tr>,<td>,</table>,<dl>,<dt>,<dd>,<p>,</p>,</a>,<h1>,<main>,</main>,</div>,<br>
,<pre>,<aside>,mot,&nbsp;,\0,<!--,-->,<button>,<svg>,<template>,<form>,<select>,<option>, ,
,<a href=/x>,<h2>Actualités</h2>,<div class=menu>,<section hidden>,<img alt=i>"""
SOURCE = st.lists(st.sampled_from(re.split(",", PIECES)), max_size=25).map("".join)


@given(SOURCE)
def test_any_source_is_lines_without_spaces_around_them(html):
    lines = text_of(html).split("\n")
    assert lines == [""] or all(line and line == " ".join(line.split()) for line in lines)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_page(body):
    page_of(body)
