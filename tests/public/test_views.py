"""Every public address: what it answers, to whom it speaks, what it tells nobody."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils.timezone import localdate

from prefectures.languages import language_of
from prefectures.models import Departement, Procedure, Region
from prefectures.public import views

from ..page import read_public_page
from .reading import text, tree

BEZIERS = "/departements/34-herault/sous-prefecture-de-beziers/"
# One address of each kind.
ADDRESSES = [
    "/",
    "/recherche/",
    "/recherche/?q=lodevve",
    "/recherche/?q=introuvable",
    "/regions/occitanie/",
    "/departements/34-herault/",
    "/departements/2a-corse-du-sud/",
    "/departements/975-saint-pierre-et-miquelon/",
    BEZIERS,
    f"{BEZIERS}historique/",
    f"{BEZIERS}au/{localdate()}/",
    "/changements/",
    "/regions/occitanie/changements/",
    "/departements/34-herault/changements/",
    "/departements/34-herault/changements/?genre=new",
    "/se-faire-aider/",
    "/se-faire-aider/34-herault/",
    "/glossaire/",
    "/a-propos/",
    "/accessibilite/",
    "/confidentialite/",
    "/mentions-legales/",
]
COMMUNE = re.compile(r"(?:/[a-z]{2})?/communes/[0-9][0-9ab][0-9]{3}-[^/]+/")
LIST_OF_COMMUNES = re.compile(r"(?:/[a-z]{2})?/communes/[0-9ab]{2,3}-[^/]+/[^/]+/")
NAMING = ("alternate", "canonical")
UNKNOWN = [
    f"{BEZIERS}au/2000-01-01/document.json/",
    "/departements/34-herault/nulle-part/historique/",
    "/departements/99-nulle-part/changements/",
    "/regions/nulle-part/changements/",
    "/regions/nulle-part/changements.atom",
    "/regions/nulle-part/",
    "/departements/99-nulle-part/",
    "/departements/herault/",
    "/departements/34-herault/nulle-part/",
    "/departements/99-nulle-part/sous-prefecture-de-beziers/",
    "/departements/30-gard/sous-prefecture-de-beziers/",
    "/departements/34-h%C3%A9rault/",
    "/se-faire-aider/99-nulle-part/",
    "/nulle-part/",
]

each_address = pytest.mark.parametrize("address", ADDRESSES)
each_unknown = pytest.mark.parametrize("address", UNKNOWN)


def test_every_region_departement_and_sheet_answers(client):
    places = [*Region.objects.all(), *Departement.objects.all(), *Procedure.objects.published()]
    addresses = [place.get_absolute_url() for place in places]
    assert len(addresses) > 100
    assert [address for address in addresses if client.get(address).status_code != 200] == []


def test_every_link_of_the_site_to_itself_leads_somewhere(client):
    seen, waiting = set(), ["/"]
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        response = client.get(address)
        assert response.status_code == 200, address
        if response["Content-Type"].startswith("text/html"):
            links = [link for link in response.page.links if link.startswith("/")]
            # For the time it takes, one language after French, and one commune of each list:
            # addresses are made alike in all.
            if LIST_OF_COMMUNES.fullmatch(address):
                communes = [link for link in links if COMMUNE.fullmatch(link)]
                links = [link for link in links if link not in communes[1:]]
            waiting += [link for link in links if language_of(link) in ("fr", "ar")]
    assert len(seen) > 200


@each_address
def test_a_public_page_is_whole_and_french(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert response.page.attributes["lang"] == "fr"


@each_address
def test_a_public_page_has_a_title_and_a_description(client, address):
    page = tree(client.get(address).content.decode())
    assert text(page.find(".//title")).endswith(" – Gisti")
    assert len(page.find(".//meta[@name='description']").get("content")) > 20


@pytest.mark.parametrize("address", ADDRESSES + UNKNOWN)
def test_every_page_has_one_search(client, address):
    page = tree(client.get(address).content.decode())
    assert len(page.findall(".//form[@role='search']")) == 1


@each_address
def test_a_public_page_sets_no_cookie(client, address):
    assert not client.get(address).cookies


def scripts(page):
    """Return what a browser runs: what a page says to programs (JSON-LD) is data to it."""
    return [each for each in page.iter("script") if each.get("type") != "application/ld+json"]


@pytest.mark.parametrize("address", ADDRESSES + UNKNOWN)
def test_a_public_page_asks_no_other_site_for_anything(client, address):
    page = tree(client.get(address).content.decode())
    # These ask for nothing: they name the page itself, in another language too, or its feed.
    links = [element for element in page.iter("link") if element.get("rel") not in NAMING]
    wanted = [element.get("href") for element in links]
    wanted += [script.get("src") for script in scripts(page)]
    for tag in ("img", "iframe", "source", "video", "audio", "object", "embed"):
        wanted += [element.get("src") or element.get("data") for element in page.iter(tag)]
    assert wanted
    assert [
        address
        for address in wanted
        if not address.startswith("data:")
        and (not address.startswith("/") or address.startswith("//"))
    ] == []


@pytest.mark.parametrize("address", ADDRESSES + UNKNOWN)
def test_a_public_page_holds_the_one_style_that_its_policy_names(client, address):
    """So that browsers show it without asking for anything more."""
    response = client.get(address)
    [style] = re.findall("<style>(.*?)</style>", response.content.decode(), re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in response["Content-Security-Policy"]
    assert style.startswith("/* Read first on an old phone")


@pytest.mark.parametrize("address", ADDRESSES + UNKNOWN)
def test_a_public_page_has_no_script_inside(client, address):
    """Style attributes and on… handlers are refused by ``read_page`` already."""
    page = tree(client.get(address).content.decode())
    assert [script for script in scripts(page) if not script.get("src")] == []


@pytest.mark.parametrize("address", ADDRESSES + UNKNOWN)
def test_links_of_a_public_page_tell_nobody_where_the_reader_comes_from(client, address):
    response = client.get(address)
    page = tree(response.content.decode())
    assert response["Referrer-Policy"] == "no-referrer"
    assert page.find(".//meta[@name='referrer']").get("content") == "no-referrer"


@pytest.mark.parametrize("address", ADDRESSES + UNKNOWN)
def test_links_to_other_sites_say_so_themselves(client, address):
    """For browsers too old to know the header."""
    links = tree(client.get(address).content.decode()).iter("a")
    away = [link for link in links if link.get("href").lower().startswith("http")]
    assert [link.get("href") for link in away if link.get("rel") != "noreferrer"] == []


@each_address
def test_the_policy_of_a_public_page_allows_nothing_else_inline(client, address):
    policy = client.get(address)["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy


@each_address
def test_a_public_page_is_asked_for_anew_each_time(client, address):
    """What was searched stands in the address: that of a search is not even kept."""
    wanted = "no-store" if address.startswith("/recherche/") else "no-cache"
    assert client.get(address)["Cache-Control"] == wanted


@each_address
def test_a_public_page_refuses_to_be_written_to(client, address):
    assert client.post(address).status_code == 405


@each_address
def test_a_public_page_answers_to_head(client, address):
    assert client.head(address).status_code == 200


# --- Addresses that are not quite right -------------------------------------------------------


@each_unknown
def test_an_unknown_address_is_404_and_offers_the_search(client, address):
    response = client.get(address)
    page = tree(response.content.decode())
    assert response.status_code == 404
    assert page.find(".//form[@action='/recherche/']//input[@name='q']") is not None
    assert page.find(".//meta[@name='robots']").get("content") == "noindex"


@each_unknown
def test_an_unknown_address_says_so_in_french_and_not_how_the_site_is_made(client, address):
    page = client.get(address).page
    assert "Cette page n’existe pas" in page.text
    assert "django" not in page.text.lower()


@pytest.mark.parametrize(
    ("asked", "right"),
    [
        ("/departements/34/", "/departements/34-herault/"),
        ("/departements/34-nimporte/", "/departements/34-herault/"),
        ("/departements/2A/", "/departements/2a-corse-du-sud/"),
        ("/departements/2a/", "/departements/2a-corse-du-sud/"),
        ("/departements/2A-Corse-du-Sud/", "/departements/2a-corse-du-sud/"),
        ("/departements/34-herault", "/departements/34-herault/"),
        ("/regions/occitanie", "/regions/occitanie/"),
        (
            "/departements/34/sous-prefecture-de-beziers/",
            "/departements/34-herault/sous-prefecture-de-beziers/",
        ),
        (
            "/departements/34-nimporte/sous-prefecture-de-beziers/",
            "/departements/34-herault/sous-prefecture-de-beziers/",
        ),
    ],
)
def test_an_address_that_can_be_guessed_leads_to_the_right_one_for_ever(client, asked, right):
    response = client.get(asked)
    assert (response.status_code, response["Location"]) == (301, right)


# --- When something breaks --------------------------------------------------------------------


def test_the_page_of_an_error_needs_nothing_from_the_site():
    page = read_public_page(render_to_string("500.html"))
    assert "Ce n’est pas de votre faute" in page.text
    assert "/" in page.links


def test_a_reader_sees_the_page_of_an_error_when_a_view_fails(client, monkeypatch):
    def fail():
        raise ImproperlyConfigured("un secret de la base")

    monkeypatch.setattr(views, "latest_changes", fail)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert "Le site a fait une erreur" in response.page.text
    assert "secret" not in response.content.decode()


def test_a_request_that_makes_no_sense_gets_a_page_in_french(client):
    response = client.get("/", HTTP_HOST="pas un hôte".encode().decode("latin-1"))
    assert response.status_code == 400
    assert "Le site n’a pas compris cette demande" in response.page.text


def test_a_variable_that_does_not_exist_fails_a_test():
    with pytest.raises(AssertionError, match="adresse_mal_ecrite"):
        Template("{{ adresse_mal_ecrite }}").render(Context())


def test_a_field_that_does_not_exist_fails_a_test(beziers):
    with pytest.raises(AssertionError, match=r"procedure\.headlin"):
        Template("{{ procedure.headlin }}").render(Context({"procedure": beziers}))
