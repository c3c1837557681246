"""The rows of a sheet keep their numbers for ever."""

import pytest

from prefectures.models import Contact, Link, Quotation, Step, changeset

from .making import draft, edited, published, written

pytestmark = pytest.mark.django_db


PARTS = pytest.mark.parametrize(
    ("part", "fields"),
    [
        (Step, {"kind": "post"}),
        (Contact, {"kind": "phone", "value": "05 61 02 10 00"}),
        (Link, {"label": "Notice"}),
        (Quotation, {"text": "<p>Des mots</p>"}),
    ],
)


def remove(*items):
    with changeset("Pour le test"):
        for item in items:
            item.delete()


@PARTS
def test_the_parts_of_a_sheet_are_numbered_from_one(part, fields):
    sheet = draft()
    assert [written(part, procedure=sheet, **fields).number for _ in range(3)] == [1, 2, 3]


@PARTS
def test_every_sheet_numbers_its_own_parts(part, fields):
    written(part, procedure=draft("Une"), **fields)
    assert written(part, procedure=draft("Deux"), **fields).number == 1


@PARTS
def test_the_number_of_a_removed_part_is_never_given_again(part, fields):
    sheet = draft()
    first, _ = (written(part, procedure=sheet, **fields) for _ in range(2))
    remove(first)
    assert written(part, procedure=sheet, **fields).number == 3


@PARTS
def test_the_number_of_the_last_part_is_never_given_again_either(part, fields):
    sheet = draft()
    remove(*[written(part, procedure=sheet, **fields) for _ in range(2)])
    assert written(part, procedure=sheet, **fields).number == 3


@PARTS
def test_a_number_freed_and_asked_for_in_one_changeset_is_not_given_again(part, fields):
    sheet = draft()
    last = written(part, procedure=sheet, **fields)
    with changeset("Pour le test"):
        last.delete()
        new = part.objects.create(procedure=sheet, **fields)
    assert new.number == 2


@PARTS
def test_a_part_keeps_its_number_when_it_is_saved_again(part, fields):
    sheet = draft()
    first, _ = (written(part, procedure=sheet, **fields) for _ in range(2))
    assert edited(first, position=9).number == 1


def test_a_number_that_was_given_is_kept():
    assert written(Step, procedure=draft(), kind="post", number=7).number == 7


def test_parts_created_in_one_changeset_have_a_number_each():
    sheet = draft()
    with changeset("Pour le test"):
        steps = [Step.objects.create(procedure=sheet, kind="post") for _ in range(3)]
    assert [step.number for step in steps] == [1, 2, 3]


def test_parts_go_with_their_sheet():
    sheet = published()
    step = sheet.steps.get()
    remove(sheet)
    assert not Step.objects.filter(pk=step.pk).exists()
