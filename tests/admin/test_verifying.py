from datetime import date
from unittest.mock import patch

import pytest
from django.urls import reverse
from django.utils import timezone

from prefectures.models import Changeset, Procedure, Verification, changeset

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


# --- Taking it back ---------------------------------------------------------------------------


def take_back(client, sheet, verification):
    url = reverse("admin:prefectures_procedure_take_back", args=[sheet.pk])
    return client.post(
        url, {"verification": getattr(verification, "pk", verification)}, follow=True
    )


def verified(sheet, day):
    with patch.object(timezone, "localdate", return_value=day), changeset("Ce jour-là"):
        return Verification.objects.create(procedure=sheet, verified_on=day)


def test_a_verification_of_a_day_to_come_is_told_and_can_be_taken_back(admin_client, beziers):
    """The clock of the server was years off: nothing else would make the sheet old again."""
    noted = verified(beziers, date(2099, 5, 3))
    assert Procedure.objects.with_age().get(pk=beziers.pk).is_stale is False
    shown = admin_client.get(address(Procedure, "change", beziers.pk))
    assert "03/05/2099" in shown.page.text
    assert "Ce jour n’est pas encore venu" in shown.page.text
    response = take_back(admin_client, beziers, noted)
    assert "La vérification du 03/05/2099 est retirée" in response.page.text
    assert not beziers.verifications.exists()
    assert Procedure.objects.with_age().get(pk=beziers.pk).is_stale is True


def test_the_history_keeps_that_it_was_noted_and_who_took_it_back(
    admin_client, admin_user, beziers
):
    take_back(admin_client, beziers, verified(beziers, date(2099, 5, 3)))
    last = Changeset.objects.first()
    assert (last.author, last.reason) == (admin_user, "Vérification du 03/05/2099 retirée")
    kept = Verification.history.filter(verified_on=date(2099, 5, 3))
    assert set(kept.values_list("history_type", flat=True)) == {"+", "-"}


def test_readers_see_the_age_without_it(admin_client, client, beziers):
    noted = verified(beziers, timezone.localdate())
    before = client.get(beziers.get_absolute_url()).content
    take_back(admin_client, beziers, noted)
    assert client.get(beziers.get_absolute_url()).content != before


@pytest.mark.parametrize("which", ["", "x", "999999", "the one before"])
def test_another_one_than_the_newest_is_not_taken_back(admin_client, beziers, which):
    first = verified(beziers, date(2026, 1, 1))
    verified(beziers, date(2026, 2, 1))
    response = take_back(admin_client, beziers, first if which == "the one before" else which)
    assert "Rien n’a changé" in response.page.text
    assert beziers.verifications.count() == 2


def test_who_may_only_look_takes_nothing_back(beziers):
    noted = verified(beziers, date(2026, 1, 1))
    assert take_back(person("view_procedure"), beziers, noted).status_code == 403
    assert beziers.verifications.exists()
