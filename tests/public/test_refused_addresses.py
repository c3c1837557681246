"""What nobody should ask for gets a sentence: no page that breaks, and none that is empty."""

import re

import pytest
from django.conf import settings
from django.test import Client

from prefectures.languages import address_in

from .cache.asking import ask
from .cache.conftest import site  # noqa: F401
from .reading import text, tree
from .test_public_address import ALL

pytestmark = pytest.mark.django_db

CAHORS = "/departements/46-lot/prefecture-de-cahors/"
METHODS = ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "²"]
UNKNOWN = [
    "/regions/nulle-part/",
    "/regions/nulle-part/changements/",
    "/regions/nulle-part/changements.atom",
    "/departements/99/",
    "/departements/99-nulle-part/changements/",
    "/departements/99-nulle-part/changements.atom",
    "/departements/46-lot/prefecture-de-nulle-part/",
    "/departements/99-nulle-part/prefecture/",
    "/departements/46-lot/prefecture-de-nulle-part/historique/",
    "/departements/46-lot/prefecture-de-nulle-part/au/2026-11-30/",
    "/communes/99999-nulle-part/",
    "/communes/lodeve/",
    "/se-faire-aider/99-nulle-part/",
    "/sitemap-99-nulle-part.xml",
    # Days that are none, or not yet.
    f"{CAHORS}au/hier/",
    f"{CAHORS}au/2026-02-30/",
    f"{CAHORS}au/1999-01-01/",
    f"{CAHORS}au/9999-12-31/",
    f"{CAHORS}historique/?jour=hier",
    "/changements/?jusque=2026-13-01",
    "/changements/?genre=rien",
    "/changements/?v=0",
    # Formats that are none.
    "/regions/occitanie.docx",
    "/departements/34-herault.odt",
    "/changements.rss",
    "/regions/occitanie/changements.json",
    "/carte.xlsx",
    "/sitemap.xml.gz",
    "/sitemap-pages.txt",
    "/robots.xml",
    f"{CAHORS}au/2026-11-30/document.xml",
    # What no address of ours holds.
    "/regions/occi%00tanie/",
    "/communes/34142%00-lodeve/",
    "/departements/%00/",
    "/regions/%ED%A0%80/",
    "/regions/%FF%FE/",
    f"/regions/{'a' * 8000}/",
    f"/{'a/' * 4000}",
    "/regions/..%2F..%2Fetc%2Fpasswd/",
    "/../../etc/passwd",
    "/communes/../admin.py",
    "/regions/<script>/",
    "/.env",
    "/wp-login.php",
]


def sentence(answer_body):
    """Return what a page says, and hold that it is one for readers, and none to be found."""
    page = tree(answer_body)
    assert page.get("lang") in dict(settings.LANGUAGES)
    assert 'name="robots" content="noindex"' in answer_body
    said = text(page.find(".//main"))
    assert re.search(r"\w+ \w+", said)
    return said


@pytest.mark.parametrize("address", UNKNOWN, ids=lambda address: address[:60])
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_what_does_not_exist_is_told_in_a_sentence(client, address, language):
    response = client.get(address_in(language, address))
    assert 400 <= response.status_code < 500
    assert sentence(response.content.decode())
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("address", UNKNOWN, ids=lambda address: address[:60])
def test_what_does_not_exist_is_refused_whatever_is_sent_there(address):
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    for method in METHODS:
        assert 400 <= client.generic(method, address).status_code < 500, method


@pytest.mark.parametrize("address", ALL.values())
@pytest.mark.parametrize("method", METHODS)
def test_a_page_that_is_sent_something_says_that_it_takes_nothing(address, method):
    # As a stranger's browser would: nothing of the site's was read before.
    client = Client(enforce_csrf_checks=True)
    response = client.generic(method, address, "a=b", "application/x-www-form-urlencoded")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert "On peut la lire, pas lui envoyer quelque chose." in sentence(response.content.decode())
    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("address", ["/carte/", "/changements.atom", "/robots.txt"])
def test_what_stands_before_django_refuses_the_same(site, address):  # noqa: F811
    for answer in (site.get(address, "POST"), ask(site.django, address, "POST")):
        assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")
        assert sentence(answer.text)
    assert site.get(address).status == 200


def test_a_page_takes_nothing_in_each_language(client):
    response = client.post("/en/carte/")
    assert "This page takes nothing" in response.content.decode()
