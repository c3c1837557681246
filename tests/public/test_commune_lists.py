"""The lists of communes: what the sheets say of each, and nothing more."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prefectures.models import Commune, Procedure, changeset
from prefectures.published import format_1

from .test_queries import MOST, RHONE, publish_sheets

pytestmark = pytest.mark.django_db

# All that a document says.
EVERYTHING = ["departement", *format_1.SHEET, *format_1.ORDER]
HERAULT = "/communes/34-herault/"


def test_the_departements_are_all_there(client):
    page = client.get("/communes/").page
    assert HERAULT in page.links
    assert "/communes/975-saint-pierre-et-miquelon/" in page.links


def test_a_departement_leads_to_each_initial_of_its_communes(client):
    links = client.get(HERAULT).page.links
    assert f"{HERAULT}l/" in links
    assert f"{HERAULT}w/" not in links


def test_a_commune_has_its_codes_its_sheets_and_the_offices_that_receive(client):
    page = client.get(f"{HERAULT}b/").page
    assert "Béziers 34500 Sous-préfecture de Béziers" in page.text
    assert "Guichet qui reçoit, à notre connaissance : Sous-préfecture de Béziers" in page.text
    assert "/departements/34-herault/sous-prefecture-de-beziers/" in page.links
    assert "/communes/34032-beziers/" in page.links


def test_where_no_sheet_holds_it_says_so(client):
    text = client.get("/communes/69-rhone/v/").page.text
    assert "Nous ne connaissons pas encore la procédure" in text
    assert "Guichet qui reçoit" not in text


def test_a_city_whose_parts_have_other_answers_asks_for_the_part(client):
    for number in (1, 2):
        Commune.objects.get_or_create(
            code=f"6938{number}",
            defaults={
                "name": f"Lyon {number}e Arrondissement",
                "search": f"lyon {number}e arrondissement",
                "departement_id": "69",
                "part_of_id": "69123",
            },
        )
    publish_sheets(1, 1)
    sheet = Procedure.objects.get(slug="fiche-1")
    with changeset("Pour une partie de la ville"):
        sheet.communes_included.set(Commune.objects.filter(code="69381"))
    assert "Cela dépend de votre arrondissement." in client.get("/communes/69-rhone/l/").page.text


@pytest.mark.parametrize(
    "address", ["/communes/34-herault/w/", "/communes/34-herault/ab/", "/communes/99-rien/"]
)
def test_an_initial_or_a_departement_that_is_none_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(("asked", "there"), [("34", ""), ("34-autre/l", "l/")])
def test_another_name_leads_to_the_departement(client, asked, there):
    answer = client.get(f"/communes/{asked}/")
    assert answer.status_code == 301
    assert answer["Location"] == f"{HERAULT}{there}"


@pytest.mark.parametrize("address", [f"{HERAULT}b/", f"{HERAULT}l/", "/communes/11-aude/c/"])
def test_what_lists_leave_unread_of_sheets_would_change_nothing(client, monkeypatch, address):
    lodeve, beziers = Procedure.objects.filter(departement="34").order_by("slug")
    with changeset("Des fiches de toutes sortes pour le test"):
        lodeve.communes_included.set(Commune.objects.filter(arrondissement="341")[:20])
        lodeve.valid_until = "2026-01-31"
        lodeve.save()
        beziers.territory_note = "<p>Et quelques communes autour.</p>"
        beziers.communes_excluded.set(Commune.objects.filter(arrondissement="342")[:20])
        beziers.save()
    said = client.get(address).page.text
    monkeypatch.setattr("prefectures.published.communes_of.LISTED", EVERYTHING)
    assert client.get(address).page.text == said


def test_a_list_asks_as_much_for_one_sheet_as_for_many(client):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{RHONE.replace('departements', 'communes')}v/")
        return len(captured)

    publish_sheets(1, 1)
    queries()
    for_one = queries()
    publish_sheets(2, 20)
    assert queries() == for_one
    assert for_one <= MOST
