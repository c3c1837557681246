"""How far a sheet can be trusted, and in which order sheets are to be looked at."""

from datetime import date
from itertools import pairwise
from types import SimpleNamespace

import pytest

from prefectures.models import GivenAddress, Procedure, Verdict, WatchedAddress
from prefectures.models.age import looked_from
from prefectures.monitoring.risk import WEIGHTS, Kind, Level, level_of, risks_of

TODAY = date(2026, 12, 1)


def kinds(*addresses, confirmed_on=TODAY, books_online=False, **fields):
    sheet = Procedure(**fields)
    sheet.confirmed_on = confirmed_on
    with looked_from(TODAY):
        found = risks_of(sheet, books_online=books_online, addresses=addresses)
    return [risk.kind for risk in found], level_of(found)


def address(verdict=Verdict.WORKS, since=date(2026, 11, 1), changed_on=None):
    watched = WatchedAddress(url="https://a.fr/x", verdict=verdict, since=since)
    row = GivenAddress(address=watched, changed_on=changed_on)
    row.changed_id = changed_on and 1
    return row


def test_a_sheet_of_today_that_nothing_speaks_against_is_fresh():
    assert kinds(address()) == ([], Level.FRESH)


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2026, 6, 2), ([], Level.FRESH)),
        (date(2026, 6, 1), ([Kind.OLD], Level.OLD)),
        (None, ([Kind.NO_DATE], Level.OLD)),
    ],
)
def test_a_sheet_is_old_after_half_a_year_or_without_a_date(day, found):
    assert kinds(confirmed_on=day) == found


@pytest.mark.parametrize(
    ("verdict", "since", "found"),
    [
        (Verdict.GONE, TODAY, [Kind.DEAD]),
        (Verdict.OUT, date(2026, 11, 24), [Kind.DEAD]),
        (Verdict.OUT, date(2026, 11, 25), []),
        (Verdict.MOVED, TODAY, [Kind.MOVED]),
        (Verdict.CERTIFICATE, TODAY, [Kind.CERTIFICATE]),
        (Verdict.OTHER_KIND, TODAY, [Kind.OTHER_KIND]),
        (Verdict.REFUSES_ROBOTS, TODAY, []),
        (Verdict.NOT_ASKED, TODAY, []),
    ],
)
def test_what_becomes_of_a_link_speaks_against_a_sheet_or_not(verdict, since, found):
    level = Level.TO_CHECK if found else Level.FRESH
    assert kinds(address(verdict, since)) == (found, level)


def test_a_page_that_changed_speaks_against_a_sheet():
    assert kinds(address(changed_on=TODAY)) == ([Kind.SOURCE], Level.TO_CHECK)


def test_a_sheet_whose_end_has_passed_is_to_be_checked():
    assert kinds(valid_until=date(2026, 11, 30))[0] == [Kind.ENDED]
    assert kinds(valid_until=TODAY)[0] == []


@pytest.mark.parametrize("situation", ["provisional", "suspended", "blocked"])
def test_what_is_said_to_pass_is_looked_at_again_after_three_months(situation):
    assert kinds(situation=situation, confirmed_on=date(2026, 9, 1))[0] == [Kind.PASSING]
    assert kinds(situation=situation, confirmed_on=date(2026, 9, 2))[0] == []


def test_how_one_books_online_is_looked_at_again_after_three_months():
    assert kinds(books_online=True, confirmed_on=date(2026, 9, 1))[0] == [Kind.BOOKING]
    assert kinds(books_online=True, confirmed_on=date(2026, 9, 2))[0] == []


def test_what_misleads_today_comes_before_what_might():
    found, level = kinds(
        address(Verdict.MOVED),
        address(Verdict.GONE, changed_on=TODAY),
        confirmed_on=date(2023, 2, 22),
        books_online=True,
    )
    assert found == [Kind.SOURCE, Kind.DEAD, Kind.OLD, Kind.MOVED, Kind.BOOKING]
    assert level == Level.OLD


def test_age_alone_never_weighs_as_much_as_a_page_that_changed():
    sheet = SimpleNamespace(confirmed_on=date(1990, 1, 1), has_ended=False, situation="open")
    with looked_from(TODAY):
        (risk,) = risks_of(sheet, books_online=False)
    assert risk.weight < WEIGHTS[Kind.SOURCE]


def test_weights_are_in_the_order_of_the_kinds():
    assert all(more > less for more, less in pairwise(WEIGHTS[kind] for kind in Kind))
