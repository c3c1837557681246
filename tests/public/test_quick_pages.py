"""Public pages, shown quickly, are those that Django's own templates show."""

import pytest
from django.template.base import NodeList

from aes_cms.quick_templates.loader import QuickNodeList
from prefectures.models import Procedure

from .made_up import FILES, load_made_up

ALWAYS = [
    "/",
    "/recherche/?q=lodeve",
    "/recherche/?q=<rien>",
    "/regions/occitanie/",
    "/departements/69-rhone/",
    "/departements/34-herault/",
    "/departements/34-herault/nulle-part/",
    "/se-faire-aider/",
    "/se-faire-aider/34-herault/",
    "/glossaire/",
    "/a-propos/",
    "/accessibilite/",
    "/confidentialite/",
    "/mentions-legales/",
]


@pytest.fixture
def by_django(client, monkeypatch):
    """Return a function that asks for an address, shown by Django alone."""

    def by_django(address):
        with monkeypatch.context() as patch:
            patch.setattr(QuickNodeList, "render", NodeList.render)
            return client.get(address).content

    return by_django


def sheets_and_departements():
    for sheet in Procedure.objects.published().select_related("departement"):
        yield sheet.get_absolute_url()
        yield sheet.departement.get_absolute_url()


@pytest.mark.parametrize("address", ALWAYS)
def test_a_page_is_the_same(client, by_django, address):
    assert client.get(address).content == by_django(address)


def test_the_pages_of_gisti_s_sheets_are_the_same(client, by_django):
    for address in {*sheets_and_departements()}:
        assert client.get(address).content == by_django(address), address


@pytest.mark.parametrize("name", FILES)
def test_the_pages_of_made_up_sheets_are_the_same(client, by_django, name):
    there = {*sheets_and_departements()}
    load_made_up(name)
    for address in {*sheets_and_departements()} - there:
        assert client.get(address).content == by_django(address), address
