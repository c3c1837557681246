"""How old the information of a sheet is: the later of its update and its last verification."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from prefectures.models import Link, Procedure, Verification, changeset

from .making import draft, written

pytestmark = pytest.mark.django_db


def aged(sheet):
    return Procedure.objects.with_age().get(pk=sheet.pk)


def on(monkeypatch, day):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: day)


# --- The day it was confirmed -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("updated", "verified", "confirmed"),
    [
        (None, [], None),
        (date(2024, 1, 1), [], date(2024, 1, 1)),
        (None, [date(2024, 2, 2)], date(2024, 2, 2)),
        (date(2024, 1, 1), [date(2024, 2, 2)], date(2024, 2, 2)),
        (date(2024, 3, 3), [date(2024, 2, 2)], date(2024, 3, 3)),
        (None, [date(2024, 2, 2), date(2023, 1, 1)], date(2024, 2, 2)),
        (date(2023, 6, 6), [date(2023, 1, 1), date(2024, 2, 2)], date(2024, 2, 2)),
    ],
)
def test_a_sheet_is_confirmed_by_the_later_of_update_and_verification(updated, verified, confirmed):
    sheet = draft(updated_on=updated)
    for day in verified:
        written(Verification, procedure=sheet, verified_on=day)
    assert aged(sheet).confirmed_on == confirmed


def test_a_verification_confirms_its_own_sheet_only():
    written(Verification, procedure=draft("Une"), verified_on=date(2024, 2, 2))
    assert aged(draft("Autre")).confirmed_on is None


def test_the_last_verification_is_known_by_itself():
    sheet = draft(updated_on=date(2024, 3, 3))
    written(Verification, procedure=sheet, verified_on=date(2024, 2, 2))
    assert aged(sheet).last_verified_on == date(2024, 2, 2)


def test_the_age_of_all_sheets_takes_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        list(Procedure.objects.with_age().stale())


# --- Months -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "confirmed", "months"),
    [
        (date(2024, 5, 15), date(2024, 5, 15), 0),
        (date(2024, 5, 14), date(2024, 4, 15), 0),
        (date(2024, 5, 15), date(2024, 4, 15), 1),
        (date(2024, 1, 15), date(2023, 12, 15), 1),
        (date(2024, 2, 29), date(2024, 1, 31), 0),
        (date(2024, 3, 1), date(2024, 1, 31), 1),
        (date(2025, 2, 28), date(2024, 2, 29), 11),
        (date(2025, 3, 1), date(2024, 2, 29), 12),
        (date(2024, 2, 29), date(2023, 8, 31), 5),
        (date(2024, 3, 1), date(2023, 8, 31), 6),
    ],
)
def test_months_are_counted_whole(monkeypatch, today, confirmed, months):
    on(monkeypatch, today)
    assert aged(draft(updated_on=confirmed)).months_old == months


@pytest.mark.parametrize(
    "write",
    [
        lambda day: draft(updated_on=day),
        lambda day: written(Verification, procedure=draft(), verified_on=day),
        lambda day: written(Link, procedure=draft(), label="Page", consulted_on=day),
    ],
    ids=["updated", "verified", "consulted"],
)
def test_what_was_done_is_not_dated_in_the_future(monkeypatch, write):
    on(monkeypatch, date(2024, 5, 15))
    with pytest.raises(ValidationError, match="dans l’avenir"):
        write(date(2024, 5, 16))


def test_the_age_of_a_sheet_without_any_date_is_unknown():
    assert aged(draft()).months_old is None


def test_a_sheet_of_unknown_age_is_stale():
    assert aged(draft()).is_stale


@pytest.mark.parametrize(
    ("confirmed", "stale"),
    [(date(2023, 11, 15), True), (date(2023, 11, 16), False), (date(2024, 5, 15), False)],
)
def test_a_sheet_is_stale_after_six_months(monkeypatch, confirmed, stale):
    on(monkeypatch, date(2024, 5, 15))
    assert aged(draft(updated_on=confirmed)).is_stale is stale


# --- The database and the sheet agree ---------------------------------------------------------

DAYS = st.dates(date(2019, 1, 1), date(2029, 12, 31))
AGES = st.integers(0, 400).map(timedelta)


@settings(max_examples=150)
@given(today=DAYS, age=AGES)
def test_the_database_calls_stale_what_the_sheet_calls_stale(today, age):
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        on(patch, today)
        sheet = aged(draft(updated_on=today - age))
        sheets = Procedure.objects.with_age()
        assert sheets.stale().contains(sheet) is sheet.is_stale
        assert sheets.fresh().contains(sheet) is not sheet.is_stale
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "today",
    [
        date(2024, 2, 29),
        date(2023, 2, 28),
        date(2024, 8, 31),
        date(2024, 8, 30),
        date(2024, 12, 31),
    ],
)
def test_the_database_and_the_sheet_agree_on_every_age_around_six_months(monkeypatch, today):
    on(monkeypatch, today)
    with changeset("Pour le test"):
        for days in range(170, 195):
            Procedure.objects.create(
                departement_id="75", title=f"Vieille de {days} jours",
                updated_on=today - timedelta(days),
            )  # fmt: skip
    ours = Procedure.objects.with_age().filter(departement="75")
    by_sheet = {sheet.pk for sheet in ours if sheet.is_stale}
    assert {sheet.pk for sheet in ours.stale()} == by_sheet
    assert {sheet.pk for sheet in ours.fresh()} == {sheet.pk for sheet in ours} - by_sheet
    assert 0 < len(by_sheet) < 25


def test_a_sheet_of_unknown_age_is_stale_in_the_database_too():
    sheet = draft()
    assert Procedure.objects.with_age().stale().contains(sheet)
    assert not Procedure.objects.with_age().fresh().contains(sheet)
