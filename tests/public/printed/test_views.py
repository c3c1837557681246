"""The brochures as they are asked for, linked and kept."""

import json

import pytest
from django.test import override_settings

from prefectures.brochure import typesetting
from prefectures.brochure.typesetting import NotSetError
from prefectures.importexport.sheet_file import load_sheets
from prefectures.models import Prefecture, Procedure

from ...brochure.reading import Marks, words_of
from ...hostile.payloads import PAYLOADS
from ...hostile.texts import sheet_of as hostile_sheet

REGION, DEPARTEMENT = "/regions/occitanie.pdf", "/departements/34-herault.pdf"
pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tmp_path):
    """Return a function that loads sheets, as a file of sheets has them."""

    def load(*sheets):
        path = tmp_path / "fiches.json"
        path.write_text(json.dumps({"title": "x", "reason": "x", "sheets": sheets}))
        load_sheets(path)

    return load


@pytest.mark.parametrize("address", [REGION, DEPARTEMENT])
def test_a_brochure_is_a_pdf_under_its_own_name(client, address):
    response = client.get(address)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].endswith(f'{address.rpartition("/")[2]}"')
    assert response["Referrer-Policy"] == "no-referrer"
    marks = Marks(response.content)
    assert (marks.ua_part, marks.language, marks.is_tagged) == ("1", "fr", True)


def test_the_title_says_what_it_is_and_of_where(client):
    assert Marks(client.get(DEPARTEMENT).content).title == (
        "Modalités de dépôt d’une demande d’admission exceptionnelle au séjour. "
        "Département de l'Hérault (34)"
    )


def test_bookmarks_lead_to_each_departement_and_to_each_sheet(client):
    marks = Marks(client.get(REGION).content).bookmarks
    assert marks[:2] == [(0, "Département de l'Ariège (09)"), (1, "Préfecture de Foix")]
    assert (1, "Sous-préfecture de Béziers") in marks
    assert len([words for depth, words in marks if depth == 1]) == 14


@override_settings(PUBLIC_ADDRESS="https://guide.example.org")
def test_every_page_says_its_day_and_where_the_version_of_the_day_is(client, tmp_path):
    words = words_of(client.get(DEPARTEMENT).content, tmp_path)
    for page in words.split("\f")[:-1]:
        assert "La version du jour : https://guide.example.org/departements/34-herault.pdf" in page


@override_settings(PUBLIC_ADDRESS="https://guide.example.org")
def test_each_sheet_has_a_code_that_a_phone_reads_told_in_words(client):
    assert Marks(client.get(DEPARTEMENT).content).alternatives == [
        "Code à lire avec un téléphone\u00a0: https://guide.example.org/departements/34-herault.pdf",
        *(
            "Code à lire avec un téléphone\u00a0: "
            f"https://guide.example.org/departements/34-herault/{sheet.slug}/"
            for sheet in Procedure.objects.filter(departement="34").order_by("position", "pk")
        ),
    ]


def test_addresses_of_sheets_can_be_followed(client):
    found = Marks(client.get(DEPARTEMENT).content).addresses
    assert "https://www.herault.gouv.fr/booking/create/15259" in found
    assert "mailto:pref-esi@herault.gouv.fr" in found


@pytest.mark.parametrize(
    "address", ["/regions/atlantide.pdf", "/departements/00-nulle-part.pdf", "/regions/.pdf"]
)
def test_a_place_that_there_is_none_of_is_told_so(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert response.page.text


def test_a_departement_is_found_by_its_code_alone(client):
    response = client.get("/departements/34.pdf")
    assert (response.status_code, response["Location"]) == (301, DEPARTEMENT)


def test_a_region_without_sheets_says_what_one_can_do_meanwhile(client, tmp_path):
    words = words_of(client.get("/regions/bretagne.pdf").content, tmp_path)
    assert "nous ne savons pas encore comment faire" in words
    assert words.count("pas encore de fiche") == 4


def test_drafts_are_not_printed(client, publish, tmp_path):
    publish("Un brouillon", departement="34", title="Fiche secrète", publication="draft")
    assert "secrète" not in words_of(client.get(DEPARTEMENT).content, tmp_path)


def test_a_brochure_asks_the_database_as_much_for_many_sheets_as_for_one(
    client, django_assert_num_queries
):
    with django_assert_num_queries(3):
        client.get(REGION)
    with django_assert_num_queries(2):
        client.get(DEPARTEMENT)


def test_the_offices_of_a_departement_are_told_apart_from_where_one_files(
    client, tmp_path, publish
):
    publish()
    words = words_of(client.get("/departements/69-rhone.pdf").content, tmp_path)
    assert "Ces adresses servent à contacter l’État, pas à déposer." in words
    assert Prefecture.objects.get(departement="69", kind="prefecture").name in words


# --- Whatever people wrote ---------------------------------------------------------------------


def test_texts_that_would_run_something_are_printed_as_they_are(client, load, tmp_path):
    load(*(hostile_sheet(text, number) for number, text in enumerate(PAYLOADS[:12], start=1)))
    response = client.get("/departements/34-herault.pdf")
    assert response.status_code == 200
    assert Marks(response.content).ua_part == "1"


def test_a_text_that_is_too_long_to_print_is_told_in_a_sentence(client, load):
    endless = f"<ul>{'<li>a</li>' * 9000}</ul>"
    load(*(hostile_sheet("x", number) | {"conditions": endless} for number in range(1, 4)))
    response = client.get(DEPARTEMENT)
    assert response.status_code == 404
    assert "Imprimez plutôt les pages des fiches" in response.page.text


def test_a_document_that_cannot_be_set_is_told_in_a_sentence(client, monkeypatch, caplog):
    def refuse(booklet):
        raise NotSetError("PDF/UA-1 error: quelque chose")

    monkeypatch.setattr("prefectures.public.printed.views.typeset", refuse)
    response = client.get(DEPARTEMENT)
    assert response.status_code == 503
    assert "Imprimez plutôt les pages des fiches" in response.page.text
    assert "PDF/UA-1 error: quelque chose" in caplog.text


def test_who_comes_when_many_wait_is_told_to_come_back_and_the_next_is_served(client):
    places = [typesetting._places.acquire(blocking=False) for _ in range(typesetting.AT_ONCE)]
    assert all(places)
    response = client.get(DEPARTEMENT)
    assert response.status_code == 503
    assert "Attendez une minute, puis rechargez cette page." in response.page.text
    for _ in places:
        typesetting._places.release()
    assert client.get(DEPARTEMENT).status_code == 200


def test_what_does_not_end_is_ended_and_told_in_a_sentence(client, monkeypatch, caplog):
    monkeypatch.setattr(typesetting, "MOST_SECONDS", 0.001)
    response = client.get(DEPARTEMENT)
    assert response.status_code == 503
    assert "Ce document n’a pas pu être préparé" in response.page.text
    assert "timed out" in caplog.text
    monkeypatch.undo()
    assert client.get(DEPARTEMENT).status_code == 200


# --- Linked ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "brochure"),
    [("/regions/occitanie/", REGION), ("/departements/34-herault/", DEPARTEMENT)],
)
def test_the_page_leads_to_its_brochure(client, page, brochure):
    assert brochure in client.get(page).page.links
    assert brochure in client.get(f"/ar{page}").page.links
