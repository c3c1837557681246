"""A page that is made to be kept is made without what looks for who asks, and is the same."""

import pytest
from django.conf import settings
from django.test import override_settings

from prefectures.public import views

from ...models.making import edited, published
from .asking import KEPT, ask

# What each way adds for its own: the front says them anew (public/cache/page.py).
OWN = {"ETag", "Content-Length", "Vary"}
ADDRESSES = [
    *KEPT.values(),
    "/regions/atlantide/",
    "/departements/34/",
    "/departements/34-herault/sous-prefecture-de-beziers/",
    "/departements/34-herault/nulle-part/",
    "/ar/departements/34-herault/sous-prefecture-de-beziers/",
    "/en/departements/34/",
    "/es/nulle-part/",
]


def is_the_same(site, address, **environ):
    made, whole = (ask(handler, address, **environ) for handler in (site.making, site.django))
    assert (made.status, made.body) == (whole.status, whole.body)
    assert {name: value for name, value in made.headers.items() if name not in OWN} == {
        name: value for name, value in whole.headers.items() if name not in OWN
    }
    # Of nothing else: not of a cookie, say.
    assert "Vary" not in made.headers
    assert whole.headers.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    return made


@pytest.mark.parametrize("address", ADDRESSES)
def test_both_ways_give_the_same_answer(site, address):
    is_the_same(site, address)


def test_so_they_do_of_a_sheet_that_is_gone(site):
    sheet = published()
    edited(sheet, publication="archived")
    assert is_the_same(site, sheet.get_absolute_url()).status == 410


def test_so_they_do_where_a_page_cannot_be_made(site, monkeypatch):
    def fail(*args):
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(views, "sheet_at", fail)
    assert is_the_same(site, "/departements/46-lot/prefecture-de-cahors/").status == 500


def test_so_they_do_in_clear_and_under_another_name(site):
    with override_settings(SECURE_SSL_REDIRECT=True, ALLOWED_HOSTS=["guide.example"]):
        site.django.load_middleware()
        site.making.load_middleware()
        assert is_the_same(site, "/").status == 301
        https = {"wsgi.url_scheme": "https"}
        assert is_the_same(site, "/", **https).status == 200
        assert is_the_same(site, "/", HTTP_HOST="autre.example", **https).status == 400


def test_what_is_left_out_is_there_otherwise():
    assert set(settings.MIDDLEWARE) > settings.MIDDLEWARE_FOR_WHO_ASKS


def test_no_page_that_is_kept_holds_a_form_to_send(site):
    """It would need a token, which is somebody's."""
    assert all(
        b"csrfmiddlewaretoken" not in ask(site.making, address).body for address in ADDRESSES
    )
