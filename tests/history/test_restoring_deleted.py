"""A sheet that was deleted comes back, at its own address or at another."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from prefectures.history.restoring import NotAVersionError, plan, restore
from prefectures.models import Procedure, StaleVersionError, Verification
from prefectures.sheets.reading import state_now

from ..models.making import draft, edited, published, written
from .test_restoring import removed, rim

pytestmark = pytest.mark.django_db
__all__ = ["rim"]


def test_a_deleted_sheet_comes_back_as_it_was_under_its_own_key(beziers, rim):
    written(Verification, procedure=beziers, verified_on=date(2024, 1, 1))
    pk, then = beziers.pk, state_now(Procedure, beziers.pk)
    removed(beziers)
    restore(plan(pk, 2), rim, reason="Erreur")
    assert state_now(Procedure, pk) == then
    again = Procedure.objects.get(pk=pk)
    assert (again.version, again.verifications.count()) == (4, 1)


def test_a_deleted_sheet_may_come_back_as_a_draft(beziers, rim):
    pk = beziers.pk
    removed(beziers)
    restore(plan(pk, 1, ["publication"]), rim, reason="Erreur")
    assert Procedure.objects.get(pk=pk).publication == "draft"


def test_a_deleted_sheet_whose_address_was_taken_comes_back_at_another(rim):
    sheet = published("Une fiche")
    pk = sheet.pk
    removed(sheet)
    published("Une fiche")
    restoring = plan(pk, 1)
    assert (restoring.holder.title, restoring.slug) == ("Une fiche", "une-fiche-2")
    restore(plan(pk, 1, slug="la-premiere"), rim, reason="Vu")
    assert Procedure.objects.get(pk=pk).slug == "la-premiere"


def test_an_address_that_leads_to_another_sheet_is_taken_as_well(rim):
    sheet = published("Une fiche")
    pk = sheet.pk
    removed(sheet)
    other = edited(published("Une fiche"), slug="autre")
    assert plan(pk, 1).holder == other


@pytest.mark.parametrize("slug", ["une-fiche", "historique", "é è", "x" * 200])
def test_an_address_that_cannot_be_is_refused(rim, slug):
    sheet = published("Une fiche")
    pk = sheet.pk
    removed(sheet)
    published("Une fiche")
    with pytest.raises(ValidationError):
        restore(plan(pk, 1, slug=slug), rim, reason="Vu")
    assert not Procedure.objects.filter(pk=pk).exists()


def test_the_version_that_deleted_it_is_none_to_go_back_to(rim):
    sheet = draft()
    pk = sheet.pk
    removed(sheet)
    with pytest.raises(NotAVersionError):
        plan(pk, 2)


def test_a_deleted_sheet_that_came_and_went_again_meanwhile_is_left_alone(rim):
    sheet = draft()
    pk = sheet.pk
    removed(sheet)
    restoring = plan(pk, 1)
    restore(plan(pk, 1), rim, reason="Vu")
    removed(Procedure.objects.get(pk=pk))
    with pytest.raises(StaleVersionError):
        restore(restoring, rim, reason="Vu")
