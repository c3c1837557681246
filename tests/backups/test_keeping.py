"""Which backups stay: the newest, and the first of each month."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from prefectures.backups.keeping import to_drop


def nights(count, until="2026-11-29T03:00:00+00:00"):
    last = datetime.fromisoformat(until)
    return [last - timedelta(days=day) for day in range(count)]


def staying(moments, keep=14):
    return sorted(set(moments) - set(to_drop(moments, keep)), reverse=True)


def test_the_fourteen_newest_stay_with_the_first_of_each_month():
    found = [f"{moment:%d/%m}" for moment in staying(nights(60))]
    last = [f"{day}/11" for day in range(29, 15, -1)]
    assert found == [*last, "01/11", "01/10"]


def test_a_year_of_nights_leaves_fourteen_and_one_a_month():
    stay = staying(nights(500))
    assert len(stay) == 14 + 12
    assert stay[-1] == datetime(2025, 12, 1, 3, tzinfo=UTC)


def test_the_first_of_a_month_is_its_oldest_whatever_the_day():
    moments = nights(20, until="2026-03-31T03:00:00+00:00")
    assert staying(moments, keep=1) == [moments[0], moments[-1]]


def test_months_without_any_do_not_count():
    old = datetime(2019, 5, 4, tzinfo=UTC)
    assert old in staying([*nights(20), old])


def test_nothing_goes_where_there_are_few():
    assert to_drop(nights(14)) == []
    assert to_drop([]) == []


@given(st.lists(st.datetimes(), unique=True, max_size=60), st.integers(1, 20))
def test_doing_it_again_drops_nothing_more_and_the_newest_always_stay(moments, keep):
    stay = staying(moments, keep)
    assert to_drop(stay, keep) == []
    assert stay[:keep] == sorted(moments, reverse=True)[:keep]
    assert len(stay) <= keep + 12
