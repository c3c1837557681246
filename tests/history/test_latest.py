"""The last changes, on the home page and on the desk: as much is read of many as of a few."""

import pytest
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prefectures.admin import desk
from prefectures.history.latest import latest
from prefectures.models import Departement, Procedure, PublishedDocument, Revision, changeset
from prefectures.public import views

from ..models.making import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheets():
    return [published(f"Fiche {number}", departement="11") for number in range(6)]


def edit(sheets, reason):
    with changeset(reason):
        for sheet in sheets:
            sheet.headline = reason
            sheet.save()


@pytest.fixture
def read(monkeypatch):
    """Return a list that fills with (model, fields) of each row that becomes an object."""
    rows, own = [], Model.from_db.__func__

    def from_db(cls, db, field_names, values):
        rows.append((cls, tuple(field_names)))
        return own(cls, db, field_names, values)

    monkeypatch.setattr(Model, "from_db", classmethod(from_db))
    return rows


def told(found):
    return [
        (record.reason, [revision.procedure_id for revision in revisions], others)
        for record, revisions, others in found
    ]


def test_the_newest_come_first_each_with_its_first_sheets_and_how_many_more(sheets):
    edit(sheets[:1], "Une")
    edit(sheets, "Toutes")
    first, second, *_ = [sheet.pk for sheet in sheets]
    assert told(latest(Revision.objects.all(), changesets=2, sheets=2)) == [
        ("Toutes", [first, second], 4),
        ("Une", [first], 0),
    ]


def test_only_the_revisions_that_were_asked_for_count(sheets):
    edit(sheets, "Toutes")
    own = Revision.objects.filter(procedure__in=sheets[1:3])
    ((_, revisions, others),) = latest(own, changesets=1, sheets=1)
    assert ([revision.procedure_id for revision in revisions], others) == ([sheets[1].pk], 1)


def read_by(client, url, read):
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    rows, read[:] = list(read), []
    return rows, len(queries)


@pytest.mark.parametrize(
    ("url", "model", "limits"),
    [
        (
            "/",
            PublishedDocument,
            {(views, "LATEST_CHANGES"): 2, (views, "MOST_SHEETS_OF_A_CHANGE"): 3},
        ),
        (reverse("admin:index"), Revision, {(desk, "SHOWN_CHANGES"): 2, (desk, "SHOWN_SHEETS"): 3}),
    ],
)
def test_as_many_rows_are_read_after_many_large_changes(
    admin_client, monkeypatch, sheets, read, url, model, limits
):
    for (module, name), most in limits.items():
        monkeypatch.setattr(module, name, most)
    for number in range(2):
        edit(sheets[:3], f"Petit {number}")
    read_by(admin_client, url, read)
    before, queries = read_by(admin_client, url, read)
    for number in range(6):
        edit(sheets, f"Grand {number}")
    # Contradictions are made anew at the first look.
    read_by(admin_client, url, read)
    read.clear()
    after, queries_after = read_by(admin_client, url, read)
    assert (len(after), queries_after) == (len(before), queries)
    assert len([each for each, _ in after if each is model]) == 6


def test_of_a_changed_sheet_the_home_page_reads_what_a_link_is_made_of(client, sheets, read):
    edit(sheets, "Toutes")
    read.clear()
    client.get("/")
    fields = {names for model, names in read if model is Procedure}
    assert fields == {("id", "departement_id", "title", "slug", "updated_on")}
    own = {names for model, names in read if model is Departement and len(names) < 4}
    assert own == {("code", "slug")}
