"""All names, put in order once to be looked through in a thousandth of a second. Pure."""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from heapq import nlargest

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ..text.naming import SAINTS
from .place import Place
from .vocabulary import ARTICLES, CONNECTORS

# Of a place of fewer inhabitants, no beginning with a mistake is looked for.
LARGE = 2_000
# No longer name is begun with a mistake: whoever has typed that much is nearly done.
LONGEST_BEGUN = 25
# What comes after all that a normalised name may hold.
AFTER_LETTERS = "{"


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is searched, and its place. ``label`` is how it was written where the place has
    another one today: that of an old commune, of a région that was.
    """

    search: str
    place: Place
    label: str = ""

    @property
    def bare(self):
        """It without the article that begins it, which most people leave out."""
        first, _, rest = self.search.partition(" ")
        return rest if rest and first in ARTICLES else self.search


class Names:
    """Finds a ``Name`` by what it is, begins with or holds, and by what nearly spells it."""

    def __init__(self, names):
        # What is the same as the name itself stands in ``_same`` only: there are many.
        self._same = defaultdict(list)
        self._core = defaultdict(list)
        self._squeezed = defaultdict(list)
        self._of_length = defaultdict(lambda: ([], []))
        self._large = ([], [])
        for name in sorted(names, key=lambda name: (name.search, name.place.code)):
            for form in {name.search, name.bare}:
                self._same[form].append(name)
                squeezed = form.replace(" ", "")
                if squeezed != form:
                    self._squeezed[squeezed].append(name)
                forms, own = self._of_length[len(squeezed)]
                forms.append(squeezed)
                own.append(name)
                if name.place.population >= LARGE:
                    self._large[0].append(squeezed)
                    self._large[1].append(name)
            if core(name.search) not in (name.search, name.bare):
                self._core[core(name.search)].append(name)
            if "saint" in name.search:
                self._squeezed[_abbreviated(name.search)].append(name)
        self._sorted = sorted(self._same)
        self._populations = [
            max(name.place.population for name in self._same[form]) for form in self._sorted
        ]
        # One text for all: what a name holds is found where it stands.
        self._all = "\n".join(f" {form} " for form in self._sorted)
        self._starts = []
        at = 0
        for form in self._sorted:
            self._starts.append(at)
            at += len(form) + 3

    def called(self, text):
        """Return those of this very name, with or without its article."""
        return self._same.get(text, [])

    def written(self, text):
        """Return those that have the same letters, or the same words but small ones."""
        squeezed, told = text.replace(" ", ""), core(text)
        return (
            self._squeezed.get(squeezed)
            or self.called(squeezed)
            or self._core.get(told)
            or self.called(told)
        )

    def beginning(self, text, most):
        """Yield (whether a word ends there, name) of the ``most`` populous that begin so.

        "sa" begins the names of five thousand.
        """
        start = bisect_left(self._sorted, text)
        rows = range(start, bisect_left(self._sorted, text + AFTER_LETTERS, start))
        for row in nlargest(most, rows, key=self._populations.__getitem__):
            form = self._sorted[row]
            for name in self._same[form]:
                yield form[len(text) :][:1] == " ", name

    def holding(self, text):
        """Yield (whether a word ends there, name) of those with a later word that begins so."""
        sought, at = f" {text}", -1
        while (at := self._all.find(sought, at + 1)) >= 0:
            row = bisect_left(self._starts, at + 1) - 1
            if at == self._starts[row]:
                continue
            ends = self._all[at + len(sought)] == " "
            for name in self._same[self._sorted[row]]:
                yield ends, name

    def nearly(self, text, mistakes):
        """Yield (mistakes, as it is spelled, name) of those a few typing mistakes away.

        A mistake is a letter too many, missing, another one, or two that changed places.
        """
        squeezed = text.replace(" ", "")
        for length in range(len(squeezed) - mistakes, len(squeezed) + mistakes + 1):
            if length in self._of_length:
                forms, own = self._of_length[length]
                yield from self._near(squeezed, forms, own, mistakes)

    def nearly_beginning(self, text):
        """Yield (mistakes, the beginning, name) of large places that begin nearly so."""
        squeezed = text.replace(" ", "")
        if len(squeezed) > LONGEST_BEGUN:
            return
        # A letter too many, or one that is missing, moves the end.
        for length in range(len(squeezed) - 1, len(squeezed) + 2):
            begun = [form[:length] for form in self._large[0]]
            yield from self._near(squeezed, begun, self._large[1], 1)

    @staticmethod
    def _near(squeezed, forms, own, mistakes):
        found = process.extract(
            squeezed, forms, scorer=OSA.distance, score_cutoff=mistakes, limit=None
        )
        for form, distance, at in found:
            yield distance, form, own[at]


def core(text):
    """Return the words that tell a name: "aix provence" of "aix en provence"."""
    words = text.split()
    return " ".join([word for word in words if word not in CONNECTORS] or words)


SHORT = {long: short for short, long in SAINTS.items()}


def _abbreviated(text):
    """Return "stetienne" of "saint etienne": what stays together cannot be told apart before."""
    return "".join(SHORT.get(word, word) for word in text.split())
