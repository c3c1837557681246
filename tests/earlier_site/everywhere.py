"""What a site quoted before quotations were rows, it quotes still: now, and in each version.

Run by ``tests/test_earlier_site.py``, in a process and a database of its own.
"""

import re

import pytest

from prefectures.contradictions import contradictions_of
from prefectures.history.timeline import timeline
from prefectures.history.undo import undo
from prefectures.models import (
    Acknowledgement,
    Changeset,
    Procedure,
    PublishedDocument,
    Quotation,
    Revision,
    Seal,
    Step,
    changeset,
)
from prefectures.published.gathering import documents_now
from prefectures.published.keeping import newest
from prefectures.sealing.verifying import Verifier
from prefectures.sheets.difference import changes
from prefectures.sheets.kinds import row_kind
from prefectures.sheets.reading import sheets_at, sheets_now
from prefectures.sheets.writing import write

pytestmark = pytest.mark.django_db
QUOTATIONS, STEPS = row_kind(Quotation), row_kind(Step)


def quoted(state):
    """Return what a version quotes, as the earlier edition told it."""
    if state.sheet is None:
        return None
    rows = state.rows[QUOTATIONS]
    if not rows:
        return ["", None, None, None]
    assert list(rows) == [1]
    values = rows[1].values
    link = next(
        (
            number
            for kind, links in state.rows.items()
            for number, row in links.items()
            if kind.part == "links" and row.pk == values["link"]
        ),
        None,
    )
    return [values["text"], values["is_excerpt"], link, values["publisher"]]


def was(told):
    """Of what quoted no words, nothing else was shown."""
    return told if told is None or told[0] else ["", None, None, None]


def test_every_version_of_every_sheet_quotes_what_it_quoted(earlier):
    versions = earlier["versions"]
    assert len(versions) == Revision.objects.count() > 70
    now = [
        [sheet, number, quoted(sheets_at({sheet: number})[sheet])] for sheet, number, _ in versions
    ]
    assert now == [[sheet, number, was(told)] for sheet, number, told in versions]


def test_every_sheet_quotes_today_what_its_last_version_does():
    pks = list(Procedure.objects.values_list("pk", flat=True))
    last = sheets_at(Revision.last_numbers(pks))
    for pk, state in sheets_now(pks).items():
        assert state.rows[QUOTATIONS] == last[pk].rows[QUOTATIONS]


def test_every_history_row_of_a_sheet_that_quoted_has_one_of_its_quotation(earlier):
    held = earlier["tables"]["prefectures_historicalprocedure"]
    names = ("changeset_id", "id", "history_type", "official_text")
    at = [held["columns"].index(name) for name in names]
    quoting = {
        (changeset, sheet)
        for changeset, sheet, kind, text in ([row[i] for i in at] for row in held["rows"])
        if text and kind != "-"
    }
    rows = set(Quotation.history.exclude(history_type="-").values_list("changeset", "procedure"))
    assert len(quoting) > 40
    assert quoting - rows == set()


def test_a_quotation_comes_and_goes_once_in_turn():
    kinds = {}
    for row in Quotation.history.order_by("id", "history_id"):
        kinds[row.id] = kinds.get(row.id, "") + row.history_type
        assert Revision.objects.filter(
            procedure=row.procedure_id, changeset=row.changeset_id
        ).exists()
    assert all(re.fullmatch(r"(\+~*-)*(\+~*)?", told) for told in kinds.values()), kinds
    alive = {pk for pk, told in kinds.items() if not told.endswith("-")}
    assert alive == set(Quotation.objects.values_list("pk", flat=True))


def test_every_published_version_has_the_document_that_readers_saw():
    published = Revision.objects.filter(publication="published")
    kept = set(PublishedDocument.objects.exclude(sha256="").values_list("procedure", "changeset"))
    first = {(row.procedure_id, row.changeset_id) for row in published.filter(number=1)}
    assert first - kept == set() != first
    pks = list(Procedure.objects.published().values_list("pk", flat=True))
    now = {pk: document.sha256 for pk, (_, document) in documents_now(pks).items()}
    assert {pk: row.sha256 for pk, row in newest(pks).items()} == now != {}


def test_no_key_of_a_quotation_that_is_gone_is_given_again():
    sheet = Procedure.objects.order_by("pk").first()
    with changeset("Pour le test"):
        row = sheet.quotations.create(text="<p>Une de plus</p>")
    assert row.pk > max(Quotation.history.exclude(id=row.pk).values_list("id", flat=True))
    had_one = Quotation.history.filter(procedure=sheet.pk, number=1).exists()
    assert row.number == (2 if had_one else 1)


def test_a_sheet_goes_back_to_the_words_of_an_old_version(earlier):
    for pk, number, told in earlier["versions"]:
        sheet = Procedure.objects.filter(pk=pk).first()
        if sheet is None or told is None:
            continue
        then = sheets_at({pk: number})[pk]
        with changeset("Retour"):
            write(list(changes(sheets_now([pk])[pk], then)))
        assert quoted(sheets_now([pk])[pk]) == was(told)


def test_an_import_of_then_is_still_undone(earlier, django_user_model):
    author = django_user_model.objects.get()
    for pk in earlier["undoable"]:
        undo(Changeset.objects.get(pk=pk), author, leaving_later_changes=True)
    sheets = Procedure.objects.values_list("pk", flat=True)
    assert {quoted(state)[0] for state in sheets_now(list(sheets)).values()}


def test_what_happened_to_the_words_is_told_in_the_changeset_that_did_it():
    sheets = set(Quotation.history.values_list("procedure", flat=True))
    told = [
        touched
        for sheet in sheets
        for entry in timeline(Procedure, sheet)
        for touched in entry.touched
        if touched.name == "citation n° 1"
    ]
    assert {touched.kind for touched in told} == {"+", "~", "-"}
    assert [touched for touched in told if touched.kind == "~" and not touched.changes] == []


def test_where_only_the_words_changed_nothing_else_is_told():
    told = [
        [touched.name for touched in entry.touched]
        for pk in Procedure.objects.values_list("pk", flat=True)
        for entry in timeline(Procedure, pk)
    ]
    assert ["citation n° 1"] in told
    assert [] not in told


def test_an_accent_that_was_meant_is_meant_still():
    said = Acknowledgement.objects.filter(kind="accented_host")
    assert said.count() == 4
    for item in said:
        [sheet] = Procedure.objects.filter(pk=item.procedure_id)
        meant = [found.acknowledged for found in contradictions_of([sheet])[sheet.pk]]
        assert item in meant


def test_registered_post_is_asked_of_whom_it_was(earlier):
    now = list(Step.objects.order_by("pk").values_list("pk", "registered"))
    assert now == [(pk, "required" if yes else "") for pk, yes in earlier["registered"]]
    assert "required" in dict(now).values()


def test_what_was_written_before_there_were_seals_is_sealed_and_marked_so(earlier):
    before = len(earlier["tables"]["prefectures_changeset"]["rows"])
    assert list(Verifier().faults()) == []
    sealed = Seal.objects.filter(is_from_before=True).order_by("number")
    assert list(sealed.values_list("changeset", flat=True)) == list(
        Changeset.objects.order_by("pk").values_list("pk", flat=True)[:before]
    )
    assert before > 50
