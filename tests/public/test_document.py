"""Every word of GISTI's document is on the site, the préfecture's own in their order."""

from collections import Counter
from copy import deepcopy

import pytest

from prefectures.models import Procedure

from .document import letters, read_document, words
from .reading import faults, follows_in_order, hrefs, text, tree

DOCUMENT = read_document()
SECTIONS = {section.title: section for section in DOCUMENT.sections}

each_section = pytest.mark.parametrize("title", SECTIONS)


def sheet_of(section):
    return Procedure.objects.get(departement=section.departement, title=section.title)


def whole_sheet(client, section):
    """Return the sheet as its own page shows it."""
    response = client.get(sheet_of(section).get_absolute_url())
    return tree(response.content.decode()).find(".//article")


def sheet_in_departement(client, section):
    """Return the sheet as the page of its département shows it."""
    sheet = sheet_of(section)
    response = client.get(sheet.departement.get_absolute_url())
    return tree(response.content.decode()).find(f".//article[@id='fiche-{sheet.slug}']")


def test_the_document_has_fourteen_sections_in_thirteen_departements():
    assert len(DOCUMENT.sections) == 14
    assert len({section.departement for section in DOCUMENT.sections}) == 13


def test_each_section_has_a_quotation_a_date_and_an_address():
    for section in DOCUMENT.sections:
        assert section.quotation.strip()
        assert words("Dernière mise à jour : 22/02/2023") in section.own_sentences
        assert section.addresses


def test_the_reading_of_the_document_lets_no_word_fall():
    read = Counter()
    for section in DOCUMENT.sections:
        read.update(words(section.introduction))
        read.update(section.words)
    addresses = {address for section in DOCUMENT.sections for address in section.addresses}
    fallen = Counter(words(DOCUMENT.whole)) - read
    assert [word for word in fallen if word not in addresses] == []


@each_section
def test_every_word_of_the_section_is_on_the_page_of_its_sheet(client, title):
    assert faults(SECTIONS[title], whole_sheet(client, SECTIONS[title])) == []


@each_section
def test_every_word_of_the_section_is_on_the_page_of_its_departement(client, title):
    assert faults(SECTIONS[title], sheet_in_departement(client, SECTIONS[title])) == []


@each_section
def test_the_offices_of_the_page_header_are_on_the_page_of_the_departement(client, title):
    section = SECTIONS[title]
    response = client.get(sheet_of(section).departement.get_absolute_url())
    offices = text(tree(response.content.decode()).find(".//section[@class='offices']"))
    for office in section.offices:
        # "Le Vigan" is "Sous-préfecture du Vigan".
        assert office.split()[-1] in offices


# --- The cover --------------------------------------------------------------------------------


@pytest.fixture
def region_page(client):
    return tree(client.get("/regions/occitanie/").content.decode())


def test_every_word_of_the_cover_is_on_the_page_of_the_region(region_page):
    assert Counter(words(DOCUMENT.cover)) - Counter(words(text(region_page))) == Counter()


def test_every_line_of_the_cover_is_whole_on_the_page_of_the_region(region_page):
    found = words(text(region_page))
    lines = [words(line) for line in DOCUMENT.cover.splitlines()]
    assert [line for line in lines if not follows_in_order(line, found)] == []


def test_the_departements_of_the_region_are_links_in_the_order_of_the_cover(region_page):
    on_cover = [line for line in DOCUMENT.cover.splitlines() if line.startswith("Département")]
    links = [text(link) for link in region_page.iter("a") if "Département" in text(link)]
    assert len(on_cover) == 13
    assert [letters(link) for link in links] == [letters(line) for line in on_cover]


def test_each_departement_of_the_cover_leads_to_a_page_that_is_there(client, region_page):
    addresses = [href for href in hrefs(region_page) if href.startswith("/departements/")]
    assert [client.get(address).status_code for address in addresses] == [200] * 13


# --- The comparison itself --------------------------------------------------------------------


@pytest.fixture
def foix_page(client):
    """The page of Foix as text, to spoil."""
    section = SECTIONS["Préfecture de Foix"]
    return client.get(sheet_of(section).get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("par voie postale", "par postale", id="a word of GISTI missing"),
        pytest.param("22/02/2023", "22/02/2024", id="another date"),
        pytest.param("Le formulaire est téléchargeable ici", "Ici", id="a link without its words"),
        pytest.param("Puis, envoyez-le", "Envoyez-le", id="a quoted word missing"),
        pytest.param("sur ce site ou en", "en ou sur ce site", id="quoted words in another order"),
        pytest.param("Constituer votre", "Constituer bien votre", id="a word put in a quotation"),
        pytest.param("entrée en France", "entré en France", id="a quoted mistake put right"),
        pytest.param("09000 FOIX", "09000 Foix", id="another case"),
        pytest.param("https://www.ariège.gouv.fr/contenu", "https://www.ariege.gouv.fr/contenu",
                     id="an address without its accent"),
        pytest.param("0_AES_liste", "0-AES-liste", id="an address with another sign"),
    ],
)  # fmt: skip
def test_a_page_spoilt_by_hand_is_noticed(foix_page, before, after):
    section = SECTIONS["Préfecture de Foix"]
    assert faults(section, tree(foix_page).find(".//article")) == []
    spoilt = foix_page.replace(before, after)
    assert spoilt != foix_page
    assert faults(section, tree(spoilt).find(".//article")) != []


@each_section
def test_a_page_whose_quotation_lost_one_word_is_noticed(client, title):
    page = whole_sheet(client, SECTIONS[title])
    unnoticed = [
        word
        for word in with_one_word_removed(page.find(".//blockquote"))
        if not faults(SECTIONS[title], page)
    ]
    assert unnoticed == []


def with_one_word_removed(element):
    """Take each word off ``element`` in turn; yield it, and put it back."""
    for node in element.iter():
        for place in ("text", "tail"):
            if node is element and place == "tail":
                continue
            whole = getattr(node, place) or ""
            pieces = whole.split()
            for index, word in enumerate(pieces):
                setattr(node, place, " ".join(pieces[:index] + pieces[index + 1 :]))
                yield word
            setattr(node, place, whole)


@each_section
def test_a_page_that_lost_a_word_of_gisti_is_noticed(client, title):
    page = whole_sheet(client, SECTIONS[title])
    for sentence in SECTIONS[title].own_sentences:
        for word in sentence:
            spoilt = tree_without(page, word)
            assert faults(SECTIONS[title], spoilt), word


def tree_without(element, word):
    """Return a copy of ``element`` without ``word``, but for the quotation."""
    copy = deepcopy(element)
    quoted = set(copy.find(".//blockquote").iter())
    for node in copy.iter():
        for place in ("text", "tail"):
            if node not in quoted:
                kept = [w for w in (getattr(node, place) or "").split() if words(w) != [word]]
                setattr(node, place, f" {' '.join(kept)} ")
    return copy
