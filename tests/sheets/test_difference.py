"""What leads from one state of a sheet to another: one change an object, none where nothing is."""

from prefectures.models import Procedure
from prefectures.sheets.difference import changes, differing
from prefectures.sheets.state import Item, State

from .kinds import LINKS, STEPS


def state(title="Une fiche", steps=()):
    """Return the state of a sheet with ``steps``, {number: kind}."""
    found = State(Item(7, {"title": title}))
    found.rows[STEPS] = {
        number: Item(10 + number, {"number": number, "kind": kind})
        for number, kind in dict(steps).items()
    }
    return found


def told(before, after):
    """Return [(model, number or title before, number or title after)]."""
    return [
        (change.model, *(item and said(item) for item in (change.before, change.after)))
        for change in changes(before, after)
    ]


def said(item):
    return item.values.get("title") or (item.values["number"], item.values["kind"])


def test_values_are_named_where_they_are_not_the_same():
    assert differing({"title": "a", "city": "b"}, {"title": "a", "city": "c"}) == ["city"]


def test_nothing_is_not_the_same_as_not_there():
    assert differing({}, {"parent": None}) == ["parent"]


def test_what_is_said_before_only_is_no_difference():
    assert differing({"title": "a", "city": "b"}, {"title": "a"}) == []


def test_the_same_sheet_needs_no_change():
    assert told(state(steps={1: "post"}), state(steps={1: "post"})) == []


def test_a_sheet_changes_without_its_rows():
    before, after = state("a", {1: "post"}), state("b", {1: "post"})
    assert told(before, after) == [(Procedure, "a", "b")]


def test_a_row_is_added_changed_and_removed_by_its_number():
    before, after = state(steps={1: "post", 2: "email"}), state(steps={2: "other", 3: "post"})
    assert told(before, after) == [
        (STEPS.model, (1, "post"), None),
        (STEPS.model, (2, "email"), (2, "other")),
        (STEPS.model, None, (3, "post")),
    ]


def test_a_row_says_whose_it_is():
    after = state(steps={1: "post"})
    (change,) = changes(state(), after)
    assert change.sheet is after.sheet


def test_a_new_sheet_brings_all_its_rows():
    assert told(State(), state("a", {1: "post"})) == [
        (Procedure, None, "a"),
        (STEPS.model, None, (1, "post")),
    ]


def test_rows_of_a_sheet_that_goes_are_not_told():
    assert told(state("a", {1: "post"}), State()) == [(Procedure, "a", None)]


def test_rows_of_one_number_are_told_apart_by_their_kind():
    before, after = state(steps={1: "post"}), state()
    after.rows[LINKS] = {1: Item(11, {"number": 1, "kind": "source"})}
    assert told(before, after) == [
        (STEPS.model, (1, "post"), None),
        (LINKS.model, None, (1, "source")),
    ]
