"""What only transactions that really commit can show: two writers at once, and nothing left."""

import threading
import time

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from prefectures.gate.unit_of_work import UntrackedWriteError
from prefectures.models import Contact, Procedure, Revision, StaleVersionError, Step, changeset

from ..models.making import draft, office

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sheet(transactional_db):
    return draft()


def rename(sheet):
    sheet.headline = threading.current_thread().name
    sheet.save()


def add_step(sheet):
    Step.objects.create(procedure=sheet, kind="post")


def add_contact(sheet):
    Contact.objects.create(procedure=sheet, kind="phone", value="01 53 71 53 71")


def add_office(sheet):
    sheet.offices.add(office())


def delete(sheet):
    sheet.delete()


class Race:
    """Two people read a sheet; one writes, and the other one arrives before that is committed."""

    def __init__(self, sheet):
        self.sheet = sheet
        self.first_has_written, self.second_arrives = threading.Event(), threading.Event()
        self.outcomes = {}

    def run(self, first, second):
        threads = [
            threading.Thread(target=self._try, name="first", args=(self._first, first)),
            threading.Thread(target=self._try, name="second", args=(self._second, second)),
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        return self.outcomes

    def _try(self, role, write):
        name = threading.current_thread().name
        try:
            role(write, Procedure.objects.get(pk=self.sheet.pk))
            self.outcomes[name] = "written"
        except Exception as error:
            self.outcomes[name] = type(error)
        finally:
            self.first_has_written.set()
            connection.close()

    def _first(self, write, seen):
        with changeset("La première") as writing:
            writing.expect_version(seen)
            write(seen)
            self.first_has_written.set()
            self.second_arrives.wait(10)
            # Long enough for the second to stand before the lock.
            time.sleep(0.2)

    def _second(self, write, seen):
        self.first_has_written.wait(10)
        self.second_arrives.set()
        with changeset("La seconde") as writing:
            writing.expect_version(seen)
            write(seen)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (rename, rename),
        (rename, add_step),
        (rename, delete),
        (add_step, rename),
        (add_step, add_contact),
        (add_step, add_step),
        (add_contact, add_contact),
        (add_step, delete),
        (add_office, add_contact),
        (delete, rename),
    ],
)
def test_of_two_people_who_write_one_sheet_at_once_one_is_refused(sheet, first, second):
    outcomes = Race(sheet).run(first, second)
    assert set(outcomes.values()) == {"written", StaleVersionError}


def test_of_two_people_who_rename_one_sheet_at_once_the_first_is_kept(sheet):
    Race(sheet).run(rename, rename)
    assert Procedure.objects.get(pk=sheet.pk).headline == "first"


def test_the_refused_writer_of_two_leaves_nothing(sheet):
    Race(sheet).run(rename, add_step)
    assert not sheet.steps.exists()
    assert sheet.revisions.count() == 2


def test_many_people_at_once_never_share_a_version(sheet):
    outcomes = []
    barrier = threading.Barrier(6)

    def write():
        try:
            seen = Procedure.objects.get(pk=sheet.pk)
            barrier.wait(10)
            with changeset("Ensemble") as writing:
                writing.expect_version(seen)
                rename(seen)
            outcomes.append("written")
        except Exception as error:
            outcomes.append(type(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=write, name=f"writer {n}") for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(map(str, outcomes)) == sorted(["written"] + [str(StaleVersionError)] * 5)
    assert Revision.objects.filter(procedure_id=sheet.pk).count() == 2


@pytest.mark.parametrize(
    "write",
    [
        lambda sheet: sheet.offices.add(office("sous-prefecture-de-pamiers")),
        lambda sheet: sheet.offices.clear(),
        lambda sheet: office("sous-prefecture-de-pamiers").procedures.add(sheet),
        lambda sheet: office().procedures.remove(sheet),
        lambda sheet: office().procedures.clear(),
        lambda sheet: Step.objects.create(procedure=sheet, kind="post"),
        lambda sheet: Procedure.objects.filter(pk=sheet.pk).delete(),
        lambda sheet: Group.objects.create(name="Accueil"),
    ],
    ids=[
        "add", "clear", "other add", "other remove", "other clear", "step", "delete", "group",
    ],
)  # fmt: skip
def test_a_write_refused_outside_a_changeset_leaves_nothing(sheet, write):
    with changeset("Pour le test"):
        sheet.offices.add(office())
    with pytest.raises(UntrackedWriteError):
        write(sheet)
    assert list(Procedure.objects.get(pk=sheet.pk).offices.all()) == [office()]
    assert not sheet.steps.exists()
    assert not Group.objects.filter(name="Accueil").exists()
