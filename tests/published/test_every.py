"""What is made of each published sheet is made once, and is that of the sheets as they are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prefectures.models import Procedure, changeset
from prefectures.published.every import OfEach

pytestmark = pytest.mark.django_db


@pytest.fixture
def titles():
    made = []

    def make(sheet):
        made.append(sheet.title)
        return sheet.title

    of_each = OfEach(make)
    of_each.made = made
    return of_each


def in_order():
    return list(Procedure.objects.published().values_list("title", flat=True))


def change(sheet, **fields):
    with changeset("Une modification pour le test"):
        for name, value in fields.items():
            setattr(sheet, name, value)
        sheet.save()


def test_each_published_sheet_is_there_in_its_order(titles):
    assert titles.now() == in_order()
    assert len(titles.now()) == 14


def test_what_did_not_change_is_not_made_again(titles, beziers):
    titles.now()
    titles.made.clear()
    titles.now()
    assert titles.made == []
    change(beziers, title="Sous-préfecture de Béziers, nouvelle adresse")
    assert beziers.title in titles.now()
    assert titles.made == [beziers.title]


def test_a_sheet_that_is_withdrawn_is_not_there(titles, beziers):
    assert beziers.title in titles.now()
    change(beziers, publication=Procedure.Publication.ARCHIVED)
    assert beziers.title not in titles.now()
    change(beziers, publication=Procedure.Publication.PUBLISHED)
    assert beziers.title in titles.now()


def test_which_sheets_there_are_is_one_question(titles):
    titles.now()
    with CaptureQueriesContext(connection) as questions:
        titles.now()
    assert len(questions) == 1


def test_nothing_is_made_of_an_empty_site(empty_site, titles):
    assert titles.now() == []
