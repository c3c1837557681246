"""What the database counts as waiting is what the queue shows."""

from datetime import date, timedelta
from itertools import product

import pytest

from prefectures.models import (
    GivenAddress,
    Procedure,
    Snooze,
    Step,
    Verdict,
    Verification,
    WatchedAddress,
    changeset,
)
from prefectures.models.age import months_ago
from prefectures.monitoring.counting import count_waiting, without_risk
from prefectures.monitoring.queue import checked, waiting

from ..models.making import all_grounds, written
from .watching import on, page_changed

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 30)
# Both sides of each limit, at the end of a month that is shorter than others.
THREE_MONTHS, SIX_MONTHS = date(2026, 8, 30), date(2026, 5, 30)
A_DAY = timedelta(days=1)
DAYS = [None, TODAY, THREE_MONTHS + A_DAY, THREE_MONTHS, SIX_MONTHS + A_DAY, SIX_MONTHS]
SAID = [
    {},
    {"situation": "suspended"},
    {"valid_until": TODAY},
    {"valid_until": TODAY - A_DAY},
]


@pytest.fixture
def day():
    with on(TODAY.isoformat()):
        yield


def sheets_of(many):
    """Publish a sheet for each of ``many`` (fields, kind of its step, day of a verification)."""
    with changeset("Pour le test"):
        for number, (fields, step, verified_on) in enumerate(many):
            sheet = Procedure.objects.create(
                title=f"Fiche {number}", departement_id="09", publication="published", **fields
            )
            sheet.grounds.add(all_grounds())
            Step.objects.create(procedure=sheet, kind=step)
            if verified_on:
                Verification.objects.create(procedure=sheet, verified_on=verified_on)


def both():
    """Return the keys of the sheets without a risk: as the database says, and as ``risk.py``."""
    found = Procedure.objects.published().filter(without_risk())
    return (
        set(found.values_list("pk", flat=True)),
        {item.sheet.pk for item in checked() if not item.risks},
    )


def test_of_a_sheet_of_any_age_that_says_anything_both_say_the_same(day):
    sheets_of(
        ({**said, "updated_on": updated_on}, step, verified_on)
        for updated_on, verified_on, said, step in product(
            DAYS, DAYS, SAID, ("post", "book_online")
        )
    )
    counted, told = both()
    assert counted == told
    assert 0 < len(told) < len(DAYS) ** 2 * len(SAID) * 2
    assert count_waiting() == len(waiting())


def test_of_a_sheet_with_any_address_both_say_the_same(day):
    sheets_of([({"updated_on": TODAY}, "post", None)] * (2 * len(Verdict) + 2))
    sheets = Procedure.objects.filter(title__startswith="Fiche ").order_by("pk")
    cases = product(["", *Verdict], [TODAY - timedelta(days=7), TODAY - timedelta(days=6)])
    for sheet, (verdict, since) in zip(sheets, cases, strict=True):
        url = f"https://a.fr/{sheet.pk}"
        address = WatchedAddress.objects.create(url=url, verdict=verdict, since=since)
        GivenAddress.objects.create(procedure=sheet, address=address)
    counted, told = both()
    assert counted == told
    # Gone, moved, another kind, a certificate, since either day; and out, for a week.
    assert len(sheets) - len(told & {sheet.pk for sheet in sheets}) == 9
    GivenAddress.objects.filter(procedure=sheets[0]).update(is_given=False)
    assert count_waiting() == len(waiting())


def test_a_sheet_that_is_put_off_is_counted_once_something_wakes_it(day):
    sheets_of([({"updated_on": None}, "post", None)] * 3)
    before = count_waiting()
    sheet = Procedure.objects.get(title="Fiche 1")
    said = {"reason": "La préfecture répond bientôt", "snoozed_on": TODAY - timedelta(days=5)}
    written(Snooze, procedure=sheet, until=TODAY + timedelta(days=9), **said)
    assert count_waiting() == len(waiting()) == before - 1
    page_changed(sheet, "https://a.fr/x", "Par courrier", "En ligne")
    assert count_waiting() == len(waiting()) == before


def test_a_sheet_that_was_put_off_until_today_is_counted(day):
    sheets_of([({"updated_on": None}, "post", None)])
    before = count_waiting()
    sheet = Procedure.objects.get(title="Fiche 0")
    written(Snooze, procedure=sheet, until=TODAY + A_DAY, reason="Demain")
    assert count_waiting() == before - 1
    with on("2026-12-01"):
        assert count_waiting() == len(waiting()) == before


def test_a_month_ago_is_the_same_day_or_the_last_one_of_a_shorter_month():
    with on("2026-05-31"):
        assert months_ago(3) == date(2026, 2, 28)
    with on("2026-01-31"):
        assert months_ago(3) == date(2025, 10, 31)
