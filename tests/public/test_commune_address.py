"""The address of the page of a commune: its INSEE code and its name; what leads to it."""

import pytest

from prefectures.models import Commune, FormerCommune

from .reading import hrefs, tree

pytestmark = pytest.mark.django_db

LODEVE = "/communes/34142-lodeve/"


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("34142", "34142-lodeve"),
        ("34142-", "34142-lodeve"),
        ("34142-autre", "34142-lodeve"),
        ("34142-Lodeve", "34142-lodeve"),
        ("2A004-ajaccio", "2a004-ajaccio"),
        ("2a004", "2a004-ajaccio"),
        ("2A004", "2a004-ajaccio"),
    ],
)
def test_another_name_leads_to_the_right_one(client, asked, leads_to):
    response = client.get(f"/communes/{asked}/")
    assert (response.status_code, response.headers["Location"]) == (301, f"/communes/{leads_to}/")


@pytest.mark.parametrize(
    "asked",
    ["3414", "341420", "lodeve", "99999-nulle-part", "2c004", "0", "-", "_", "34700-lodeve",
     "34142_lodeve", "9" * 300],
)  # fmt: skip
def test_what_is_no_commune_is_not_found(client, asked):
    assert client.get(f"/communes/{asked}/").status_code == 404


def test_a_commune_that_is_no_more_leads_to_the_one_that_took_it_in(client):
    FormerCommune.objects.bulk_create(
        [
            FormerCommune(
                code="34999", status="commune-deleguee", name="Ancienne", commune_id="34142"
            )
        ]
    )
    response = client.get("/communes/34999-ancienne/")
    assert (response.status_code, response.headers["Location"]) == (301, LODEVE)


def test_a_commune_that_is_no_more_is_not_found(client):
    Commune.objects.bulk_update([Commune(code="34142", is_current=False)], ["is_current"])
    assert client.get(LODEVE).status_code == 404


def test_the_title_and_the_description_are_for_who_searches(client):
    page = client.get("/communes/30350-le-vigan/").content.decode()
    assert "Le Vigan (30)\u00a0: admission exceptionnelle au séjour" in page
    assert "une demande d’admission exceptionnelle au séjour au Vigan (Gard, 30120)." in page


def test_the_trail_leads_back_to_the_region(client):
    page = tree(client.get(LODEVE).content.decode())
    assert hrefs(page.find(".//nav[@class='trail']")) == [
        "/",
        "/regions/occitanie/",
        "/departements/34-herault/",
    ]
