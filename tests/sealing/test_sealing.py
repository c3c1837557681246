"""Each changeset is sealed in its own transaction, after the one before."""

import json
import threading
from hashlib import sha256

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from prefectures.gate.bulk import add_all
from prefectures.gate.unit_of_work import changeset_sealing
from prefectures.models import (
    Changeset,
    Contact,
    Procedure,
    PublishedDocument,
    Seal,
    SealedColumns,
    Step,
    changeset,
)
from prefectures.sealing.payload import NOTHING, unpacked
from prefectures.sealing.sealing import head, seal_what_was_there
from prefectures.sealing.tables import tables_of_site
from prefectures.sealing.verifying import Verifier

from ..models.making import draft, edited, office, published, written

pytestmark = pytest.mark.django_db


def last():
    return Seal.objects.order_by("number").last()


def said(seal):
    return json.loads(unpacked(seal.payload))


def faults():
    return [str(fault) for fault in Verifier().faults()]


def test_all_that_the_loads_wrote_is_sealed():
    assert Seal.objects.count() == Changeset.objects.count() > 4
    assert faults() == []


def test_a_seal_names_each_row_that_its_changeset_wrote():
    with changeset("Pour le test"):
        sheet = Procedure.objects.create(title="Une fiche", departement_id="09")
        sheet.offices.add(office())
        Step.objects.create(procedure=sheet, kind="post")
    rows = said(last())["rows"]
    [row] = Procedure.history.filter(id=sheet.pk)
    assert rows["prefectures_historicalprocedure"][0][:2] == [row.pk, sheet.pk]
    assert rows["prefectures_historicalprocedure_offices"][0][1] == row.pk
    assert {name: len(own) for name, own in rows.items()} == {
        "prefectures_changeset": 1,
        "prefectures_historicalprocedure": 1,
        "prefectures_historicalprocedure_offices": 1,
        "prefectures_historicalstep": 1,
        "prefectures_revision": 1,
    }


def test_a_seal_names_what_a_changeset_wrote_before_it_was_closed_a_first_time():
    sheet = draft()
    with changeset("Pour le test") as writing:
        Step.objects.create(procedure=sheet, kind="post")
        writing.close()
        office_of_sheet = office()
        office_of_sheet.address = "1 place de la Préfecture"
        office_of_sheet.save()
    tables = said(last())["rows"]
    assert {"prefectures_historicalstep", "prefectures_historicalprefecture"} < tables.keys()
    assert faults() == []


def test_a_document_that_readers_see_is_sealed_with_all_its_columns():
    sheet = published()
    with changeset("Pour le test") as writing:
        Step.objects.create(procedure=sheet, kind="post")
    document = PublishedDocument.objects.get(changeset=writing.record)
    seal = last()
    [[key, of, _]] = said(seal)["rows"]["prefectures_publisheddocument"]
    assert (key, of) == (document.pk, sheet.pk)
    covered = json.loads(seal.columns.description)["prefectures_publisheddocument"]
    assert {"content", "sha256", "at", "slug"} < set(covered)
    assert faults() == []


def test_seals_are_numbered_without_gap_and_follow_each_other():
    edited(draft(), headline="Une phrase")
    previous = NOTHING
    for number, seal in enumerate(Seal.objects.order_by("number"), 1):
        assert (seal.number, seal.previous) == (number, previous)
        assert seal.digest == sha256(unpacked(seal.payload)).hexdigest()
        previous = seal.digest


def test_the_head_is_the_last_seal():
    draft()
    assert head() == (last().number, last().digest, last().sealed_at)


def test_a_site_without_history_has_no_head(empty_site):
    assert head() is None


def test_a_changeset_that_fails_leaves_no_seal():
    before = head()

    def fail(sender, **kwargs):
        raise ValidationError(f"Après le sceau {head().number}")

    changeset_sealing.connect(fail)
    try:
        with pytest.raises(ValidationError, match=f"Après le sceau {before.number + 1}"):
            draft()
    finally:
        changeset_sealing.disconnect(fail)
    assert head() == before


def test_a_changeset_that_is_forgotten_leaves_no_seal_and_nothing_else():
    before = head()
    with changeset("Aperçu") as writing, transaction.atomic():
        sheet = Procedure.objects.create(title="Une fiche", departement_id="09")
        writing.close()
        writing.forget()
    assert head() == before
    assert not Procedure.objects.filter(pk=sheet.pk).exists()
    assert not Changeset.objects.filter(reason="Aperçu").exists()


def test_a_changeset_that_writes_nothing_has_no_seal():
    before = head()
    with changeset("Pour le test"):
        pass
    assert head() == before


def test_a_changeset_that_is_kept_empty_is_sealed():
    with changeset("Pour le test", is_kept_empty=True) as writing:
        pass
    assert last().changeset == writing.record
    assert said(last())["rows"].keys() == {"prefectures_changeset"}


def test_the_columns_are_described_once_for_all_seals():
    draft()
    edited(draft("Une autre"), headline="Une phrase")
    assert SealedColumns.objects.count() == 1


def test_every_table_that_names_a_changeset_is_covered():
    names = {table.name for table in tables_of_site()}
    of_history = {name for name in names if "_historical" in name}
    assert names - of_history == {
        "prefectures_changeset",
        "prefectures_publisheddocument",
        "prefectures_revision",
    }
    assert {model._meta.db_table for model in apps.get_models(include_auto_created=True)} >= names
    assert all(
        model._meta.db_table in names
        for model in apps.get_models(include_auto_created=True)
        if model.__name__.startswith("Historical")
    )


def test_a_row_of_history_says_of_which_object_it_tells():
    for table in tables_of_site():
        tracked = getattr(table.model, "instance_type", None)
        if tracked is not None and table.model._meta.pk.name == "history_id":
            assert table.of == tracked._meta.pk.attname


def sealing(work):
    """Return how many queries are sent after the first one for the last seal."""
    with CaptureQueriesContext(connection) as queries:
        work()
    sent = [query["sql"] for query in queries]
    return len(sent) - next(n for n, sql in enumerate(sent) if '"prefectures_seal"' in sql)


def test_a_seal_takes_as_many_queries_for_many_rows_as_for_one():
    def add(count):
        with changeset("Pour le test"):
            sheets = [
                Procedure(title=f"Fiche {count} {number}", departement_id="09")
                for number in range(count)
            ]
            add_all(sheets, {"offices": [[office().pk] for _ in sheets]})

    assert sealing(lambda: add(1)) == sealing(lambda: add(20)) < 16


def test_tables_that_a_changeset_did_not_touch_are_not_asked():
    sheet = draft()
    with CaptureQueriesContext(connection) as queries:
        written(Contact, procedure=sheet, kind="phone", value="01 53 71 53 71")
    asked = [query["sql"] for query in queries if 'prefectures_historicalstep"' in query["sql"]]
    assert asked == []


# --- What was there before --------------------------------------------------------------------


def test_what_was_written_before_there_were_seals_is_sealed_once_in_its_order(unguarded):
    Seal.objects.all().delete()
    SealedColumns.objects.all().delete()
    seal_what_was_there(apps)
    sealed = list(Seal.objects.order_by("number").values_list("changeset", "is_from_before"))
    assert sealed == [
        (pk, True) for pk in Changeset.objects.order_by("pk").values_list("pk", flat=True)
    ]
    assert faults() == []
    before = head()
    seal_what_was_there(apps)
    assert head() == before


def test_what_comes_after_is_not_marked_so(unguarded):
    Seal.objects.all().delete()
    seal_what_was_there(apps)
    draft()
    assert last().is_from_before is False
    assert faults() == []


# --- Several at once --------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_people_who_write_at_once_are_sealed_one_after_the_other():
    sheets = [draft(f"Fiche {number}") for number in range(6)]
    first = head().number
    barrier, failed = threading.Barrier(6), []

    def write(sheet):
        try:
            barrier.wait(10)
            for number in range(5):
                with changeset("Ensemble"):
                    Contact.objects.create(
                        procedure=sheet, kind="phone", value=f"01 53 71 53 {number}1"
                    )
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(sheet,)) for sheet in sheets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []
    assert head().number == first + 30
    assert faults() == []
