"""The figures that one argues with: what they count, and of how many."""

from datetime import date

import pytest

from prefectures.models import Ground
from prefectures.models.age import looked_from
from prefectures.public.map.ageing import Age
from prefectures.public.map.figures import Share, coverage, figures
from prefectures.public.map.filing import Way

from .told import DAY, place, told_of

YESTERDAY = date(2026, 11, 29)


@pytest.fixture(autouse=True)
def _on_that_day():
    with looked_from(DAY):
        yield


def test_shares_are_of_the_departements_of_which_a_sheet_is_known():
    found = figures([place(told_of(Way.ONLINE)), place(told_of(Way.POST)), place()], DAY)
    assert found.known == Share(2, 3)
    assert found.only_online == Share(1, 2)
    assert found.only_online.percent == "50\xa0%"


def test_of_nothing_there_is_no_share():
    found = figures([place()], DAY)
    assert found.only_online == Share(0, 0)
    assert found.only_online.percent == ""
    assert (found.months, found.newest) == (None, None)


@pytest.mark.parametrize(
    ("sheets", "is_counted"),
    [
        ([told_of(Way.ONLINE)], True),
        ([told_of(Way.ONLINE), told_of(Way.CLOSED)], True),
        ([told_of(Way.ONLINE, Way.POST)], False),
        ([told_of(Way.ONLINE), told_of(Way.APPOINTMENT)], False),
        ([told_of(Way.ONLINE), told_of(Way.NOT_STATED)], False),
        ([told_of(Way.ONLINE), told_of(Way.UNKNOWN)], False),
        ([told_of(Way.CLOSED)], False),
        ([told_of(Way.ONLINE, valid_until=YESTERDAY)], False),
        ([told_of(Way.ONLINE), told_of(Way.POST, is_neighbour=True)], True),
    ],
)
def test_only_online_is_where_nothing_else_is_open_or_unsaid(sheets, is_counted):
    assert figures([place(*sheets)], DAY).only_online.count == is_counted


def test_post_is_refused_somewhere_or_everywhere():
    refused = told_of(Way.ONLINE, refuses_post=True)
    found = figures([place(refused), place(refused, told_of(Way.COUNTER))], DAY)
    assert (found.refuse_post.count, found.refuse_post_everywhere.count) == (2, 1)


def test_a_refusal_that_is_not_in_force_is_not_counted():
    past = told_of(Way.ONLINE, refuses_post=True, valid_until=YESTERDAY)
    assert figures([place(past)], DAY).refuse_post.count == 0


def test_a_prefecture_says_nothing_where_no_sheet_says_anything():
    silent = told_of(Way.NOT_STATED, says_nothing=True)
    found = figures([place(silent), place(silent, told_of(Way.POST))], DAY)
    assert found.say_nothing == Share(1, 2)


def test_the_age_is_that_of_the_sheet_in_the_middle():
    days = [date(2026, 10, 30), date(2026, 8, 30), date(2025, 11, 30), None]
    found = figures([place(*(told_of(known_on=day) for day in days))], DAY)
    assert found.months == 3
    assert (found.dated, found.undated, found.newest) == (3, 1, date(2026, 10, 30))


@pytest.mark.parametrize(
    ("day", "age"),
    [
        (date(2026, 11, 30), Age.FRESH),
        (date(2026, 5, 31), Age.FRESH),
        (date(2026, 5, 30), Age.HALF_A_YEAR),
        (date(2025, 11, 30), Age.A_YEAR),
        (date(2024, 12, 1), Age.A_YEAR),
        (date(2024, 11, 30), Age.TWO_YEARS),
        (None, Age.NO_DATE),
    ],
)
def test_the_age_of_a_departement_is_in_whole_months(day, age):
    assert place(told_of(known_on=day)).age == age


def test_a_new_sheet_does_not_hide_an_old_one():
    old, new = told_of(known_on=date(2023, 2, 22)), told_of(known_on=DAY)
    assert place(new, old).age == Age.TWO_YEARS
    assert place(new, old).known_on == date(2023, 2, 22)


def test_no_sheet_has_no_age():
    assert place().age == Age.NO_SHEET


def test_what_is_known_for_one_ground_is_not_known_for_the_others():
    work, life, neighbour = (
        Ground(slug="travail"),
        Ground(slug="vie-privee"),
        Ground(slug="parents", is_neighbour=True),
    )
    places = [
        place(told_of(grounds=("travail",), covers_all=False)),
        place(told_of(grounds=("tous-motifs",), covers_all=True)),
        place(told_of(grounds=("parents",), covers_all=False, is_neighbour=True)),
        place(),
    ]
    own, neighbours = coverage([work, life, neighbour], places)
    assert [(each.ground.slug, each.share.count, each.share.of) for each in own] == [
        ("travail", 2, 4),
        ("vie-privee", 1, 4),
    ]
    assert [(each.ground.slug, each.share.count) for each in neighbours] == [("parents", 1)]
