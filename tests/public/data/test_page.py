"""The page of the open data: what there is, what it means, what one may do with it."""

import pytest

from prefectures.importexport.open_data.tables import tables
from prefectures.public.data.files import Files

pytestmark = pytest.mark.django_db


def test_every_file_is_linked_to(client):
    links = client.get("/donnees/").page.links
    assert {f"/donnees/{name}" for name in Files(str).all_names} <= {*links}


def test_every_column_is_explained(client):
    words = client.get("/donnees/").page.text
    for table in tables().values():
        assert [column for column in table.columns if column.meaning not in words] == []


def test_the_footer_leads_there(client):
    assert "/donnees/" in client.get("/").page.links
    assert "/ar/donnees/" in client.get("/ar/").page.links


def test_no_licence_is_claimed_for_the_association_s_texts(client):
    assert "Les textes du Gisti : tous droits réservés." in client.get("/donnees/").page.text
    told = client.get("/donnees/fiches.json").json()
    assert "Tous droits réservés" in told["licence"]
    assert "licence_address" not in told


def test_the_licence_that_the_association_chose_is_told(client, settings):
    settings.TEXTS_LICENCE = "CC BY-SA 4.0"
    assert "Les textes du Gisti : CC BY-SA 4.0." in client.get("/donnees/").page.text
    assert client.get("/donnees/fiches.json").json()["licence"] == "CC BY-SA 4.0"


def test_territory_is_under_the_open_licence(client):
    told = client.get("/donnees/departements.json").json()
    assert told["licence"] == "Licence Ouverte 2.0"
    assert told["licence_address"] in client.get("/donnees/").page.links


def test_quotations_are_said_to_be_their_authors(client):
    said = "Les citations appartiennent à leurs auteurs."
    assert said in client.get("/donnees/").page.text
    assert client.get("/donnees/citations.json").json()["quotations"] == said


def test_before_the_first_sheet_the_page_says_no_day(client, empty_site):
    assert "Dernier changement" not in client.get("/donnees/").page.text
