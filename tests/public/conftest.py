"""What the tests of the public pages share."""

from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from prefectures.models import (
    Arrondissement,
    Commune,
    Departement,
    Ground,
    Prefecture,
    Procedure,
    changeset,
)

from ..page import read_public_page
from .reading import text, tree


class Reader(Client):
    """Somebody who reads the site: every page must be whole, whatever its status."""

    def request(self, **request):
        response = super().request(**request)
        if response.get("Content-Type", "").startswith("text/html") and response.content:
            response.page = read_public_page(response.content.decode())
        return response


@pytest.fixture
def client(db):
    return Reader()


@pytest.fixture
def ask(client):
    """Return a function that searches for ``query``."""
    return lambda query: client.get("/recherche/", {"q": query})


@pytest.fixture
def today(monkeypatch):
    """Return a function that sets the date of today in France."""

    def set_today(day):
        monkeypatch.setattr(timezone, "localdate", lambda *args, **kwargs: day)

    return set_today


@pytest.fixture
def clock(monkeypatch):
    """Return a function that sets the time in France: year, month, day, hour, minute."""

    def set_clock(*moment):
        moment = timezone.make_aware(datetime(*moment))
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_clock


# What a write says of itself, besides its reason.
ABOUT = ("author", "public_reason", "is_minor")


@pytest.fixture
def publish(db):
    """Return a function that publishes a sheet (in Lyon's département, which has none)."""

    def publish(reason="Une fiche pour le test", *, grounds=("tous-motifs",), **fields):
        about = {name: fields.pop(name) for name in ABOUT if name in fields}
        departement = Departement.objects.get(code=fields.pop("departement", "69"))
        wanted = {
            "title": "Préfecture de Lyon",
            "publication": "published",
            "conditions": "<p>Vivre dans le Rhône.</p>",
            **fields,
        }
        with changeset(reason, **about):
            sheet = Procedure.objects.create(departement=departement, **wanted)
            sheet.grounds.set(Ground.objects.filter(slug__in=grounds))
        return sheet

    return publish


@pytest.fixture
def edit(db):
    """Return a function that changes fields of a sheet, as one edit."""

    def edit(sheet, reason="Une modification pour le test", **fields):
        about = {name: fields.pop(name) for name in ABOUT if name in fields}
        with changeset(reason, **about):
            for name, value in fields.items():
                setattr(sheet, name, value)
            sheet.save()
        return sheet

    return edit


@pytest.fixture
def delete(db):
    """Return a function that deletes a sheet."""

    def delete(sheet):
        with changeset("Une suppression pour le test"):
            sheet.delete()

    return delete


@pytest.fixture
def add(db):
    """Return a function that adds a step, contact, link or verification to a sheet."""

    def add(model, sheet, **fields):
        with changeset("Un ajout pour le test"):
            return model.objects.create(procedure=sheet, **fields)

    return add


@pytest.fixture
def three_versions(clock, publish, edit):
    """A sheet that is published on one day and changed twice on another."""
    clock(2026, 2, 1, 9, 30)
    sheet = publish(conditions="<p>Première version.</p>")
    clock(2026, 3, 3, 10, 12)
    edit(sheet, conditions="<p>Deuxième version.</p>")
    clock(2026, 3, 3, 17, 40)
    edit(sheet, conditions="<p>Troisième version.</p>")
    clock(2026, 4, 1, 8, 0)
    return sheet


@pytest.fixture
def main(client):
    """Return a function that gives what the page at an address holds itself, as a tree."""
    return lambda address: tree(client.get(address).content.decode()).find(".//main")


@pytest.fixture
def read(main):
    """Return a function that gives what is to be read on a page."""
    return lambda address: text(main(address)).replace("\u00a0", " ")


@pytest.fixture
def place():
    """Return a function that says where a sheet holds: lists of codes; offices by their slugs."""

    def place(sheet, *, offices=(), not_receiving=(), **territory):
        with changeset("Un territoire pour le test"):
            for name, codes in territory.items():
                model = Arrondissement if name == "arrondissements" else Commune
                getattr(sheet, name).set(model.objects.filter(code__in=codes))
            sheet.offices.set(Prefecture.objects.filter(slug__in=offices))
            sheet.offices_not_receiving.set(Prefecture.objects.filter(slug__in=not_receiving))
        return sheet

    return place
