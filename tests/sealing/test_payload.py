"""What is sealed is written alike on every database, and differs wherever what it says does."""

import json
import zlib
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefectures.sealing.payload import canonical, digest_of, packed, unpacked

VALUES = st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text(), max_size=3)
ROWS = st.lists(VALUES, max_size=6)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "null"),
        (True, "true"),
        (1, "1"),
        ("é « ’ »", '"é « ’ »"'),
        (date(2026, 11, 29), '"2026-11-29"'),
        (datetime(2026, 11, 29, 13, tzinfo=UTC), '"2026-11-29T13:00:00.000000+00:00"'),
        (Decimal("1.50"), '"1.50"'),
        ({"b": 1, "a": [True]}, '{"a":[true],"b":1}'),
    ],
)
def test_a_value_is_written_in_one_way(value, written):
    assert canonical(value).decode() == written


def test_a_moment_is_written_in_the_time_of_greenwich():
    paris = timezone(timedelta(hours=2))
    here, there = datetime(2026, 7, 1, 12, tzinfo=paris), datetime(2026, 7, 1, 10, tzinfo=UTC)
    assert canonical(here) == canonical(there)


def test_bytes_are_written_as_their_digest_and_differ_from_a_text_that_says_it():
    written = canonical(b"Fiche")
    assert json.loads(written).keys() == {"sha256"}
    assert canonical(memoryview(b"Fiche")) == written
    assert canonical(json.loads(written)["sha256"]) != written


def test_what_nobody_said_how_to_write_is_refused():
    with pytest.raises(TypeError, match="say here how"):
        canonical(object())


@given(ROWS, ROWS)
def test_two_rows_have_one_digest_only_if_they_say_the_same(one, other):
    is_same = json.dumps(one) == json.dumps(other)
    assert (digest_of(one) == digest_of(other)) is is_same


@given(st.binary(max_size=300))
def test_what_was_packed_comes_back(content):
    assert unpacked(packed(content)) == content


@pytest.mark.parametrize("content", [packed(b"Fiche") + b"x", packed(b"Fiche")[:-1], b""])
def test_what_holds_more_or_less_than_was_packed_is_refused(content):
    with pytest.raises(zlib.error):
        unpacked(content)
