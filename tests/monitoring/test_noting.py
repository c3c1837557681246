"""What is said of an address, and since when: what would call it dead waits for another day."""

from datetime import UTC, date, datetime

import pytest

from prefectures.models import Verdict, WatchedAddress
from prefectures.monitoring.judging import Judgement
from prefectures.monitoring.noting import LONGEST_DETAIL, NEEDS_ANOTHER_DAY, note

FIRST, SECOND, THIRD = (date(2026, 12, day) for day in (1, 2, 3))
AT = datetime(2026, 12, 1, 12, tzinfo=UTC)
AT_ONCE = sorted(set(Verdict) - NEEDS_ANOTHER_DAY)


def noted(*tries):
    """Return an address after tries, each (day, verdict) or (day, verdict, where it moved to)."""
    address = WatchedAddress(url="https://a.fr/x")
    for day, verdict, *moved_to in tries:
        note(address, Judgement(verdict, "Ce qui fut répondu.", *moved_to), AT, day)
    return address


@pytest.mark.parametrize("verdict", AT_ONCE)
def test_what_may_pass_is_said_at_once(verdict):
    address = noted((FIRST, verdict))
    assert (address.verdict, address.since) == (verdict, FIRST)


@pytest.mark.parametrize("verdict", sorted(NEEDS_ANOTHER_DAY))
def test_what_needs_another_day_is_said_on_it_and_since_the_first(verdict):
    works = (FIRST, Verdict.WORKS)
    once = noted(works, (SECOND, verdict), (SECOND, verdict))
    assert (once.verdict, once.is_unsure) == (Verdict.WORKS, True)
    twice = noted(works, (SECOND, verdict), (THIRD, verdict))
    assert (twice.verdict, twice.since, twice.is_unsure) == (verdict, SECOND, False)


def test_a_day_that_saw_something_else_in_between_begins_anew():
    address = noted((FIRST, Verdict.GONE), (SECOND, Verdict.OUT), (THIRD, Verdict.GONE))
    assert (address.verdict, address.seen_since) == (Verdict.OUT, THIRD)


def test_a_page_that_moved_to_another_place_has_to_be_seen_there_again():
    there, elsewhere = "https://a.fr/y", "https://a.fr/z"
    address = noted((FIRST, Verdict.MOVED, there), (SECOND, Verdict.MOVED, elsewhere))
    assert address.verdict == ""
    assert address.moved_to == elsewhere


def test_when_it_last_worked_stays_known():
    address = noted((FIRST, Verdict.WORKS), (SECOND, Verdict.GONE), (THIRD, Verdict.GONE))
    assert address.worked_on == FIRST


def test_what_a_site_says_at_length_is_cut_to_what_may_be_kept():
    address = WatchedAddress(url="https://a.fr/x")
    note(address, Judgement(Verdict.OUT, "x" * 9000), AT, FIRST)
    assert len(address.detail) == LONGEST_DETAIL
