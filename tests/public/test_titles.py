"""What each page meant to be found says of itself, in its title and its description."""

import re
from collections import Counter
from html import unescape

import pytest
from django.conf import settings
from django.test import Client

from prefectures.languages import address_in
from prefectures.models import Region
from prefectures.public.sitemaps import listed as listing
from prefectures.public.sitemaps.listed import every_departement, pages_of, pages_of_site

pytestmark = pytest.mark.django_db

AES = "admission exceptionnelle au séjour"
# Search engines show about as much. Names of places, which take more, stand in addresses too.
LONGEST_TITLE, LONGEST_BESIDE_A_NAME = 65, 55
SHORTEST_DESCRIPTION, LONGEST_DESCRIPTION = 70, 160
# What is said of the site itself.
OF_THE_SITE = ("glossary", "about", "accessibility", "privacy", "legal_notice")
# Without sheets, as most here are: a short name, a long one, and those of no région.
WITHOUT_SHEETS = ("01", "04", "75", "975", "977")

each_language = pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])


def listed():
    """Return the pages meant to be found: of communes, those of the shortest and longest names."""
    departements = every_departement()
    found = pages_of_site(departements)
    for departement in departements:
        pages = pages_of(departement)
        communes = sorted(
            (page for page in pages if page.name == "commune"),
            key=lambda page: len(page.parts[0]),
        )
        if communes or departement.code in WITHOUT_SHEETS:
            found += [page for page in pages if page.name != "commune"]
            found += communes[:1] + communes[1:][-1:]
    return found


def words(found):
    return re.sub(r"\s+", " ", unescape(found)).strip()


def own(title):
    """Return a title without the site's name, and that of the language."""
    return title.rpartition(" – Gisti")[0]


def name_in(page):
    return page.parts[-1] if page.parts else ""


def said_of_place(page):
    """Return the département of the page as titles say it, or what the page is of."""
    code = page.parts[0].split("-")[0].upper()
    return f"({code[:2] if page.name == 'commune' else code})"


@pytest.fixture(scope="module")
def heads(django_db_setup, django_db_blocker):
    """Return (page, title, description) of each page, by language."""
    found = {}
    with django_db_blocker.unblock():
        pages, client = listed(), Client()
        for code, _ in settings.LANGUAGES:
            for page in pages:
                html = client.get(address_in(code, page.address)).content.decode()
                head = html.partition("</head>")[0]
                [title] = re.findall("(?s)<title>(.*?)</title>", head)
                [description] = re.findall('(?s)<meta name="description" content="(.*?)">', head)
                found.setdefault(code, []).append((page, words(title), words(description)))
    return found


@each_language
def test_a_title_is_short_and_says_what_it_is_about(heads, language):
    for page, title, _ in heads[language]:
        most = LONGEST_BESIDE_A_NAME + len(name_in(page)) if page.parts else LONGEST_TITLE
        assert 0 < len(own(title)) <= most, title
        if page.name not in OF_THE_SITE:
            assert AES in title.lower(), title


@each_language
def test_a_description_is_a_sentence_or_two_and_says_what_it_is_about(heads, language):
    for page, _, description in heads[language]:
        most = LONGEST_DESCRIPTION
        if page.name == "procedure":
            most += len(name_in(page))
        assert SHORTEST_DESCRIPTION <= len(description) <= most, description
        assert AES in description.lower(), description


@each_language
def test_what_is_of_a_departement_names_it(heads, language):
    for page, title, description in heads[language]:
        if page.parts and page.name not in listing.OF_A_REGION:
            assert said_of_place(page) in title
            assert page.name == "commune" or said_of_place(page) in description
        elif page.parts:
            name = Region.objects.get(slug=page.parts[0]).name
            assert name in title
            assert name in description


def test_no_two_pages_have_the_same_title_or_description(heads):
    everything = [head for language in heads.values() for head in language]
    for place in (1, 2):
        same = Counter(head[place] for head in everything)
        assert [words for words, count in same.items() if count > 1] == []
