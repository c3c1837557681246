"""What is written past the objects themselves: links by their own table, fixtures, bare saves."""

import pytest
from django.contrib.auth.models import Group
from django.core import serializers
from django.core.exceptions import ValidationError

from prefectures.gate.unit_of_work import UntrackedWriteError
from prefectures.models import Link, Procedure, User, changeset

from ..models.making import draft, kinds, office, rows_of, written

OFFICES = Procedure.offices.through


@pytest.fixture
def sheet(db):
    sheet = draft()
    with changeset("Pour le test"):
        sheet.offices.add(office())
    return sheet


def row(sheet):
    return OFFICES.objects.get(procedure=sheet)


def moved(sheet):
    link = row(sheet)
    link.prefecture = office("sous-prefecture-de-pamiers")
    link.save()


WRITES = {
    "create": lambda sheet: OFFICES.objects.create(
        procedure=sheet, prefecture=office("sous-prefecture-de-pamiers")
    ),
    "bulk": lambda sheet: OFFICES.objects.bulk_create(
        [OFFICES(procedure=sheet, prefecture=office("sous-prefecture-de-pamiers"))]
    ),
    "update": lambda sheet: OFFICES.objects.filter(procedure=sheet).update(
        prefecture=office("sous-prefecture-de-pamiers")
    ),
    "delete all": lambda sheet: OFFICES.objects.filter(procedure=sheet).delete(),
    "delete one": lambda sheet: row(sheet).delete(),
    "save": moved,
}


@pytest.mark.parametrize("name", WRITES)
def test_a_link_written_by_its_own_table_leaves_a_row_of_history(sheet, name):
    before = kinds(sheet)
    with changeset("Pour le test"):
        WRITES[name](sheet)
    assert kinds(sheet) == before + "~"
    kept = {link.prefecture_id for link in rows_of(sheet)[-1].offices.all()}
    assert kept == {item.pk for item in sheet.offices.all()}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", WRITES)
def test_a_link_written_by_its_own_table_outside_a_changeset_is_refused(name):
    sheet = draft()
    with changeset("Pour le test"):
        sheet.offices.add(office())
    with pytest.raises(UntrackedWriteError):
        WRITES[name](sheet)
    assert [item.pk for item in sheet.offices.all()] == [office().pk]


def test_a_link_moved_to_another_sheet_is_noted_on_both(sheet):
    other = draft("Autre fiche")
    with changeset("Pour le test"):
        OFFICES.objects.filter(procedure=sheet).update(procedure=other)
    assert (kinds(sheet)[-1], kinds(other)) == ("~", "+~")


@pytest.mark.django_db(transaction=True)
def test_the_group_of_a_person_is_not_written_past_the_gate():
    user, group = written(User, username="rim", password="!"), written(Group, name="Accueil")
    with pytest.raises(UntrackedWriteError):
        User.groups.through.objects.create(user=user, group=group)
    assert not user.groups.exists()


# --- Saved by another way than save() -----------------------------------------------------------


def as_fixture(item, **fields):
    """Return ``item`` as a fixture would bring it, with other ``fields``."""
    for name, value in fields.items():
        setattr(item, name, value)
    [found] = serializers.deserialize("json", serializers.serialize("json", [item]))
    return found


@pytest.mark.django_db(transaction=True)
def test_a_fixture_outside_a_changeset_leaves_nothing():
    sheet = draft()
    with pytest.raises(UntrackedWriteError):
        as_fixture(sheet, title="Venue d’une sauvegarde").save()
    sheet.refresh_from_db()
    assert sheet.title == "Une fiche"


def test_an_address_that_runs_a_script_does_not_come_in_by_a_fixture(sheet):
    link = written(Link, procedure=sheet, url="https://www.ariege.gouv.fr/")
    with pytest.raises(ValidationError), changeset("Pour le test"):
        as_fixture(link, url="javascript:alert(1)").save()
    link.refresh_from_db()
    assert link.url == "https://www.ariege.gouv.fr/"


def test_a_text_that_comes_by_a_fixture_is_cleaned(sheet):
    with changeset("Pour le test"):
        as_fixture(sheet, editorial_note="<p onclick=alert(1)>Note</p>").save()
    sheet.refresh_from_db()
    assert sheet.editorial_note == "<p>Note</p>"


@pytest.mark.django_db(transaction=True)
def test_a_bare_save_outside_a_changeset_leaves_nothing():
    sheet = draft()
    sheet.title = "Autre"
    with pytest.raises(UntrackedWriteError):
        sheet.save_base()
    sheet.refresh_from_db()
    assert sheet.title == "Une fiche"


def test_a_bare_save_is_cleaned_and_noted(sheet):
    sheet.title = "  Un   titre "
    with changeset("Pour le test"):
        sheet.save_base()
    assert rows_of(sheet)[-1].title == "Un titre"


def test_a_sheet_without_a_title_is_refused_by_a_bare_save(sheet):
    sheet.title = ""
    with pytest.raises(ValidationError), changeset("Pour le test"):
        sheet.save_base()
    sheet.refresh_from_db()
    assert sheet.title == "Une fiche"
