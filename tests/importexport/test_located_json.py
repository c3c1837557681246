"""JSON that knows its lines."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefectures.importexport import located_json

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)

TEXT = """\
{
  "reason": "Une reprise",
  "sheets": [
    {"slug": "a", "title": "A"},
    {
      "slug":
        "b",
      "steps": [
        {"kind": "post"}
      ]
    }
  ]
}
"""


@given(JSON, st.sampled_from([None, 0, 2]))
def test_the_value_is_the_one_that_json_gives(value, indent):
    text = json.dumps(value, indent=indent)
    assert located_json.loads(text) == json.loads(text)


@given(st.text(alphabet='{}[]:,"0123456789.e-+ntrufalsE \n'))
def test_what_json_refuses_is_refused_at_the_same_line(text):
    assert outcome(located_json.loads, text) == outcome(json.loads, text)


def outcome(loads, text):
    """Return the value, or the line of the fault. NaN, equal to nothing, is told by its name."""
    try:
        return json.dumps(loads(text))
    except json.JSONDecodeError as fault:
        return fault.lineno


@given(st.lists(st.text(), unique=True, max_size=8), st.integers(0, 3))
def test_each_value_is_found_on_its_line(keys, blank_lines):
    text = "{" + ",".join("\n" * (blank_lines + 1) + f"{json.dumps(key)}: 1" for key in keys) + "}"
    found = located_json.loads(text)
    assert [found.line_of(key) for key in keys] == [
        1 + (blank_lines + 1) * rank for rank in range(1, len(keys) + 1)
    ]


def test_an_object_knows_the_line_on_which_it_opens():
    document = located_json.loads(TEXT)
    first, second = document["sheets"]
    assert (document.line, first.line, second.line) == (1, 4, 5)
    assert second["steps"][0].line == 9


def test_a_field_stands_where_its_value_begins():
    document = located_json.loads(TEXT)
    second = document["sheets"][1]
    assert document.line_of("sheets") == 3
    assert second.line_of("slug") == 7
    assert second.line_of("steps") == 8


def test_a_field_that_is_not_there_is_looked_for_where_its_object_opens():
    assert located_json.loads(TEXT)["sheets"][1].line_of("title") == 5


def test_a_repeated_field_is_told():
    found = located_json.loads('{"slug": "a", "title": "A", "slug": "b"}')
    assert found.repeated == ["slug"]
    assert found == {"slug": "b", "title": "A"}


def test_an_object_whose_fields_are_all_different_repeats_none():
    assert located_json.loads(TEXT).repeated == []


def test_windows_line_ends_count_once():
    assert located_json.loads('{\r\n"a": 1,\r\n"b": 2}').line_of("b") == 3


class CountingText(str):
    """A text that adds up how much of it is searched for line ends."""

    searched = 0

    def count(self, sub, start=0, end=None):
        CountingText.searched += (len(self) if end is None else end) - start
        return super().count(sub, start, end)


def test_the_lines_of_a_long_file_are_not_counted_anew_for_each_value():
    text = CountingText("[" + ",\n".join(['{"a": 1, "b": 2}'] * 1000) + "]")
    assert located_json.loads(text)[-1].line == 1000
    assert CountingText.searched <= 2 * len(text)


def test_brackets_without_end_are_refused_and_not_followed_to_the_bottom():
    with pytest.raises(RecursionError):
        located_json.loads("[" * 200_000)
