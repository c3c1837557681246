"""How likely it is that somebody who typed this means that place.

What counts is how many live there, and how people type: the whole name, its beginning, a part of
it, a mistake. The chances below were chosen so that a mistyped city comes before a hamlet that is
rightly begun, and are held by the tables of tests/finder.
"""

from dataclasses import dataclass, replace
from enum import Enum
from heapq import nlargest

from .names import Name
from .place import Place

# So that the smallest commune can be found.
HAMLET = 100
# With fewer letters everything is a mistake away from everything.
SHORTEST_MISTAKEN, SHORTEST_MISTAKEN_TWICE = 3, 7
SHORTEST_HELD, SHORTEST_BEGUN_WRONG = 3, 5
MOST_OF_A_WAY = 100
# While one types, no mistake is looked for where so many names begin as what is typed.
ENOUGH_BEGUN = 7


class Way(Enum):
    """How a name was found; its value is how often people type so."""

    NUMBER = 1.0
    CALLED = 1.001
    WRITTEN = 0.7
    BEGINS_WORDS = 0.3
    HOLDS_WORDS = 0.06
    BEGINS = 0.05
    HOLDS = 0.02
    MISTAKEN = 0.021
    BEGINS_MISTAKEN = 0.002
    MISTAKEN_TWICE = 0.0005

    @property
    def is_exact(self):
        """Whether the name is there, whole and as it is written."""
        return self in EXACT

    @property
    def is_mistaken(self):
        return self in MISTAKES


EXACT = {Way.NUMBER, Way.CALLED, Way.WRITTEN}
HELD = {Way.HOLDS_WORDS, Way.HOLDS}
MISTAKES = {Way.MISTAKEN, Way.BEGINS_MISTAKEN, Way.MISTAKEN_TWICE}
# While somebody types, what they will type further begins so most often.
TYPING = {Way.BEGINS_WORDS: 0.9, Way.BEGINS: 0.9}
ANOTHER_NAME = 0.5
ANOTHER_LETTER = 0.5
ANOTHER_FIRST_LETTER = 0.3
# For each word or number that a place leaves unexplained.
UNEXPLAINED = 0.03


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may be meant. ``label`` is the name that it had, by which it was found.

    ``left`` counts the words and numbers typed that it does not explain; ``is_slip`` tells that a
    letter went missing, came twice or changed places, as happens to everybody; ``is_in_a_sentence``
    that the name is a part of what was typed.
    """

    place: Place
    way: Way
    weight: float
    label: str = ""
    left: int = 0
    is_slip: bool = False
    is_in_a_sentence: bool = False

    @property
    def is_sure(self):
        return self.way.is_exact and not self.left

    def less(self, left):
        """Return it as one that leaves some more words or numbers unexplained."""
        return replace(self, left=self.left + left, weight=self.weight * UNEXPLAINED**left)


def candidates(names, text, *, typing=False):
    """Yield a ``Candidate`` for each name that ``text`` may stand for; a place may come twice."""
    if not text:
        return
    yield from exact_candidates(names, text)
    letters = len(text.replace(" ", ""))
    if letters < 2:
        return
    begun = list(names.beginning(text, MOST_OF_A_WAY))
    for ends, name in begun:
        yield _candidate(name, Way.BEGINS_WORDS if ends else Way.BEGINS, typing=typing)
    if letters >= SHORTEST_HELD:
        held = names.holding(text)
        for ends, name in nlargest(MOST_OF_A_WAY, held, key=_population):
            yield _candidate(name, Way.HOLDS_WORDS if ends else Way.HOLDS)
    if letters >= SHORTEST_MISTAKEN:
        yield from _mistaken(names, text, letters)
    if typing and letters >= SHORTEST_BEGUN_WRONG and len(begun) < ENOUGH_BEGUN:
        for mistakes, _, name in names.nearly_beginning(text):
            if mistakes:
                yield _candidate(name, Way.BEGINS_MISTAKEN)


def exact_candidates(names, text):
    """Yield a ``Candidate`` for each name that ``text`` is, whole."""
    called = names.called(text)
    for name in called or names.written(text):
        yield _candidate(name, Way.CALLED if called else Way.WRITTEN)


def _population(found):
    _, name = found
    return name.place.population


def _mistaken(names, text, letters):
    typed = text.replace(" ", "")
    most = 2 if letters >= SHORTEST_MISTAKEN_TWICE else 1
    for mistakes, spelled, name in names.nearly(text, most):
        if mistakes:
            way = Way.MISTAKEN if mistakes == 1 else Way.MISTAKEN_TWICE
            is_slip = mistakes == 1 and not _is_another_letter(typed, spelled)
            chance = (1 if is_slip else ANOTHER_LETTER) * (
                1 if typed[0] == spelled[0] else ANOTHER_FIRST_LETTER
            )
            yield _candidate(name, way, chance, is_slip=is_slip)


def _is_another_letter(typed, spelled):
    return len(typed) == len(spelled) and sorted(typed) != sorted(spelled)


def _candidate(name: Name, way, chance=1.0, *, typing=False, is_slip=False):
    chance *= ANOTHER_NAME if name.label else 1
    if typing:
        chance *= TYPING.get(way, way.value) / way.value
    weight = weight_of(name.place, way) * chance
    return Candidate(name.place, way, weight, name.label, is_slip=is_slip)


def weight_of(place, way):
    """Return how likely ``place`` is meant that was found in this ``Way``, beside others."""
    return (place.population + HAMLET) * way.value
