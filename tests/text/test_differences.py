import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefectures.text import differences as words
from prefectures.text.differences import MOST_PAIRS, text_of, word_differences

LINES = st.lists(st.sampled_from(["un", "deux", " ", "\n", "trois.", "\r\n", "é"])).map("".join)


# Long enough for whole stretches to differ.
LONG = st.lists(
    st.sampled_from([*map(str, range(9)), "mot " * 60, "ligne\n" * 60, "a b c " * 30]), max_size=30
).map(" ".join)


@given(LINES | LONG, LINES | LONG)
def test_both_texts_can_be_read_off_the_differences(before, after):
    found = word_differences(before, after)
    assert "".join(text for kind, text in found if kind != "+") == before
    assert "".join(text for kind, text in found if kind != "-") == after


@given(LINES)
def test_a_text_does_not_differ_from_itself(text):
    assert word_differences(text, text) == ([("=", text)] if text else [])


def test_the_word_that_changed_is_told_apart():
    assert word_differences("Dépôt par courrier, le lundi", "Dépôt en ligne, le lundi") == [
        ("=", "Dépôt "),
        ("-", "par courrier,"),
        ("+", "en ligne,"),
        ("=", " le lundi"),
    ]


def test_a_word_that_changed_in_a_long_paragraph_is_told_apart():
    words = [f"mot{number % 700} " for number in range(6000)]
    changed = [*words]
    changed[150], changed[5000] = "premier ", "dernier "
    found = word_differences("".join(words), "".join(changed))
    assert [each for each in found if each[0] != "="] == [
        ("-", "mot150"),
        ("+", "premier"),
        ("-", "mot100"),
        ("+", "dernier"),
    ]


def test_what_has_too_little_in_common_is_shown_whole():
    before, after = "a b " * 40, "b a a " * 41
    assert word_differences(before, after) == [("-", before), ("+", after)]


def numbers(count):
    return [str(number) for number in range(count)]


HOSTILE = {
    "one word again and again": ("a " * 50_000, "a " * 25_000 + "b " + "a " * 25_000),
    "two words again and again": ("a b " * 25_000, "b a a " * 17_000),
    "one line again and again": ("a\n" * 50_000, "b\na\n" * 25_000),
    "empty lines": ("\n" * 100_000, "\n \n" * 30_000),
    "a third of the words changed": (
        " ".join(numbers(15_000)),
        " ".join(n if int(n) % 3 else f"x{n}" for n in numbers(15_000)),
    ),
    "a third of few words changed": (
        " ".join(str(int(n) % 50) for n in numbers(30_000)),
        " ".join(str(int(n) % 50) if int(n) % 3 else "x" for n in numbers(30_000)),
    ),
    "the other way round": (" ".join(numbers(15_000)), " ".join(numbers(15_000)[::-1])),
    "nothing but spaces": (" a" * 9_000 + " " * 50_000, "\xa0b" * 9_000 + "\xa0" * 50_000),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_the_work_grows_no_faster_than_the_texts(case, monkeypatch):
    before, after = HOSTILE[case]
    steps = []
    closely, in_common = words._closely, words._in_common

    def counted(old, new):
        assert len(old) * len(new) <= MOST_PAIRS
        steps.append(1 + len(old) * len(new))
        return closely(old, new)

    def counted_in_common(old, new):
        steps.append(len(old) + len(new))
        return in_common(old, new)

    monkeypatch.setattr(words, "_closely", counted)
    monkeypatch.setattr(words, "_in_common", counted_in_common)
    found = word_differences(before, after)
    assert "".join(text for kind, text in found if kind != "+") == before
    assert sum(steps) <= 10 * (len(before) + len(after))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Un</p><ul><li>deux</li><li>trois</li></ul>", "Un\ndeux\ntrois"),
        ('<p><a href="https://a.fr/">ici</a></p>', "ici <https://a.fr/>"),
        ("<p>a &amp; b</p>", "a & b"),
    ],
)
def test_rich_text_reads_as_lines(html, text):
    assert text_of(html) == text


@pytest.mark.parametrize("again", ['<a href="https://a.fr/">', "<p", "<!--", "&#9"])
def test_a_text_that_no_field_has_cleaned_is_read_as_well(again):
    assert text_of("<p>Lu</p>" + again * 30_000).startswith("Lu")
