"""What the site says itself can be read by somebody who reads little French."""

import re

import pytest
from django.conf import settings
from django.utils.timezone import localdate

from prefectures.models import GlossaryTerm

from .own_sentences import own_sentences, words_in
from .reading import text, tree

SENTENCES = own_sentences()
# Capitals that stand for words; "A4" is a size, "I" a numeral.
ABBREVIATION = re.compile(r"\b[A-Z]{2,}\b")
# Where others speak: the préfecture, the envelope, a source's own name, a name that is no word.
SPOKEN_BY_OTHERS = ("blockquote", "address")
NAMES = {"MTES", "MCT", "AA", "CC", "BY"}
RODEZ = "/departements/12-aveyron/prefecture-de-rodez/"
PAGES = [
    "/",
    "/regions/occitanie/",
    "/departements/31-haute-garonne/",
    "/departements/34-herault/",
    "/departements/69-rhone/",
    "/communes/34142-lodeve/",
    "/communes/",
    "/communes/34-herault/l/",
    "/communes/65440-tarbes/",
    "/communes/69123-lyon/",
    RODEZ,
    f"{RODEZ}historique/",
    f"{RODEZ}historique/?de={localdate()}&a=1",
    f"{RODEZ}au/{localdate()}/",
    f"{RODEZ}au/2000-01-01/",
    "/changements/",
    "/departements/12-aveyron/changements/?genre=new",
    "/recherche/?q=lodevve",
    "/recherche/?q=introuvable",
    "/recherche/?q=recepisse&dans=fiches",
    "/carte/",
    "/carte/?couleur=age",
    "/donnees/",
    "/se-faire-aider/",
    "/se-faire-aider/34-herault/",
    "/glossaire/",
    "/a-propos/",
    "/accessibilite/",
    "/confidentialite/",
    "/mentions-legales/",
]


def test_the_sentences_of_the_site_are_found():
    assert len(SENTENCES) > 200
    assert "Faites-vous aider avant." in SENTENCES
    assert "Quatre mois de silence valent un refus." in SENTENCES


def test_a_sentence_has_twelve_words_at_most_on_average():
    long_enough = [sentence for sentence in SENTENCES if len(words_in(sentence)) > 3]
    lengths = [len(words_in(sentence)) for sentence in long_enough]
    assert sum(lengths) / len(lengths) <= 12


def test_no_sentence_is_longer_than_twenty_five_words():
    assert [sentence for sentence in SENTENCES if len(words_in(sentence)) > 25] == []


def test_the_words_are_those_that_people_use():
    administrative = re.compile(r"\b(?:motifs?|dématérialisée?s?|récépissés? de dépôt)\b", re.I)
    assert [sentence for sentence in SENTENCES if administrative.search(sentence)] == []


# What would part from its word at the end of a line.
APART = re.compile("« | »|(?<=[\\w»}’)]) [:;?!](?=\\s|<|$)")
TEMPLATES = sorted((settings.BASE_DIR / "templates" / "prefectures").glob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_signs_stand_behind_a_space_that_does_not_break(path):
    shown = re.sub("{#.*?#}", "", path.read_text(encoding="utf-8"))
    assert [line.strip() for line in shown.split("\n") if APART.search(line)] == []


def own_words(element):
    """Return what the site says in ``element``, without what it quotes."""
    if element.tag in SPOKEN_BY_OTHERS:
        return ""
    inside = [own_words(child) + (child.tail or "") for child in element]
    return " ".join([element.text or "", *inside])


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.django_db
def test_every_abbreviation_is_explained_on_its_page(client, address):
    main = tree(client.get(address).content.decode()).find(".//main")
    explained = {
        text(place).upper()
        for place in [*main.iter("summary"), *main.iter("dt")]
        if place.get("id", "").startswith("mot-") or place.tag == "summary"
    }
    # What editors wrote of a préfecture's own services stands in its envelope.
    used = set(ABBREVIATION.findall(own_words(main))) - NAMES
    assert used - explained == set()


def test_the_words_of_the_law_and_of_the_counter_are_explained_where_they_are_read(client, db):
    page = tree(client.get("/departements/09-ariege/").content.decode())
    folded = {each.get("id"): text(each) for each in page.iter("details")}
    assert "La Poste remet contre une signature" in folded["mot-recommande"]
    assert "R. 432-2" not in folded["mot-recommande"]


def test_a_word_that_explains_is_explained_too(client, db):
    page = tree(client.get("/departements/34-herault/").content.decode())
    ids = {each.get("id") for each in page.iter("details")}
    # Only the article of law of a general text, or of a word, says "Ceseda".
    assert "mot-ceseda" in ids


def test_a_page_explains_no_word_that_it_does_not_hold(client, db):
    page = tree(client.get("/departements/09-ariege/").content.decode())
    ids = {each.get("id") for each in page.iter("details")}
    assert "mot-anef" not in ids


@pytest.mark.django_db
def test_the_glossary_explains_every_word_in_the_order_of_the_alphabet(client):
    page = tree(client.get("/glossaire/").content.decode())
    terms = [text(term) for term in page.iter("dt")]
    assert terms == [term.term for term in GlossaryTerm.objects.all()]
    assert terms.index("OQTF") < terms.index("Préfecture")
    assert "L. 611-1 du Ceseda" in text(page)
