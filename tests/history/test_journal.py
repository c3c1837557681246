"""The journal as a list: each line is of one kind, found by its filters, and stands on one page."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prefectures.gate.history_tables import history_of
from prefectures.history.journal import THE_SITE, Asked, Kind, Place, lines, place_in
from prefectures.history.subjects import TooManyFoundError, called_like
from prefectures.models import (
    Acknowledgement,
    Departement,
    Ground,
    JournalEntry,
    Prefecture,
    Procedure,
    Step,
    User,
    Verification,
    changeset,
)
from prefectures.models.journal_entry import note

from ..models.making import draft, edited, office, written
from .reading_journal import all_lines, recorded

pytestmark = pytest.mark.django_db


def test_each_line_is_of_one_kind_and_found_by_it():
    for origin in ("form", "import", "command", "restore"):
        recorded(origin=origin)
    recorded(origin="restore", undoes=recorded(origin="import"))
    with changeset("Vérifié : rien n’a changé", origin="form"):
        Verification.objects.create(procedure=Procedure.objects.first())
    for kind in JournalEntry.Kind:
        note(kind)
    everything = all_lines()
    by_kind = {kind: all_lines(kind=kind) for kind in Kind}
    assert all(found for found in by_kind.values())
    assert all(line.kind == kind for kind, found in by_kind.items() for line in found)
    assert sum(map(len, by_kind.values())) == len(everything)


def draft_of_before():
    return Procedure.objects.first()


# --- Filters ---------------------------------------------------------------------------------


def test_one_finds_what_somebody_did_and_what_the_site_did():
    lea = User.objects.create_user("lea")
    recorded(author=lea, reason="De Léa")
    note(JournalEntry.Kind.SIGNED_IN, lea)
    assert [line.kind for line in all_lines(person=lea.pk)] == [Kind.SIGNED_IN, Kind.FORM]
    assert not {"De Léa"} & {line.why for line in all_lines(person=THE_SITE)}
    assert all(line.record.author_id is None for line in all_lines(person=THE_SITE))


def test_a_day_is_one_of_paris():
    at = timezone.make_aware(datetime(2024, 7, 1))
    for minutes in (-1, 0, 24 * 60 - 1, 24 * 60):
        recorded(at=at + timedelta(minutes=minutes), reason=str(minutes))
    found = all_lines(since=at, until=at + timedelta(days=1))
    assert [line.why for line in found] == ["1439", "0"]


def test_a_sheet_is_found_with_what_was_done_to_its_parts_alone():
    sheet = draft()
    written(Step, procedure=sheet, kind="post")
    written(Acknowledgement, procedure=sheet, kind="ended", fingerprint="0" * 64, reason="x")
    draft("Une autre")
    found = all_lines(model=Procedure, keys=called_like(Procedure, sheet.key))
    assert len(found) == 3


def test_what_stands_alone_is_found_by_its_name():
    place = edited(office(), printed_name="Préfecture de l’Ariège")
    found = all_lines(model=Prefecture, keys=called_like(Prefecture, "09/prefecture-de-foix"))
    assert found[0].record == history_of(Prefecture).objects.filter(id=place.pk)[0].changeset


def test_the_sign_ins_of_an_account_are_found_with_its_changes():
    lea = User.objects.create_user("lea")
    note(JournalEntry.Kind.REFUSED, lea)
    found = all_lines(model=User, keys=called_like(User, "lea"))
    assert [line.kind for line in found] == [Kind.REFUSED, Kind.COMMAND]


@pytest.mark.parametrize("text", ["09/une-fiche", "09/un-autre-nom", " 09/une-fiche ", "Une FICHÉ"])
def test_a_sheet_is_found_by_its_key_of_now_or_of_before_and_by_its_words(text):
    sheet = draft("Une fiche")
    edited(sheet, slug="un-autre-nom")
    assert called_like(Procedure, text) == {sheet.pk}


def test_a_sheet_that_is_gone_is_found_by_its_words():
    sheet = draft("Introuvable ailleurs")
    pk = sheet.pk
    with changeset("Pour le test"):
        sheet.delete()
    assert called_like(Procedure, "introuvable ailleurs") == {pk}


def test_a_place_is_found_by_its_code():
    assert called_like(Departement, "34") == {"34"}


@pytest.mark.parametrize("text", ["", "  ", "?!", "rien de tel", "/", "%", "\\"])
def test_what_nothing_is_called_is_not_found(text):
    assert called_like(Procedure, text) == called_like(Ground, text) == set()


def test_what_too_much_is_called_is_refused(monkeypatch):
    monkeypatch.setattr("prefectures.history.subjects.MOST_FOUND", 3)
    with pytest.raises(TooManyFoundError):
        called_like(Procedure, "prefecture")


# --- By the page -----------------------------------------------------------------------------


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    moments=st.lists(st.tuples(st.booleans(), st.integers(0, 3)), max_size=12),
    size=st.integers(1, 4),
)
def test_page_after_page_shows_each_line_once_in_order_both_ways(db, moments, size):
    with transaction.atomic():
        since = timezone.now() + timedelta(days=1)
        for is_changeset, seconds in moments:
            at = since + timedelta(seconds=seconds)
            if is_changeset:
                recorded(at=at)
            else:
                JournalEntry.objects.create(at=at, kind="exported")
        asked = Asked(since=since)
        whole = lines(asked, 100)[0]
        assert len(whole) == len(moments)
        down, place, more = [], None, True
        while more:
            found, more = lines(asked, size, older_than=place)
            down += found
            place = found[-1].place if found else None
        assert [line.place for line in down] == [line.place for line in whole]
        if whole:
            up, place, more = [], whole[-1].place, True
            while more:
                found, more = lines(asked, size, newer_than=place)
                up = found + up
                place = found[0].place if found else None
            assert [line.place for line in up] == [line.place for line in whole[:-1]]
        transaction.set_rollback(True)


def test_a_place_is_written_and_read_alike():
    place = Place(timezone.now(), "e", 12)
    assert place_in(str(place)) == place


@pytest.mark.parametrize(
    "text", ["", "x", "12", "e12", "1m", "1e²", "9" * 20 + "e1", "-1e1", "1e1\n"]
)
def test_a_place_that_is_none_is_none(text):
    assert place_in(text) is None
