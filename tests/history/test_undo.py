"""Undoing a changeset: what it did goes back, what somebody did since stays, all of it is told."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prefectures.history import undo as undo_module
from prefectures.history.undo import AlreadyUndoneError, UndoIncompleteError, plan_undo, undo
from prefectures.models import (
    Changeset,
    Contact,
    Ground,
    Prefecture,
    Procedure,
    StaleVersionError,
    Step,
    changeset,
)

from ..models.making import all_grounds, draft, edited, office, published, rows_of, written
from .imports import delete, fresh, imported, kept, new_office, save

pytestmark = pytest.mark.django_db


# --- All of it goes back ------------------------------------------------------------------------


def test_a_sheet_that_was_added_goes_with_its_parts(admin_user):
    record = imported(lambda: Step.objects.create(procedure=Procedure.objects.create(
        title="Une fiche", departement_id="09"
    ), kind="post"))  # fmt: skip
    assert undo(record, admin_user).changeset.undoes == record
    assert not Procedure.objects.filter(title="Une fiche").exists()


def test_a_field_that_was_changed_goes_back_and_the_history_tells_who(admin_user, beziers):
    title = beziers.title
    record = imported(lambda: save(beziers, title="Autre"))
    undo(record, admin_user)
    assert fresh(beziers).title == title
    last = rows_of(beziers)[-1].changeset
    assert (last.origin, last.author, last.undoes) == ("restore", admin_user, record)


def test_a_sheet_that_was_deleted_comes_back_whole(admin_user, beziers):
    def everything():
        sheet = Procedure.objects.get(pk=beziers.pk)
        linked = [list(getattr(sheet, name).order_by("pk")) for name in ("offices", "grounds")]
        parts = [list(rows.values()) for rows in (sheet.steps, sheet.contacts, sheet.links)]
        fields = {name: value for name, value in vars(sheet).items() if name[0] != "_"}
        return fields | {"version": 0}, linked, parts

    before = everything()
    record = imported(fresh(beziers).delete)
    undo(record, admin_user)
    assert everything() == before


def test_the_version_of_a_sheet_that_comes_back_is_a_new_one(admin_user, beziers):
    version = beziers.version
    record = imported(fresh(beziers).delete)
    undo(record, admin_user)
    assert fresh(beziers).version == version + 2


def test_the_offices_and_grounds_of_a_sheet_go_back(admin_user):
    sheet = published()
    offices = [office()]
    with changeset("Pour le test"):
        sheet.offices.set(offices)

    def change():
        sheet.offices.set([office("sous-prefecture-de-pamiers")])
        sheet.grounds.set(Ground.objects.filter(slug="travail"))

    undo(imported(change), admin_user)
    assert list(sheet.offices.all()) == offices
    assert list(sheet.grounds.all()) == [all_grounds()]


def test_steps_added_changed_and_removed_go_back(admin_user):
    sheet = draft()
    first, second = (
        written(Step, procedure=sheet, kind="post", instructions=text) for text in ("une", "deux")
    )

    def change():
        save(first, instructions="autre")
        second.delete()
        Step.objects.create(procedure=sheet, kind="email")

    number = second.number
    undo(imported(change), admin_user)
    rows = sheet.steps.values_list("number", "instructions")
    assert list(rows) == [(first.number, "une"), (number, "deux")]


def test_an_office_that_was_added_goes_once_the_sheet_does_not_name_it(admin_user):
    sheet = draft()
    record = imported(lambda: sheet.offices.add(new_office()))
    undo(record, admin_user)
    assert not Prefecture.objects.filter(city="Ici").exists()
    assert not sheet.offices.exists()


def test_an_office_that_was_added_goes_once_none_depends_on_it(admin_user):
    foix = office()
    undo(imported(lambda: save(foix, parent=new_office())), admin_user)
    assert not Prefecture.objects.filter(city="Ici").exists()
    assert office().parent is None


def test_an_office_that_was_deleted_comes_back_and_is_named_again(admin_user):
    with changeset("Pour le test"):
        centre = new_office()
    sheet = draft()

    def remove():
        sheet.delete()
        centre.delete()

    with changeset("Pour le test"):
        sheet.offices.add(centre)
    key = centre.pk
    undo(imported(remove), admin_user)
    assert [item.pk for item in Procedure.objects.get(title="Une fiche").offices.all()] == [key]


def test_a_hundred_sheets_cost_as_many_queries_as_one(admin_user):
    counts = []
    full = Procedure.objects.exclude(arrondissements=None).first()
    for pks in ([full.pk], Procedure.objects.values_list("pk", flat=True)):
        sheets = list(Procedure.objects.filter(pk__in=pks))
        record = imported(lambda sheets=sheets: [save(s, title=f"{s.title} bis") for s in sheets])
        with CaptureQueriesContext(connection) as queries:
            undo(record, admin_user)
        counts.append(len(queries))
    # A query for each version that the sheets have: Albi's is not that of the others, say.
    assert counts[1] - counts[0] < 3


def test_the_address_of_an_office_goes_back(admin_user):
    address = office().address
    undo(imported(lambda: save(office(), address="Ailleurs")), admin_user)
    assert office().address == address


# --- What somebody did since stays --------------------------------------------------------------


def rename(sheet):
    edited(sheet, title="Un titre écrit depuis")


def add_step(sheet):
    written(Step, procedure=sheet, kind="post")


@pytest.mark.parametrize("work_on", [rename, add_step])
def test_a_new_sheet_that_somebody_worked_on_since_stays_and_is_told(admin_user, work_on):
    sheet = draft()
    record = Changeset.objects.first()
    work_on(sheet)
    assert kept(record) == [("fiche 09/une-fiche", "changé depuis : reste")]
    with pytest.raises(UndoIncompleteError):
        undo(record, admin_user)
    undo(record, admin_user, leaving_later_changes=True)
    assert Procedure.objects.filter(pk=sheet.pk).exists()


def test_a_new_step_or_office_that_somebody_worked_on_since_stays(admin_user):
    sheet = draft()

    def add():
        Step.objects.create(procedure=sheet, kind="post")
        new_office()

    record = imported(add)
    edited(sheet.steps.get(), instructions="En recommandé")
    edited(Prefecture.objects.get(city="Ici"), address="Là")
    assert [why for _, why in kept(record)] == ["changé depuis : reste"] * 2
    assert undo(record, admin_user, leaving_later_changes=True).changeset.pk is None


def test_a_step_that_somebody_has_brought_back_already_is_left_alone(admin_user):
    sheet = draft()
    step = written(Step, procedure=sheet, kind="post")
    record = imported(fresh(step).delete)
    with changeset("Pour le test"):
        step.save(force_insert=True)
    assert undo(record, admin_user).changeset.pk is None
    assert sheet.steps.get() == step


def test_a_field_changed_since_stays_and_the_others_go_back(admin_user, beziers):
    headline = beziers.headline
    record = imported(lambda: save(beziers, title="Autre", headline="Autre"))
    rename(beziers)
    assert kept(record) == [
        ("fiche 34/sous-prefecture-de-beziers", "changé depuis, reste tel quel : titre")
    ]
    undo(record, admin_user, leaving_later_changes=True)
    assert fresh(beziers).title == "Un titre écrit depuis"
    assert fresh(beziers).headline == headline


def test_what_somebody_has_put_back_already_is_nothing_to_undo(admin_user, beziers):
    title = beziers.title
    record = imported(lambda: save(beziers, title="Autre"))
    edited(beziers, title=title)
    assert undo(record, admin_user).changeset.pk is None


def test_what_somebody_has_brought_back_already_stays_as_it_came(admin_user):
    sheet = draft()
    again = fresh(sheet)
    record = imported(sheet.delete)
    with changeset("Pour le test"):
        again.title = "Revenue"
        again.save(force_insert=True)
    assert undo(record, admin_user).changeset.pk is None
    assert fresh(again).title == "Revenue"


def test_a_sheet_deleted_since_stays_deleted(admin_user):
    sheet = draft()
    record = imported(lambda: save(sheet, title="Autre"))
    delete(sheet)
    assert kept(record) == [("fiche 09/une-fiche", "supprimé depuis : ne revient pas")]


# --- Two people at once -------------------------------------------------------------------------


def between_plan_and_lock(monkeypatch, write, times=1):
    """Let somebody ``write`` after the plan was made and before anything is locked."""
    left = [write] * times

    def planned(*args):
        found = plan_undo(*args)
        if left:
            left.pop()()
        return found

    monkeypatch.setattr(undo_module, "plan_undo", planned)


def test_a_sheet_saved_just_before_the_lock_is_not_overwritten(admin_user, beziers, monkeypatch):
    record = imported(lambda: save(beziers, title="Autre"))
    between_plan_and_lock(monkeypatch, lambda: rename(beziers))
    with pytest.raises(UndoIncompleteError):
        undo(record, admin_user)
    assert fresh(beziers).title == "Un titre écrit depuis"


def test_an_office_saved_just_before_the_lock_is_not_overwritten(admin_user, monkeypatch):
    foix = office()
    record = imported(lambda: save(foix, address="Ici"))
    between_plan_and_lock(monkeypatch, lambda: edited(foix, address="Là"))
    with pytest.raises(UndoIncompleteError):
        undo(record, admin_user)
    assert office().address == "Là"


def test_a_sheet_deleted_just_before_the_lock_stays_deleted(admin_user, monkeypatch):
    sheet = draft()
    record = imported(lambda: save(sheet, title="Autre"))
    between_plan_and_lock(monkeypatch, lambda: delete(sheet))
    with pytest.raises(UndoIncompleteError):
        undo(record, admin_user)
    assert not Procedure.objects.filter(pk=sheet.pk).exists()


def test_who_undoes_sheets_that_others_keep_saving_is_told_so(admin_user, beziers, monkeypatch):
    record = imported(lambda: save(beziers, title="Autre"))
    contact = written(Contact, procedure=beziers, kind="phone", value="0")
    between_plan_and_lock(monkeypatch, lambda: edited(contact, value=contact.value + "1"), times=10)
    with pytest.raises(StaleVersionError):
        undo(record, admin_user)
    assert fresh(beziers).title == "Autre"


def test_an_import_that_is_undone_is_not_undone_again(admin_user, beziers):
    record = imported(lambda: save(beziers, title="Autre"))
    undo(record, admin_user)
    with pytest.raises(AlreadyUndoneError):
        undo(record, admin_user)
