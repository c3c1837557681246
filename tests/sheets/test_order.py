"""The order of a sheet's rows, without a form: as it is said, as it is stored, of two people."""

import pytest

from prefectures.sheets.order import (
    as_said,
    as_stored,
    numbered,
    numbered_steps,
    only,
    with_rows_of,
)


def columns(**rows):
    """Return columns of rows given as name=(group, position, number)."""
    names = ("group", "position", "number")
    return {row: dict(zip(names, values, strict=True)) for row, values in rows.items()}


def stored_again(order, before):
    """Return the order that is read back from what ``order`` puts into the columns."""
    places = numbered_steps(order, before)
    unknown = {row: {"number": 100 + i} for i, row in enumerate(places)}
    return as_stored({row: unknown[row] | before.get(row, {}) | places[row] for row in places})


def test_a_box_that_is_ticked_joins_the_row_before():
    assert as_said([("a", False), ("b", True), ("c", False)]) == [["a", "b"], ["c"]]


def test_a_first_row_has_none_before_it():
    assert as_said([("a", True), ("b", False)]) == [["a"], ["b"]]


def test_what_is_stored_is_read_by_group_then_rank_then_number():
    stored = columns(a=(2, 0, 1), b=(1, 5, 2), c=(1, 5, 3), d=(1, 1, 4))
    assert as_stored(stored) == [["d", "b", "c"], ["a"]]


def test_without_groups_each_row_stands_alone():
    stored = {"a": {"position": 1, "number": 1}, "b": {"position": 1, "number": 2}}
    assert as_stored(stored) == [["a"], ["b"]]


def test_who_was_at_choice_with_a_row_that_goes_comes_after_the_one_before():
    assert only([["z"], ["a", "b"]], {"z", "b"}) == [["z"], ["b"]]


@pytest.mark.parametrize(
    "stored",
    [
        columns(a=(1, 0, 1), b=(2, 0, 2), c=(3, 0, 3)),
        columns(a=(2, 0, 1), b=(5, 7, 2), c=(5, 7, 3)),
        columns(a=(1, 9999, 1), b=(9999, 0, 2)),
    ],
    ids=["as GISTI's", "with holes", "at the bounds"],
)
def test_what_says_the_same_order_stays_as_it_is(stored):
    places = numbered_steps(as_stored(stored), stored)
    assert places == {
        row: {"group": values["group"], "position": values["position"]}
        for row, values in stored.items()
    }


THREE = columns(a=(1, 0, 1), b=(2, 1, 2), c=(2, 2, 3))


@pytest.mark.parametrize(
    "order",
    [
        [["a"], ["b", "c"], ["new"]],
        [["a"], ["b", "c", "new"]],
        [["a"], ["new"], ["b", "c"]],
        [["new", "a"], ["b"], ["c"]],
        [["b", "c"], ["a"]],
        [["a"], ["c", "b"]],
        [["c"], ["a", "b"]],
        [["a"], ["new 2"], ["new 1"], ["b", "c"]],
        [["b", "new 2", "new 1", "c"]],
        [],
    ],
    ids=str,
)
def test_every_order_is_stored_as_it_was_said(order):
    assert stored_again(order, THREE) == order


def test_a_row_at_the_end_leaves_the_others_as_they_are():
    order = [["a"], ["b", "c"], ["new"]]
    places = numbered_steps(order, THREE)
    assert places["new"] == {"group": 3, "position": 1}
    assert all(places[row].items() <= THREE[row].items() for row in "abc")


def test_past_the_highest_rank_all_are_counted_anew():
    stored = {"a": {"position": 9999, "number": 1}}
    assert numbered(["a", "new"], stored) == {"a": {"position": 1}, "new": {"position": 2}}


@pytest.mark.parametrize(
    ("order", "other", "both"),
    [
        ([["a"], ["b"]], [["a"], ["n"], ["b"]], [["a"], ["n"], ["b"]]),
        ([["b"], ["a"]], [["a"], ["b", "n"]], [["b", "n"], ["a"]]),
        ([["b"], ["a"]], [["n", "a"], ["b"]], [["b"], ["n", "a"]]),
        ([["a"]], [["n"], ["a"]], [["n"], ["a"]]),
        ([["a"]], [["a"], ["n", "m"]], [["a"], ["n", "m"]]),
        ([["a"], ["b"]], [["a", "b", "n"]], [["a"], ["b", "n"]]),
        ([], [["n"], ["m"]], [["n"], ["m"]]),
    ],
    ids=str,
)
def test_rows_of_another_order_come_beside_their_neighbours(order, other, both):
    assert with_rows_of(order, other) == both
