"""Many-to-many fields in history: written with the object that has them, from whichever side."""

import pytest
from django.contrib.auth.models import Group, Permission

from prefectures.models import Arrondissement, Ground, Prefecture, changeset

from ..models.making import draft, kinds, office, rows_of, written

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("write", "expected"),
    [
        (lambda sheet: sheet.offices.add(office("sous-prefecture-de-pamiers")), 2),
        (lambda sheet: sheet.offices.remove(office()), 0),
        (lambda sheet: sheet.offices.clear(), 0),
        (lambda sheet: sheet.offices.set([office("sous-prefecture-de-pamiers")]), 1),
        (lambda sheet: office("sous-prefecture-de-pamiers").procedures.add(sheet), 2),
        (lambda sheet: office().procedures.remove(sheet), 0),
        (lambda sheet: office().procedures.clear(), 0),
        (lambda sheet: office().procedures.set([]), 0),
    ],
    ids=["add", "remove", "clear", "set", "other add", "other remove", "other clear", "other set"],
)
def test_offices_changed_from_either_side_are_in_the_history_of_the_sheet(write, expected):
    sheet = draft()
    with changeset("Pour le test"):
        sheet.offices.add(office())
    with changeset("Pour le test"):
        write(sheet)
    assert len(rows_of(sheet)[-1].offices.all()) == expected == sheet.offices.count()


def test_offices_changed_from_the_other_side_leave_no_row_on_the_office():
    sheet = draft()
    before = kinds(office())
    with changeset("Pour le test"):
        office().procedures.add(sheet)
    assert kinds(office()) == before


def test_an_office_added_a_second_time_leaves_no_row():
    sheet = draft()
    with changeset("Pour le test"):
        sheet.offices.add(office())
    with changeset("Pour le test"):
        sheet.offices.add(office())
    assert kinds(sheet) == "+~"


@pytest.mark.parametrize(
    ("name", "model"),
    [("grounds", Ground), ("arrondissements", Arrondissement), ("offices", Prefecture)],
)
def test_every_many_to_many_field_of_a_sheet_is_in_its_history(name, model):
    sheet = draft()
    item = model.objects.first()
    if model is Arrondissement:
        item = model.objects.filter(departement="09").first()
    with changeset("Pour le test"):
        getattr(sheet, name).add(item)
    assert [getattr(row, name).count() for row in rows_of(sheet)] == [0, 1]


def test_the_permissions_of_a_group_are_in_its_history():
    group = written(Group, name="Accueil")
    with changeset("Pour le test"):
        group.permissions.set(Permission.objects.all()[:3])
    assert [row.permissions.count() for row in rows_of(group)] == [0, 3]
