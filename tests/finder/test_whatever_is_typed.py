"""Whatever is typed is answered: nothing fails, nothing is found twice, the likeliest is first."""

from hypothesis import given
from hypothesis import strategies as st

from prefectures.finder.finding import MOST_PLACES
from prefectures.finder.vocabulary import GUIDANCE, SENTENCE
from prefectures.text.wanted import LONGEST_QUERY

NAMES = ["saint", "lodève", "paris", "18e", "tarn", "reunion", "34", "34700", "2A", "97", "9", "3"]
SIGNS = ["le", "l'", "…", "تولوز", "Тулуза", "图卢兹", "🙏🏽", "\0", "%", "''", "a" * 40]
WORDS = [*sorted(SENTENCE | GUIDANCE), *NAMES, *SIGNS]
anything = st.text(max_size=LONGEST_QUERY + 20) | st.lists(
    st.sampled_from(WORDS) | st.sampled_from(NAMES), max_size=30
).map(" ".join)


@given(text=anything, typing=st.booleans())
def test_whatever_is_typed_is_answered(find, text, typing):
    found = find(text, typing=typing)
    keys = [place.key for place in found.places]
    assert len(keys) == len(set(keys))
    assert len(keys) <= MOST_PLACES or found.is_by_number
    assert found.only is None or found.only in found.places
    order = [(each.left, -each.weight) for each in found.candidates]
    assert order == sorted(order)


@given(text=anything)
def test_spaces_around_change_nothing(find, text):
    assert find(f" \t{text[: LONGEST_QUERY - 2]}").places == find(text[: LONGEST_QUERY - 2]).places
