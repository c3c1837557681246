"""What a changeset added goes when it is undone, unless somebody has worked on it since."""

import pytest

from prefectures.history.undo import UndoIncompleteError, plan_undo, undo
from prefectures.models import Changeset, Procedure, Step

from ..models.making import draft, edited, written

pytestmark = pytest.mark.django_db


def rename(sheet):
    edited(sheet, title="Un titre écrit depuis")


def add_step(sheet):
    written(Step, procedure=sheet, kind="post")


def test_a_sheet_that_nobody_touched_since_goes(admin_user):
    sheet = draft()
    undo(Changeset.objects.first(), admin_user)
    assert not Procedure.objects.filter(pk=sheet.pk).exists()


@pytest.mark.parametrize("work_on", [rename, add_step])
def test_a_sheet_that_somebody_worked_on_since_stays_and_is_told(admin_user, work_on):
    sheet = draft()
    record = Changeset.objects.first()
    work_on(sheet)
    assert [item.kept for item in plan_undo(record).kept] == ["changé depuis : reste"]
    with pytest.raises(UndoIncompleteError):
        undo(record, admin_user)
    undo(record, admin_user, leaving_later_changes=True)
    assert Procedure.objects.filter(pk=sheet.pk).exists()
