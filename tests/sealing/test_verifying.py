"""What verification says of each way of touching the history: which row, of what, by whom."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from prefectures.gate.history_tables import past_links_of
from prefectures.models import (
    Changeset,
    Procedure,
    Revision,
    Seal,
    SealedColumns,
    Step,
    changeset,
)
from prefectures.sealing import tables as sealed_tables
from prefectures.sealing.faults import Kind
from prefectures.sealing.sealing import seal_anew
from prefectures.sealing.tables import tables_of_site
from prefectures.sealing.verifying import Verifier

from ..models.making import edited, office, rows_of
from .tampering import rows
from .verification import found

pytestmark = pytest.mark.django_db


def only():
    [fault] = found()
    return fault


def history(step):
    return rows(Step.history.model).filter(id=step.pk).order_by("history_id")


def test_a_history_that_nobody_touched_has_no_fault(step):
    assert found() == []


def test_a_row_that_was_altered_is_named_with_its_changeset(step):
    second = rows_of(step)[1]
    history(step).filter(pk=second.pk).update(address="4 rue de la Paix")
    fault = only()
    assert (fault.kind, fault.key) == (Kind.ALTERED, second.pk)
    said = str(fault)
    assert said.startswith("Ligne modifiée après coup\u00a0: étape «\u00a01.")
    assert f"(table prefectures_historicalstep, ligne {second.pk})" in said
    assert f"Modification n° {second.changeset_id} du " in said
    assert "«\u00a0Pour le test\u00a0», sceau n° " in said


@pytest.mark.parametrize(
    ("model", "column"),
    [
        (table.model, field.attname)
        for table in tables_of_site()
        if table.model in (Changeset, Revision, Procedure.history.model)
        for field in table.fields
        if not field.is_relation and not isinstance(field, models.DateField)
    ],
    ids=str,
)
def test_no_column_is_left_out(model, column, step):
    field = model._meta.get_field(column)
    row = rows(model).order_by("pk").last()
    value = getattr(row, column)
    match field:
        case models.BooleanField():
            other = not value
        case models.IntegerField():
            other = value + 1
        case _:
            others = [choice for choice, _ in field.flatchoices] or ["x", "y"]
            other = next(other for other in others if other != value)
    rows(model).filter(pk=row.pk).update(**{column: other})
    assert (only().kind, only().key) == (Kind.ALTERED, row.pk)


def test_a_moment_that_was_moved_by_the_smallest_time_is_seen(step):
    [_, second, _] = rows_of(step)
    moved = second.history_date + timedelta(microseconds=1)
    history(step).filter(pk=second.pk).update(history_date=moved)
    assert only().key == second.pk


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps dates only")
@pytest.mark.parametrize("value", ["garbage", "", b"\xff", "2026-99-99"])
def test_what_no_field_can_read_is_a_fault_and_no_crash(value, step):
    [_, second, _] = rows_of(step)
    with connection.cursor() as cursor:
        for table, column, key, row in (
            ("historicalstep", "history_date", "history_id", second.pk),
            ("seal", "sealed_at", "number", 2),
        ):
            cursor.execute(
                f"UPDATE prefectures_{table} SET {column} = %s WHERE {key} = %s", [value, row]
            )
    assert [fault.kind for fault in found()] == [Kind.SEAL_ALTERED, Kind.ALTERED]


def test_a_row_that_was_removed_is_named_with_what_is_left_of_its_object(step):
    [first, *_] = rows_of(step)
    history(step).filter(pk=first.pk)._raw_delete("default")
    fault = only()
    assert (fault.kind, fault.key) == (Kind.REMOVED, first.pk)
    assert "étape «\u00a01." in str(fault)
    assert "«\u00a0Une fiche pour le test\u00a0»" in str(fault)


def test_a_row_that_was_added_is_named(step):
    [first, *_] = rows_of(step)
    first.pk = None
    models.Model.save_base(first, force_insert=True)
    fault = only()
    assert (fault.kind, fault.key) == (Kind.INSERTED, first.pk)
    assert "étape «\u00a01." in str(fault)


def test_a_row_that_was_given_to_another_changeset_is_named(step):
    [_, second, third] = rows_of(step)
    history(step).filter(pk=second.pk).update(changeset=third.changeset)
    assert [(fault.kind, fault.key) for fault in found()] == [
        (Kind.MOVED, second.pk),
        (Kind.INSERTED, second.pk),
    ]


def test_two_rows_that_were_exchanged_are_named(step):
    with changeset("Deux étapes"):
        pks = [
            Step.objects.create(procedure_id=step.procedure_id, kind="post", address=address).pk
            for address in ("Ici", "Là")
        ]
    [one, other] = rows(Step.history.model).filter(id__in=pks).order_by("pk")
    one.pk, other.pk = other.pk, one.pk
    for row in (one, other):
        models.Model.save_base(row, force_update=True)
    [first, _] = found()
    assert (first.kind, first.key, first.other) == (Kind.EXCHANGED, other.pk, one.pk)
    assert str(first).startswith(f"Ligne qui dit ce que disait une autre, la ligne {one.pk}")


def test_a_link_that_was_altered_is_told_with_its_object(step):
    links = rows(past_links_of(Procedure, Procedure._meta.get_field("offices")))
    link = links.order_by("pk").last()
    links.filter(pk=link.pk).update(prefecture=office("sous-prefecture-de-pamiers"))
    fault = only()
    assert (fault.kind, fault.key) == (Kind.ALTERED, link.pk)
    assert "fiche, guichets où l’on dépose «\u00a0Dépôt à Foix (09)\u00a0»" in str(fault)


def test_a_changeset_says_what_it_said_when_it_was_sealed(step):
    [record, *_] = [row.changeset for row in rows_of(step)]
    rows(Changeset).filter(pk=record.pk).update(reason="Rien de spécial")
    assert only().key == record.pk
    assert "«\u00a0Une fiche pour le test\u00a0»" in str(only())


def test_a_changeset_without_seal_is_named_by_its_number(step):
    record = Changeset.objects.create(origin="form", reason="Glissée là")
    fault = only()
    assert (fault.kind, fault.key) == (Kind.INSERTED, record.pk)
    assert str(fault).startswith(
        "Ligne ajoutée, qu’aucun sceau ne connaît\u00a0: modification (table"
    )
    assert "«\u00a0Glissée là\u00a0», sans sceau." in str(fault)


# --- What the site becomes ----------------------------------------------------------------------


class Narrower(sealed_tables.Tables):
    """The site as it was before ``column`` was added to the history of steps."""

    column = "address"

    def __init__(self, registry):
        super().__init__(registry)
        table = self.by_name["prefectures_historicalstep"]
        table.fields = [field for field in table.fields if field.column != self.column]
        table.columns = [field.column for field in table.fields]


def test_a_column_that_is_added_later_breaks_no_old_seal(step, monkeypatch):
    before = Narrower(apps)
    monkeypatch.setattr("prefectures.sealing.sealing.tables_of_site", lambda: before)
    edited(step, hours="Le lundi")
    monkeypatch.undo()
    assert found() == []
    edited(step, hours="Le mardi")
    assert SealedColumns.objects.count() == 2
    assert found() == []
    narrow = rows_of(step)[-2]
    history(step).filter(pk=narrow.pk).update(hours="Le jeudi")
    assert only().key == narrow.pk


def test_a_column_that_is_gone_is_told_and_the_rest_still_held(step, monkeypatch):
    without = Narrower(apps)
    monkeypatch.setattr("prefectures.sealing.verifying.tables_of_site", lambda: without)
    verifier = Verifier()
    assert list(verifier.faults()) == []
    assert verifier.no_longer_there.keys() == {"prefectures_historicalstep.address"}
    [first, *_] = rows_of(step)
    history(step).filter(pk=first.pk)._raw_delete("default")
    assert only().kind == Kind.REMOVED


def test_choices_in_another_order_break_no_seal(step, monkeypatch):
    sheet = edited(step.procedure, refused_channels=["online", "postal"])
    field = Procedure.history.model._meta.get_field("refused_channels")
    before = Procedure.history.filter(id=sheet.pk).latest().refused_channels
    monkeypatch.setattr(field, "choices", list(reversed(field.choices)))
    assert Procedure.history.filter(id=sheet.pk).latest().refused_channels == before[::-1]
    assert found() == []


# --- What a migration had to change -------------------------------------------------------------


@pytest.fixture
def rewritten(step):
    """A migration has changed a row, removed another and added one of the past, and sealed that."""
    [first, second, third] = rows_of(step)
    history(step).filter(pk=first.pk).update(address="1, rue de la Paix")
    history(step).filter(pk=second.pk)._raw_delete("default")
    third.pk = None
    models.Model.save_base(third, force_insert=True)
    seal_anew(apps, ["prefectures_historicalstep"], "Adresses sur une ligne")
    return step


def test_what_a_migration_sealed_anew_holds_in_the_place_of_what_was_sealed(rewritten):
    verifier = Verifier()
    assert list(verifier.faults()) == []
    [told] = verifier.rewritten
    assert (told.rewritten, list(told.rows)) == (
        "Adresses sur une ligne",
        ["prefectures_historicalstep"],
    )


def test_what_comes_after_a_migration_is_sealed_as_before(rewritten):
    edited(rewritten, address="5 rue de la Paix")
    assert found() == []
    last = rows_of(rewritten)[-1]
    history(rewritten).filter(pk=last.pk).update(address="6 rue de la Paix")
    assert (only().kind, only().key) == (Kind.ALTERED, last.pk)


def test_a_row_that_is_altered_after_a_migration_is_named(rewritten):
    [first, *_] = rows_of(rewritten)
    history(rewritten).filter(pk=first.pk).update(address="1 rue de la Paix")
    assert (only().kind, only().key) == (Kind.ALTERED, first.pk)
    assert "Refaite par une mise à jour du site\u00a0: «\u00a0Adresses sur une ligne\u00a0»" in str(
        only()
    )


def test_a_row_that_is_added_to_the_past_after_a_migration_is_named(rewritten):
    [first, *_] = rows_of(rewritten)
    first.pk = None
    models.Model.save_base(first, force_insert=True)
    assert (only().kind, only().key) == (Kind.INSERTED, first.pk)


def test_a_row_that_is_removed_after_a_migration_is_named(rewritten):
    [first, *_] = rows_of(rewritten)
    history(rewritten).filter(pk=first.pk)._raw_delete("default")
    assert (only().kind, only().key) == (Kind.REMOVED, first.pk)


def test_two_migrations_may_change_the_same_table(rewritten):
    history(rewritten).update(address="Partout")
    seal_anew(apps, ["prefectures_historicalstep"], "Encore")
    assert found() == []


# --- How ----------------------------------------------------------------------------------------


def test_as_many_queries_are_sent_for_many_changesets_as_for_few(step, django_assert_num_queries):
    with CaptureQueriesContext(connection) as few:
        found()
    for number in range(12):
        edited(step, address=f"{number} rue de la Paix")
    with django_assert_num_queries(len(few)):
        found()


def test_progress_is_told_up_to_the_last_seal(step, monkeypatch):
    monkeypatch.setattr("prefectures.sealing.verifying.SOME_SEALS", 3)
    told = []
    list(Verifier(on_progress=lambda *progress: told.append(progress)).faults())
    count = Seal.objects.count()
    assert told[-1] == ("Sceaux vérifiés", count, count)
    assert [done for _, done, _ in told] == [*range(3, count, 3), count]


def test_all_is_verified_some_rows_at_a_time(step, monkeypatch):
    monkeypatch.setattr("prefectures.sealing.verifying.SOME_SEALS", 2)
    monkeypatch.setattr("prefectures.sealing.verifying.SOME_ROWS", 1)
    assert found() == []
    second = rows_of(step)[1]
    history(step).filter(pk=second.pk).update(address="4 rue de la Paix")
    assert only().key == second.pk
