"""« C’est voulu… », beside a contradiction: asked why, listed apart, told again."""

import re

import pytest
from django.urls import reverse

from prefectures.models import Acknowledgement, Changeset, Procedure

from ..models.making import edited
from .forms import deletion
from .test_tracked import address, person

pytestmark = pytest.mark.django_db
REPORT = reverse("admin:prefectures_procedure_contradictions")


@pytest.fixture
def rodez():
    """A sheet with one contradiction."""
    return Procedure.objects.get(slug="prefecture-de-rodez")


def offered(page):
    return [link for link in page.page.links if re.search(r"/contradictions/[0-9a-f]{64}/", link)]


def acknowledge(client, sheet, reason="Deux bureaux"):
    (url,) = offered(client.get(address(Procedure, "change", sheet.pk)))
    return client.post(url, {"reason": reason}, follow=True)


def test_it_is_offered_beside_each_in_the_sheet_and_in_the_report(admin_client, rodez):
    in_sheet = offered(admin_client.get(address(Procedure, "change", rodez.pk)))
    report = offered(admin_client.get(REPORT))
    assert len(in_sheet) == 1
    assert f"{in_sheet[0]}?rapport" in report
    assert len(report) == 9


def test_the_page_shows_the_contradiction_and_asks_why(admin_client, rodez):
    (url,) = offered(admin_client.get(address(Procedure, "change", rodez.pk)))
    page = admin_client.get(url)
    assert "les étapes déposent la demande « sur place »" in page.page.text
    assert REPORT in admin_client.get(f"{url}?rapport").page.links
    again = admin_client.post(url, {"reason": " "})
    assert "Dites en quelques mots pourquoi c’est voulu." in again.page.text
    assert not Acknowledgement.objects.exists()


def test_said_it_is_marked_no_more_in_the_sheet(admin_client, admin_user, rodez):
    page = acknowledge(admin_client, rodez)
    assert "C’est noté : elle ne sera plus signalée" in page.page.text
    assert "Cette fiche se contredit" not in page.page.text
    assert "1 contradiction voulue : « Deux bureaux »" in page.page.text
    said = Acknowledgement.objects.get()
    assert (said.procedure, said.acknowledged_by, said.reason) == (
        rodez,
        admin_user,
        "Deux bureaux",
    )
    last = Changeset.objects.first()
    assert last.author == admin_user
    assert last.reason.endswith("Deux bureaux")


def test_the_report_lists_it_apart_with_who_and_why(admin_client, rodez):
    acknowledge(admin_client, rodez)
    page = admin_client.get(REPORT)
    apart = page.page.text.partition("Voulues")[2]
    assert "Préfecture de Rodez (12)" in apart
    assert "« Deux bureaux » (claire, le " in apart
    assert "Aveyron" not in page.page.text.partition("Voulues")[0]
    assert page.context["sheet_count"] == 7


def test_the_desk_and_the_list_count_it_no_more(admin_client, rodez):
    acknowledge(admin_client, rodez)
    figure = admin_client.get(reverse("admin:index")).context["desk"]["figures"][4]
    found = admin_client.get(address(Procedure, "changelist"), {"contradictions": "avec"})
    assert figure.count == found.context["cl"].result_count == 7
    assert rodez not in found.context["cl"].result_list


def test_it_can_be_told_again(admin_client, rodez):
    acknowledge(admin_client, rodez)
    said = Acknowledgement.objects.get()
    again = reverse("admin:prefectures_procedure_tell_again", args=[rodez.pk, said.fingerprint])
    assert f'action="{again}?rapport"' in admin_client.get(REPORT).content.decode()
    page = admin_client.post(f"{again}?rapport", follow=True)
    assert "elle est signalée à nouveau" in page.page.text
    assert "Voulues" not in page.page.text
    assert Changeset.objects.first().reason == "Contradiction signalée à nouveau"
    assert admin_client.post(again).status_code == 302


def test_what_changed_meanwhile_is_acknowledged_by_nobody(admin_client, rodez):
    (url,) = offered(admin_client.get(address(Procedure, "change", rodez.pk)))
    edited(rodez, headline="La demande se fait par courriel.")
    page = admin_client.post(url, {"reason": "Deux bureaux"}, follow=True)
    assert "n’est plus là" in page.page.text
    assert not Acknowledgement.objects.exists()


def test_the_second_of_two_hears_what_the_first_said(admin_client, rodez):
    (url,) = offered(admin_client.get(address(Procedure, "change", rodez.pk)))
    acknowledge(admin_client, rodez)
    page = admin_client.post(url, {"reason": "Autre chose"}, follow=True)
    assert "Claire l’a déjà dit : « Deux bureaux »" in page.page.text
    assert Acknowledgement.objects.count() == 1


def test_who_may_only_look_is_offered_nothing(admin_client, rodez):
    (url,) = offered(admin_client.get(address(Procedure, "change", rodez.pk)))
    acknowledge(admin_client, rodez)
    client = person("view_procedure")
    for page in (client.get(REPORT), client.get(address(Procedure, "change", rodez.pk))):
        assert offered(page) == []
        assert "Signaler à nouveau" not in page.page.text
    assert client.post(url, {"reason": "x"}).status_code == 403


def test_a_sheet_with_one_is_deleted_as_any_other(rodez, admin_client):
    acknowledge(admin_client, rodez)
    url = address(Procedure, "delete", rodez.pk)
    admin_client.post(url, deletion(admin_client.get(url), "Doublon"))
    assert not Procedure.objects.filter(pk=rodez.pk).exists()
    assert not Acknowledgement.objects.exists()


def test_the_history_of_the_sheet_tells_of_no_change(admin_client, rodez):
    history = address(Procedure, "history", rodez.pk)
    before = len(admin_client.get(history).context["entries"])
    acknowledge(admin_client, rodez)
    assert len(admin_client.get(history).context["entries"]) == before
