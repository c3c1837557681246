"""The list of sheets finds by its kept texts what one would find by reading them all."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prefectures.admin.finding import FoundByWords
from prefectures.models import Procedure, Quotation, SearchedText, changeset

from ..models.making import draft, edited, office, written
from .test_tracked import address

pytestmark = pytest.mark.django_db
LIST = address(Procedure, "changelist")


def found(client, typed):
    return {str(sheet) for sheet in client.get(LIST, {"q": typed}).context["cl"].result_list}


@pytest.fixture
def screen(admin_client):
    return admin_client.get(LIST).context["cl"].model_admin


def test_a_changed_text_is_found_at_once_and_the_old_one_no_more(admin_client):
    sheet = draft()
    words = written(Quotation, procedure=sheet, text="<p>Kangourou</p>")
    assert found(admin_client, "kangourou") == {str(sheet)}
    edited(words, text="<p>Ornithorynque</p>")
    assert found(admin_client, "kangourou") == set()
    assert found(admin_client, "ornithorynque") == {str(sheet)}


def test_a_deleted_sheet_is_found_no_more(admin_client):
    sheet = draft(headline="Kangourou")
    found(admin_client, "kangourou")
    with changeset("Pour le test"):
        sheet.delete()
    assert found(admin_client, "kangourou") == set()


def test_an_office_and_a_departement_are_found_by_the_names_they_have_now(admin_client):
    sheet = draft("Une fiche", departement="09")
    with changeset("Pour le test"):
        sheet.offices.add(office())
    assert str(sheet) in found(admin_client, "une fiche foix")
    edited(office(), printed_name="Maison des Kangourous", city="Pamiers")
    assert found(admin_client, "fiche kangourous pamiers ariege") == {str(sheet)}


@pytest.mark.parametrize(
    "typed",
    [
        "34",
        "Hérault",
        "lodeve",
        "montpellier 34",
        "foix ariege",
        "poste",
        "de la",
        "09 foix",
        "%",
        "sous prefecture",
        "2a",
        "timbres fiscaux",
        "œuvre",
        "st",
        "_",
        "'",
        "p> <",
        "rendez-vous",
    ],
)
def test_it_finds_what_is_found_by_reading_everything(screen, typed):
    draft("Corse", departement="2A", headline="Œuvre à la sous-préfecture")
    sheets = Procedure.objects.with_age()
    read, _ = FoundByWords.get_search_results(screen, None, sheets, typed)
    kept, _ = screen.get_search_results(None, sheets, typed)
    assert set(kept) == set(read)


def test_another_edition_of_the_site_makes_the_texts_anew(admin_client, monkeypatch):
    sheet = draft(headline="Kangourou")
    found(admin_client, "kangourou")
    monkeypatch.setattr("prefectures.admin.procedure.searching.digest_of_code", lambda *_: "new")
    monkeypatch.setattr(
        "prefectures.admin.procedure.searching.searched", lambda item, paths: "autruche"
    )
    assert str(sheet) in found(admin_client, "autruche")


def test_no_text_is_read_again_where_nothing_changed(admin_client):
    draft()
    found(admin_client, "poste")
    kept = set(SearchedText.objects.values_list("procedure", "version"))
    with CaptureQueriesContext(connection) as queries:
        found(admin_client, "poste")
    assert [query for query in queries if "INSERT" in query["sql"]] == []
    assert set(Procedure.objects.values_list("pk", "version")) == kept
