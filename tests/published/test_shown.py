"""What a document describes, as pages ask it: what it says, and nothing of the database."""

import pytest
from django.db import connection

from prefectures.models import Procedure
from prefectures.published.document import CURRENT
from prefectures.published.gathering import documents_now
from prefectures.published.shown import as_shown

from ..public.made_up import FILES, load_made_up

LISTS = [*CURRENT.NAMED, *CURRENT.ROWS]


@pytest.fixture
def documents(db):
    """Return a function that gives the documents of all published sheets."""

    def documents():
        pks = Procedure.objects.published().values_list("pk", flat=True)
        return [document for _, document in documents_now(list(pks)).values()]

    return documents


def said_again(sheet):
    lists = {name: list(getattr(sheet, name).all()) for name in LISTS}
    around = {"helping": sheet.helping, "general_texts": sheet.general_texts}
    return CURRENT.document(sheet, lists | around)


@pytest.mark.parametrize("name", FILES)
def test_what_is_shown_says_again_all_that_the_document_says(name, documents):
    load_made_up(name)
    for document in documents():
        assert said_again(as_shown(document)) == document.content


def test_asking_it_anything_needs_no_database(documents):
    shown = [as_shown(document) for document in documents()]

    def refuse(*args, **kwargs):
        raise AssertionError("the database was asked")

    with connection.execute_wrapper(refuse):
        for sheet in shown:
            said_again(sheet)
            assert sheet.departement.full_name
            assert all(step.procedure is sheet for step in sheet.steps.all())
            assert sheet.get_absolute_url()


def test_two_sheets_of_the_same_document_share_nothing_that_could_change(documents):
    document = documents()[0]
    one, other = as_shown(document), as_shown(document)
    assert one == other
    one.title = "Une autre"
    one.steps.all().clear()
    one.refused_channels = ["phone"]
    assert other.title != "Une autre"
    assert [step.number for step in other.steps.all()]
    assert document.content == said_again(other)


def test_it_is_what_the_models_are_but_asks_nothing_of_their_relations(documents):
    sheet = as_shown(documents()[0])
    assert isinstance(sheet, Procedure)
    assert not hasattr(sheet.steps, "filter")
