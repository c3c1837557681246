from hypothesis import given
from hypothesis import strategies as st

from prefectures.monitoring import occurrences
from prefectures.monitoring.occurrences import Occurrences

WORDS = st.lists(st.sampled_from("abc"), max_size=30)


@given(WORDS, st.lists(st.sampled_from("abc"), min_size=1, max_size=4))
def test_words_are_counted_where_they_stand_together(text, sought):
    expected = sum(text[at : at + len(sought)] == sought for at in range(len(text)))
    assert Occurrences(text).count(tuple(sought)) == expected


def test_no_words_stand_nowhere():
    assert Occurrences(["a"]).count(()) == 0


def test_where_too_much_is_asked_nothing_more_is_found(monkeypatch):
    monkeypatch.setattr(occurrences, "MOST_LOOKS", 10)
    text = Occurrences(["a"] * 6)
    assert [text.count(("a",)), text.count(("a", "a"))] == [6, 0]
