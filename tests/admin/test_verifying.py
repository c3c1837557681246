import pytest
from django.urls import reverse
from django.utils import timezone

from prefectures.models import Changeset, Procedure, changeset

from ..models.making import draft
from .test_tracked import address, person

pytestmark = pytest.mark.django_db


def verify(client, sheet, version=None):
    url = reverse("admin:prefectures_procedure_verify", args=[sheet.pk])
    seen = sheet.version if version is None else version
    return client.post(url, {"seen_version": seen}, follow=True)


def test_one_click_notes_who_looked_at_which_source_and_when(admin_client, admin_user, beziers):
    response = verify(admin_client, beziers)
    (noted,) = beziers.verifications.all()
    assert (noted.verified_by, noted.verified_on) == (admin_user, timezone.localdate())
    assert noted.source_url == beziers.links.filter(kind="source").exclude(url="").first().url
    assert noted.has_changed is False
    assert "C’est noté" in response.page.text


def test_it_is_a_changeset_of_its_own(admin_client, admin_user, beziers):
    verify(admin_client, beziers)
    last = Changeset.objects.first()
    assert (last.author, last.reason) == (admin_user, "Vérifié : rien n’a changé")


def test_the_age_of_the_sheet_follows(admin_client, beziers):
    verify(admin_client, beziers)
    assert Procedure.objects.with_age().get(pk=beziers.pk).is_stale is False


def test_a_second_click_on_the_same_day_adds_nothing(admin_client, beziers):
    verify(admin_client, beziers)
    beziers.refresh_from_db()
    response = verify(admin_client, beziers)
    assert beziers.verifications.count() == 1
    assert "déjà vérifiée aujourd’hui" in response.page.text


@pytest.mark.parametrize("version", [0, 2, "", "x"])
def test_who_saw_another_version_is_refused_and_told_why(admin_client, beziers, version):
    with changeset("Nouvelle adresse"):
        beziers.headline = "Autre"
        beziers.save()
    beziers.refresh_from_db()
    response = verify(admin_client, beziers, 1 if version == 2 else version)
    assert not beziers.verifications.exists()
    assert "« Nouvelle adresse »" in response.page.text


def test_who_may_only_look_cannot_verify(beziers):
    client = person("view_procedure")
    assert verify(client, beziers).status_code == 403
    shown = client.get(address(Procedure, "change", beziers.pk))
    assert "J’ai vérifié" not in shown.page.text


def test_looking_at_its_address_notes_nothing(admin_client, beziers):
    url = reverse("admin:prefectures_procedure_verify", args=[beziers.pk])
    assert admin_client.get(url).status_code == 302
    assert not beziers.verifications.exists()


def test_a_sheet_without_source_is_verified_all_the_same(admin_client):
    sheet = draft()
    sheet.refresh_from_db()
    verify(admin_client, sheet)
    assert sheet.verifications.get().source_url == ""


def test_a_sheet_that_is_not_there_is_not_found(admin_client):
    url = reverse("admin:prefectures_procedure_verify", args=[10**6])
    assert admin_client.post(url).status_code == 404
