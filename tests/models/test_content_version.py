"""Which changes readers can see: after those the content has another version, after no other."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from prefectures.gate.bulk import add_all, remove_all
from prefectures.models import (
    Commune,
    Contact,
    ContentVersion,
    Departement,
    GeneralText,
    GlossaryTerm,
    Ground,
    HelpPlace,
    Link,
    Prefecture,
    Procedure,
    Region,
    Step,
    User,
    Verification,
    changeset,
)
from prefectures.territories.load import load

from .making import all_grounds, draft, edited, office, published, written

pytestmark = pytest.mark.django_db


def version():
    return ContentVersion.objects.get(pk=ContentVersion.ONLY)


@pytest.fixture
def moves():
    """Return a function that tells whether the version has moved since it was last asked."""
    seen = version()

    def moves():
        nonlocal seen
        before, seen = seen, version()
        assert (before.number == seen.number) == (before.stamp == seen.stamp)
        return before.stamp != seen.stamp

    return moves


PARTS = [
    (Step, {"kind": "post"}),
    (Contact, {"kind": "phone", "value": "05 61 02 10 00"}),
    (Link, {"label": "Notice"}),
    (Verification, {}),
]


def test_a_published_sheet_moves_it_whatever_is_changed(moves):
    sheet = published()
    assert moves()
    edited(sheet, headline="Par la poste.")
    assert moves()
    with changeset("Pour le test"):
        sheet.offices.add(office())
    assert moves()
    with changeset("Pour le test"):
        sheet.delete()
    assert moves()


@pytest.mark.parametrize(
    ("part", "fields"), PARTS, ids=lambda value: getattr(value, "__name__", "")
)
def test_each_part_of_a_published_sheet_moves_it(moves, part, fields):
    sheet = published()
    moves()
    row = written(part, procedure=sheet, **fields)
    assert moves()
    with changeset("Pour le test"):
        row.delete()
    assert moves()


def test_a_draft_moves_nothing(moves):
    sheet = draft()
    for part, fields in PARTS:
        written(part, procedure=sheet, **fields)
    edited(sheet, headline="Par la poste.")
    with changeset("Pour le test"):
        sheet.grounds.add(all_grounds())
        sheet.offices.add(office())
    with changeset("Pour le test"):
        sheet.delete()
    assert not moves()


@pytest.mark.parametrize("after", ["draft", "archived"])
def test_a_sheet_that_is_published_no_more_moves_it_once(moves, after):
    sheet = published()
    moves()
    edited(sheet, publication=after)
    assert moves()
    edited(sheet, headline="Par la poste.")
    assert not moves()
    edited(sheet, publication="published")
    assert moves()


@pytest.mark.parametrize(
    ("item", "change"),
    [
        (lambda: Region.objects.get(slug="occitanie"), {"name": "Midi"}),
        (lambda: Departement.objects.get(code="34"), {"name": "Hérault-Littoral"}),
        (lambda: Prefecture.objects.filter(departement="34").first(), {"address": "Ici"}),
        (lambda: Ground.objects.first(), {"name": "Un autre nom"}),
        (lambda: HelpPlace.objects.get(), {"phone": "01 00 00 00 00"}),
        (lambda: GlossaryTerm.objects.first(), {"explanation": "Autrement."}),
        (lambda: GeneralText.objects.first(), {"text": "<p>Autrement.</p>"}),
    ],
    ids=["région", "département", "office", "ground", "help place", "word", "general text"],
)
def test_what_pages_name_moves_it(moves, item, change):
    edited(item(), **change)
    assert moves()


def test_a_save_that_changes_nothing_moves_nothing(moves):
    sheet = published()
    moves()
    edited(sheet)
    edited(office())
    assert not moves()


def test_an_account_moves_nothing(moves):
    with changeset("Un compte pour le test"):
        User.objects.create_user("nouvelle")
    assert not moves()


def test_a_write_that_is_refused_moves_nothing(moves):
    sheet = published()
    moves()
    with pytest.raises(ValidationError):
        edited(sheet, title="")
    assert not moves()


def test_a_thousand_writes_in_one_changeset_move_it_once():
    before = version().number
    with changeset("Pour le test"):
        for number in range(3):
            published_in_here(f"Fiche {number}")
    assert version().number == before + 1


def published_in_here(title):
    sheet = Procedure.objects.create(title=title, departement_id="09", publication="published")
    sheet.grounds.add(all_grounds())
    Step.objects.create(procedure=sheet, kind="post")
    return sheet


def test_what_is_written_by_the_hundred_moves_it(moves):
    sheet = published()
    moves()
    with changeset("Pour le test"):
        add_all([Link(procedure=sheet, label="Notice", number=50)])
    assert moves()
    with changeset("Pour le test"):
        remove_all(Link, [sheet.links.get().pk])
    assert moves()


def test_a_link_table_that_is_written_directly_moves_it(moves):
    sheet = published()
    moves()
    with changeset("Pour le test"):
        Procedure.offices.through.objects.create(procedure=sheet, prefecture=office())
    assert moves()


def test_a_new_edition_of_the_territory_moves_it(moves, occitanie_files, tmp_path):
    for file in occitanie_files.iterdir():
        (tmp_path / file.name).write_text(file.read_text())
    communes = tmp_path / "communes.csv"
    communes.write_text(communes.read_text().replace(",Lodève,", ",Lodève-la-Belle,"))
    load(tmp_path)
    assert Commune.objects.filter(name="Lodève-la-Belle").exists()
    assert moves()


def test_the_same_edition_again_moves_nothing(moves, occitanie_files):
    load(occitanie_files)
    assert not moves()


def test_a_site_without_the_row_gets_one_at_the_next_change(empty_site):
    assert not ContentVersion.objects.exists()
    with changeset("Pour le test"):
        Ground.objects.create(slug="un", name="Un")
    assert version().number == 1


def test_a_database_that_is_put_back_never_has_the_same_mark_for_another_content():
    ground = Ground.objects.first()
    before = version()
    edited(ground, name="Un nom")
    lost = version()
    before.save()
    edited(ground, name="Un autre nom")
    assert version().number == lost.number
    assert version().stamp != lost.stamp


def test_a_clock_that_is_put_back_makes_no_change_look_older():
    ContentVersion.objects.filter(pk=ContentVersion.ONLY).update(moved_second=9_000_000_000)
    edited(Ground.objects.first(), name="Un nom")
    assert version().moved_second == 9_000_000_000


@pytest.mark.django_db(transaction=True)
def test_who_publishes_in_a_departement_that_is_being_edited_does_not_stop_its_editor():
    """Foreign keys are checked before the version is held: after, each would wait for the other."""
    if connection.vendor == "sqlite":
        pytest.skip("there, the transaction itself is the lock")
    before, named, problems = version().number, threading.Event(), []

    def publish():
        try:
            with changeset("Pour le test"):
                published_in_here("Une fiche")
                named.set()
        except Exception as error:
            problems.append(error)
        finally:
            connection.close()

    other = threading.Thread(target=publish, daemon=True)
    with changeset("Pour le test"):
        ariege = Departement.objects.select_for_update(of=("self",)).get(code="09")
        other.start()
        assert named.wait(5)
        # The other one now waits for this row, and holds nothing that we need.
        other.join(0.3)
        ariege.name = "Ariège-Pyrénées"
        ariege.save()
    other.join(10)
    assert problems == []
    assert version().number == before + 2
