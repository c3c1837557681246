"""What the gate refuses, and that a refusal leaves nothing behind."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db import transaction

from prefectures.gate.unit_of_work import UntrackedWriteError, current_changeset
from prefectures.models import (
    Arrondissement,
    Changeset,
    Commune,
    Departement,
    Ground,
    Link,
    Prefecture,
    Procedure,
    Region,
    Step,
    User,
    Verification,
    changeset,
)

from ..models.making import all_grounds, draft, edited, kinds, office, published, written

pytestmark = pytest.mark.django_db


def refused(write):
    """Write outside any changeset, in a transaction of its own that has to fail."""
    with pytest.raises(UntrackedWriteError), transaction.atomic():
        write()


# --- Outside a changeset ----------------------------------------------------------------------


def test_a_new_object_outside_a_changeset_is_refused_and_rolled_back():
    refused(lambda: Procedure.objects.create(departement_id="09", title="Une fiche"))
    assert not Procedure.objects.filter(title="Une fiche").exists()


def test_a_refused_write_is_rolled_back_even_when_the_caller_goes_on():
    with pytest.raises(UntrackedWriteError):
        Procedure.objects.create(departement_id="09", title="Une fiche")
    assert not Procedure.objects.filter(title="Une fiche").exists()


def test_a_change_outside_a_changeset_is_refused_and_rolled_back():
    sheet = draft()
    sheet.headline = "Changée"
    with pytest.raises(UntrackedWriteError):
        sheet.save()
    sheet.refresh_from_db()
    assert sheet.headline == ""


def test_a_deletion_outside_a_changeset_is_refused_and_rolled_back():
    sheet = draft()
    with pytest.raises(UntrackedWriteError):
        sheet.delete()
    assert Procedure.objects.filter(title="Une fiche").exists()


def test_deleting_a_queryset_outside_a_changeset_is_refused():
    sheet = published()
    refused(lambda: sheet.steps.all().delete())
    assert sheet.steps.count() == 1


def test_a_save_that_changes_nothing_needs_no_changeset():
    sheet = draft()
    sheet.save()
    assert kinds(sheet) == "+"


@pytest.mark.parametrize(
    "write",
    [
        lambda sheet: sheet.offices.add(office("sous-prefecture-de-pamiers")),
        lambda sheet: sheet.offices.remove(office()),
        lambda sheet: sheet.offices.clear(),
        lambda sheet: sheet.offices.set([]),
        lambda sheet: office("sous-prefecture-de-pamiers").procedures.add(sheet),
        lambda sheet: office().procedures.remove(sheet),
        lambda sheet: office().procedures.clear(),
        lambda sheet: office().procedures.set([]),
    ],
    ids=["add", "remove", "clear", "set", "other add", "other remove", "other clear", "other set"],
)
def test_offices_changed_outside_a_changeset_are_refused_from_either_side(write):
    sheet = draft()
    with changeset("Pour le test"):
        sheet.offices.add(office())
    refused(lambda: write(sheet))
    assert list(sheet.offices.all()) == [office()]


def test_clearing_an_office_that_no_sheet_names_needs_no_changeset():
    office("sous-prefecture-de-pamiers").procedures.clear()
    assert current_changeset() is None


def test_a_group_outside_a_changeset_is_refused_and_leaves_nothing():
    with pytest.raises(UntrackedWriteError):
        Group.objects.create(name="Accueil")
    assert not Group.objects.filter(name="Accueil").exists()


def test_the_permissions_of_a_group_outside_a_changeset_are_refused():
    group = written(Group, name="Accueil")
    refused(lambda: group.permissions.add(Permission.objects.first()))
    assert not group.permissions.exists()


def test_the_permissions_of_an_account_outside_a_changeset_are_refused():
    user = written(User, username="rim", password="!")
    refused(lambda: user.user_permissions.add(Permission.objects.first()))
    assert not user.user_permissions.exists()


# --- Writes that no history would see ---------------------------------------------------------

TRACKED = [Procedure, Step, Link, Verification, Prefecture, Ground, Region, Departement, User]


@pytest.mark.parametrize("model", TRACKED)
@pytest.mark.parametrize(
    "write",
    [
        lambda model: model.objects.update(pk=0),
        lambda model: model.objects.all().update(pk=0),
        lambda model: model.objects.bulk_create([model()]),
        lambda model: model.objects.bulk_update([model.objects.first()], ["pk"]),
    ],
    ids=["update", "update of a queryset", "bulk_create", "bulk_update"],
)
def test_writes_of_many_rows_at_once_are_refused(model, write):
    with changeset("Pour le test"), pytest.raises(UntrackedWriteError, match="one by one"):
        write(model)


def test_the_steps_of_a_sheet_cannot_be_updated_at_once():
    sheet = published()
    with changeset("Pour le test"), pytest.raises(UntrackedWriteError):
        sheet.steps.update(group=2)


@pytest.mark.parametrize("model", [Arrondissement, Commune])
def test_reference_data_has_no_history_and_is_loaded_in_bulk(model):
    assert not hasattr(model, "history")
    assert model.objects.filter(pk="none").update(is_current=False) == 0


# --- A changeset that fails -------------------------------------------------------------------


def test_a_second_changeset_inside_the_first_is_refused():
    def nested():
        with changeset("Pour le test"), changeset("Une autre raison"):
            pass

    with pytest.raises(UntrackedWriteError, match="one reason"):
        nested()


def test_a_refused_second_changeset_leaves_the_first_open():
    with changeset("Pour le test") as writing:
        with pytest.raises(UntrackedWriteError), changeset("Une autre raison"):
            pass
        assert current_changeset() is writing


@pytest.mark.parametrize("reason", ["", "   ", "\n \n"])
def test_an_empty_reason_is_refused_with_everything_rolled_back(reason):
    before = Changeset.objects.count()
    with pytest.raises(ValidationError) as refusal, changeset(reason):
        Procedure.objects.create(departement_id="09", title="Une fiche")
    assert "reason" in refusal.value.message_dict
    assert not Procedure.objects.filter(title="Une fiche").exists()
    assert not Procedure.history.filter(title="Une fiche").exists()
    assert Changeset.objects.count() == before


def test_an_error_inside_rolls_everything_back():
    before = Changeset.objects.count()
    with pytest.raises(ZeroDivisionError), changeset("Pour le test"):
        create_and_divide_by_zero()
    assert not Procedure.objects.filter(title="Une fiche").exists()
    assert Changeset.objects.count() == before


def create_and_divide_by_zero():
    Procedure.objects.create(departement_id="09", title="Une fiche")
    raise ZeroDivisionError


def test_no_changeset_is_open_once_one_has_failed():
    with pytest.raises(ZeroDivisionError), changeset("Pour le test"):
        raise ZeroDivisionError
    assert current_changeset() is None


def create_one_that_is_whole_and_one_that_is_not():
    Procedure.objects.create(departement_id="09", title="Bonne")
    Procedure.objects.create(departement_id="09", title="Vide", publication="published")


def test_one_sheet_that_is_not_whole_undoes_the_others_too():
    with pytest.raises(ValidationError), changeset("Pour le test"):
        create_one_that_is_whole_and_one_that_is_not()
    assert not Procedure.objects.filter(title="Bonne").exists()


def test_an_unknown_origin_is_refused():
    with pytest.raises(ValidationError) as refusal, changeset("Pour le test", origin="rumeur"):
        Procedure.objects.create(departement_id="09", title="Une fiche")
    assert "origin" in refusal.value.message_dict


# --- Every save cleans ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "fields", "field"),
    [
        (Procedure, {"departement_id": "09", "title": ""}, "title"),
        (Procedure, {"departement_id": "09", "title": "a\x00"}, "title"),
        (Procedure, {"departement_id": "09", "title": "a", "situation": "perdue"}, "situation"),
        (Prefecture, {"departement_id": "09", "kind": "other", "city": ""}, "city"),
        (Ground, {"slug": "Un code", "name": "Un motif"}, "slug"),
        (Region, {"code": "abc", "name": "Une région", "slug": "une-region"}, "code"),
    ],
)
def test_a_save_refuses_what_a_form_would_refuse(model, fields, field):
    with pytest.raises(ValidationError) as refusal, changeset("Pour le test"):
        model.objects.create(**fields)
    assert field in refusal.value.message_dict


def test_a_ground_that_a_published_sheet_loses_is_refused_from_the_other_side_too():
    sheet = published()
    with pytest.raises(ValidationError, match="au moins un motif"), changeset("Pour le test"):
        all_grounds().procedures.remove(sheet)
    assert edited(sheet).grounds.count() == 1
