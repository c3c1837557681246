"""Who wins: of a value, of a row that may not be there, whatever three people did."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefectures.sheets.merge import AGREED, CONFLICT, KEPT, TAKEN, of_rows, of_values, verdict


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "became"),
    [
        ("a", "a", "a", ""),
        ("a", "a", "b", KEPT),
        ("a", "b", "a", TAKEN),
        ("a", "b", "b", AGREED),
        ("a", "b", "c", CONFLICT),
        (None, None, "a", KEPT),
        (None, "a", None, TAKEN),
        ("a", None, None, AGREED),
        ("a", None, "b", CONFLICT),
        ("a", "b", None, CONFLICT),
    ],
)
def test_who_changed_it_alone_wins(base, theirs, mine, became):
    assert verdict(base, theirs, mine) == became


def test_only_the_values_that_are_sent_are_compared():
    base, theirs = {"title": "a", "city": "a"}, {"title": "b", "city": "b"}
    assert [found.name for found in of_values(base, theirs, {"city": "a"})] == ["city"]


def test_a_difference_holds_all_three_and_whose_row_it_is():
    (found,) = of_values({"title": "a"}, {"title": "b"}, {"title": "c"}, key=2)
    assert (found.key, found.name, found.verdict) == (2, "title", CONFLICT)
    assert (found.base, found.theirs, found.mine) == ("a", "b", "c")


def told(base, theirs, mine):
    """Return what became of rows: (key, name of the field, verdict)."""
    return [(found.key, found.name, found.verdict) for found in of_rows(base, theirs, mine)]


A, B = {"kind": "a"}, {"kind": "b"}


def test_a_row_that_all_have_is_compared_field_by_field():
    assert told({1: A}, {1: A}, {1: B}) == [(1, "kind", KEPT)]


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "became"),
    [
        ({}, {1: A}, {}, TAKEN),
        ({}, {}, {1: A}, KEPT),
        ({1: A}, {}, {1: A}, TAKEN),
        ({1: A}, {1: A}, {}, KEPT),
        ({1: A}, {}, {}, AGREED),
        ({1: A}, {}, {1: B}, CONFLICT),
        ({1: A}, {1: B}, {}, CONFLICT),
    ],
)
def test_a_row_that_is_not_there_everywhere_is_one_thing(base, theirs, mine, became):
    assert told(base, theirs, mine) == [(1, None, became)]


def test_a_removal_leaves_the_one_that_was_removed():
    (found,) = of_rows({1: A}, {1: B}, {})
    assert (found.base, found.theirs, found.mine) == (A, B, None)


def test_a_row_may_be_told_as_none_or_left_out():
    assert told({1: A}, {1: A}, {1: None}) == told({1: A}, {1: A}, {})


def test_rows_come_in_their_order_then_those_that_went_then_mine():
    base, theirs, mine = {1: A, 2: A}, {3: A, 1: A}, {1: B, 2: A, 4: A}
    assert [key for key, _, _ in told(base, theirs, mine)] == [3, 1, 2, 4]


ROWS = st.dictionaries(
    st.integers(1, 4), st.fixed_dictionaries({"kind": st.booleans(), "url": st.sampled_from("ab")})
)


@given(ROWS, ROWS, ROWS)
def test_each_difference_is_told_once_and_nobody_loses_what_only_one_changed(base, theirs, mine):
    told = {(found.key, found.name): found.verdict for found in of_rows(base, theirs, mine)}
    assert len(told) == len(list(of_rows(base, theirs, mine)))
    for key in {*base, *theirs, *mine}:
        three = [rows.get(key) for rows in (base, theirs, mine)]
        # The row as a whole, or else each of its fields.
        names = [None] if None in three else ["kind", "url"]
        for name in names:
            was, others, own = (values if name is None else values[name] for values in three)
            became = told.pop((key, name), "")
            assert (became == KEPT) == (others == was != own)
            assert (became == TAKEN) == (own == was != others)
            assert (became in (AGREED, CONFLICT)) == (was not in (others, own))
            assert (became == "") == (was == others == own)
    assert told == {}
