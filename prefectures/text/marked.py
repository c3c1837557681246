"""A text as it is shown to whoever found it by words: a piece of it, with these words marked."""

from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from .naming import LETTERS, SAINTS
from .wanted import searched

LONGEST_EXCERPT = 200
# How much of it stands before the first words.
LEAD = 50


class Word(NamedTuple):
    """A word as it is searched, and where it stands in its text."""

    word: str
    start: int
    end: int


class Excerpt(NamedTuple):
    """A part of a text: ``pieces`` are [(text, whether it is marked)].

    ``is_beginning`` and ``is_end`` tell whether nothing of the text stands before, or after.
    """

    pieces: list
    is_beginning: bool
    is_end: bool

    @property
    def text(self):
        return "".join(text for text, _ in self.pieces)


def words_of(text):
    """Return each ``Word`` of ``text``: joined by spaces, they are ``text`` normalised.

    An accent that stands after its letter goes with it; of a sign that is several words ("½"), each
    of them stands there.
    """
    found, word, start, end = [], "", 0, 0
    for at, sign in enumerate(text):
        letters = LETTERS[ord(sign)]
        if not letters and word:
            end = at + 1
        for letter in letters:
            if letter != " ":
                start = start if word else at
                word, end = word + letter, at + 1
            elif word:
                found.append(Word(SAINTS.get(word, word), start, end))
                word = ""
    if word:
        found.append(Word(SAINTS.get(word, word), start, end))
    return found


def excerpt(text, terms, longest=LONGEST_EXCERPT):
    """Return the ``Excerpt`` of ``text`` that holds the most of ``terms``, the first of several.

    It has ``longest`` signs at most, and ends between two words wherever there are spaces.
    """
    places = _places(text, terms)
    start, end = _window(text, places, longest)
    pieces, at = [], start
    for first, last in _apart(places, start, end):
        pieces += [(text[at:first], False), (text[first:last], True)]
        at = last
    pieces.append((text[at:end], False))
    return Excerpt([piece for piece in pieces if piece[0]], start == 0, end == len(text))


def marked(text, terms):
    """Return the whole of ``text`` as [(text, whether it is marked)]."""
    return excerpt(text, terms, len(text)).pieces


def _places(text, terms):
    """Return (start, end, number of the term) wherever one of ``terms`` is found, in order."""
    whole = searched(text)
    # Reading a text sign by sign takes ten times as long.
    if not any(term in whole for term in terms):
        return []
    words = words_of(text)
    # Where the space before each word stands.
    begins = list(accumulate((len(word.word) + 1 for word in words), initial=0))
    found = []
    for number, term in enumerate(terms):
        more = len(term.split()) - 1
        at = whole.find(term)
        while at >= 0:
            first = bisect_right(begins, at) - 1
            found.append((words[first].start, words[first + more].end, number))
            at = whole.find(term, at + 1)
    return sorted(found)


def _window(text, places, longest):
    """Return where the part of ``text`` begins and ends that is shown."""
    if len(text) <= longest:
        return 0, len(text)
    lead = min(LEAD, longest // 4)
    start, last = _fullest(places, longest - lead)
    # What stands before, as far as there is room, from the beginning of a word.
    begin = max(0, min(start - lead, len(text) - longest))
    if begin:
        begin = next((at + 1 for at in range(begin - 1, start) if text[at].isspace()), begin)
    end = min(len(text), begin + longest)
    if end < len(text):
        spaces = (at for at in range(end, min(last, end) - 1, -1) if text[at].isspace())
        end = next(spaces, end)
    return begin, end


def _fullest(places, room):
    """Return the start of the first place that has the most terms within ``room``, and the end of
    the last of them; 0, 0 without any.
    """
    best, found, count, after = 0, (0, 0), {}, 0
    for start, own_end, number in places:
        while after < len(places) and (
            places[after][1] <= start + room or places[after][0] == start
        ):
            term = places[after][2]
            count[term] = count.get(term, 0) + 1
            after += 1
        if len(count) > best:
            ends = [end for _, end, _ in places[:after] if end <= start + room]
            best, found = len(count), (start, max([own_end, *ends]))
        count[number] -= 1
        if not count[number]:
            del count[number]
    return found


def _apart(places, start, end):
    """Yield (start, end) of the ``places`` within these bounds, as one where they overlap."""
    held = None
    for first, last, _ in places:
        if first < start or last > end:
            continue
        if held and first < held[1]:
            held = held[0], max(held[1], last)
        else:
            if held:
                yield held
            held = first, last
    if held:
        yield held
