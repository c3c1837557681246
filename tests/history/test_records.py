"""The journal as records: all that is asked for, and nothing else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prefectures.gate.history_tables import history_of
from prefectures.history import records as told_in_records
from prefectures.history.journal import THE_SITE, Asked, Kind, lines
from prefectures.history.records import records
from prefectures.history.subjects import tracked
from prefectures.models import (
    Ground,
    JournalEntry,
    Procedure,
    Step,
    changeset,
)
from prefectures.models.journal_entry import note

from ..models.making import draft, edited, published
from .reading_journal import all_lines, newest, recorded

pytestmark = pytest.mark.django_db


def test_each_changed_field_is_a_record():
    sheet = draft()
    with changeset("Lu ce matin", public_reason="Le texte a changé", file_name="a.csv"):
        sheet.headline, sheet.position = "Écrivez.", 3
        sheet.save()
    record = newest().record
    first, second = list(records(Asked()))[:2]
    same = {
        "date": timezone.localtime(record.at).isoformat(timespec="seconds"),
        "qui": "commande du site",
        "nature": "commande",
        "raison": "Lu ce matin",
        "raison pour le public": "Le texte a changé",
        "fichier": "a.csv",
        "modification": str(record.pk),
        "type": "fiche",
        "objet": "fiche 09/une-fiche",
        "action": "changement",
    }
    changed = [{"champ": "phrase d’annonce", "avant": "", "après": "Écrivez."}]
    changed += [{"champ": "rang", "avant": "0", "après": "3"}]
    assert sorted((first, second), key=lambda each: each["champ"]) == [
        same | each for each in changed
    ]


def naive(asked):
    """Return {(modification, type, field, before, after)} by walking all rows of history."""
    wanted = {line.record.pk for line in lines(asked, 10_000)[0] if line.is_changeset}
    rows = set()
    for model in tracked():
        for row in history_of(model).objects.all():
            if row.changeset_id in wanted:
                rows.add((str(row.changeset_id), str(model._meta.verbose_name), row.history_type))
    return rows


DID = {"ajout": "+", "changement": "~", "suppression": "-"}


@pytest.mark.parametrize(("lines_at_once", "changes_at_once"), [(1, 1), (2, 3), (200, 1000)])
@pytest.mark.parametrize(
    "asked",
    [
        Asked(),
        Asked(kind=Kind.IMPORT),
        Asked(words="test"),
        Asked(model=Ground),
        Asked(model=Procedure),
        Asked(person=THE_SITE),
    ],
    ids=["all", "imports", "words", "grounds", "sheets", "the site"],
)
def test_records_hold_all_that_is_asked_for_and_nothing_else(
    asked, lines_at_once, changes_at_once, monkeypatch
):
    monkeypatch.setattr(told_in_records, "LINES_AT_ONCE", lines_at_once)
    monkeypatch.setattr(told_in_records, "CHANGES_AT_ONCE", changes_at_once)
    sheet = published()
    with changeset("Un import", origin="import"):
        for number in range(5):
            Step.objects.create(procedure=sheet, kind="post", instructions=str(number))
    edited(Ground.objects.first(), name="Autre")
    recorded(reason="Qui ne change rien")
    note(JournalEntry.Kind.EXPORTED, detail="Pour le test")
    found = list(records(asked))
    told_of = {
        (record["modification"], record["type"], DID[record["action"]])
        for record in found
        if record["type"]
    }
    assert told_of == naive(asked)
    for line in all_lines(**vars(asked)):
        assert any(
            (record["modification"], record["raison"]) == (identity(line), line.why)
            for record in found
        )


def identity(line):
    return str(line.record.pk) if line.is_changeset else ""


def queries_for_records(asked):
    with CaptureQueriesContext(connection) as queries:
        count = len(list(records(asked)))
    return count, len(queries)


def test_as_many_records_as_a_batch_holds_take_as_many_queries_as_few():
    words = Asked(words="Pour ce test")

    def changed(count):
        for number in range(count):
            with changeset("Pour ce test"):
                sheet = Procedure.objects.first()
                sheet.headline = f"{count}, {number}"
                sheet.save()

    changed(2)
    few, asked = queries_for_records(words)
    changed(40)
    many, as_much = queries_for_records(words)
    assert (few, many) == (2, 42)
    assert as_much == asked
