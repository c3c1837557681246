"""The address of the site, where a page tells it: the one it was given, not the one asked for."""

import pytest

from prefectures.public import urls

from ..brochure.reading import words_of
from .cache.asking import KEPT

PUBLIC = "https://guide.example.org"
CAHORS = "/departements/46-lot/prefecture-de-cahors/"
# An address of each public view.
ALL = KEPT | {
    "health": "/sante/",
    "search": "/recherche/?q=lodevve",
    "suggestions": "/recherche/propositions/?q=lod",
    "history": f"{CAHORS}historique/",
    "as_of": f"{CAHORS}au/2026-11-01/",
    "document_as_of": f"{CAHORS}au/2026-11-01/document.json",
}

pytestmark = pytest.mark.django_db


def test_each_public_view_is_asked_here():
    names = {pattern.name for pattern in [*urls.urlpatterns, *urls.speaking_to_programs]}
    assert ALL.keys() == names


@pytest.mark.parametrize("address", ALL.values())
def test_no_page_tells_the_name_under_which_it_was_asked_for(client, settings, address, tmp_path):
    settings.PUBLIC_ADDRESS = PUBLIC
    answer = client.get(address, HTTP_HOST="autre.example")
    told = answer.content
    if answer["Content-Type"] == "application/pdf":
        told = words_of(told, tmp_path).encode()
    assert "autre.example" not in told.decode()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("procedure", f"{PUBLIC}{CAHORS}"),
        ("departement", f"{PUBLIC}/departements/34-herault/"),
        ("feed", f"{PUBLIC}/changements.atom"),
        ("feed_of_region", f"{PUBLIC}/regions/occitanie/changements/"),
        ("security_txt", f"{PUBLIC}/.well-known/security.txt"),
    ],
)
def test_a_page_tells_the_public_address(client, settings, name, told):
    settings.PUBLIC_ADDRESS = PUBLIC
    assert told in client.get(ALL[name]).content.decode()


@pytest.mark.parametrize("address", ALL.values())
def test_no_public_view_leaves_a_cookie_or_asks_for_one(client, address):
    answer = client.get(address)
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_a_page_may_use_nothing_of_the_device(client):
    permissions = client.get("/")["Permissions-Policy"].split(", ")
    assert {"camera=()", "geolocation=()", "microphone=()", "usb=()"} <= {*permissions}
    assert all(allowed.endswith("=()") for allowed in permissions)


@pytest.mark.parametrize("address", ALL.values())
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_public_view_takes_anything(client, address, method):
    assert getattr(client, method)(address, {"a": "b"}).status_code == 405
