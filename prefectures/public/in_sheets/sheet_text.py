"""A published sheet as it is searched: kept in memory, so small, and nothing of the day in it."""

from array import array
from bisect import bisect_right
from itertools import chain

from django.utils.translation import gettext as _

from ...models import Procedure
from ...models.addresses import address
from ...text.marked import excerpt
from ...text.wanted import searched
from .passages import names, pieces_of, rest, words

MOST_EXCERPTS = 2


class SheetText:
    """The passages of a sheet, and all of them in one string, in which terms are looked for.

    ``title`` and ``departement`` are as its page has them.
    """

    __slots__ = (
        "_order",
        "_passages",
        "_rest",
        "_searched",
        "_slugs",
        "_starts",
        "_words",
        "confirmed_on",
        "departement",
        "last_verified_on",
        "situation",
        "title",
        "valid_from",
        "valid_until",
    )  # fmt: skip

    # What the day makes of a sheet, as the wording asks it.
    has_ended, has_not_begun = Procedure.has_ended, Procedure.has_not_begun
    is_stale = Procedure.is_stale

    def __init__(self, sheet):
        self.title, self.departement = sheet.title, str(sheet.departement)
        self._slugs = sheet.departement.slug, sheet.slug
        for name in ("confirmed_on", "last_verified_on", "situation", "valid_from", "valid_until"):
            setattr(self, name, getattr(sheet, name))
        named, said = _in_pieces(names(sheet)), _in_pieces(words(sheet))
        self._passages = (*named, *said, *_in_pieces(rest(sheet)))
        texts = [f"{searched(text)}\n" for _, text in self._passages]
        self._searched = "".join(texts)
        # Where each passage begins there.
        self._starts = array("I", [0])
        for text in texts:
            self._starts.append(self._starts[-1] + len(text))
        # The first passages of GISTI's words and of others', and of all the rest.
        self._words, self._rest = len(named), len(named) + len(said)
        # No database sorts them: each would put accents elsewhere.
        self._order = sheet.departement.code, texts[0], sheet.slug

    @property
    def address(self):
        return address("procedure", *self._slugs)

    def holds(self, terms):
        text = self._searched
        return all(term in text for term in terms)

    def rank(self, terms):
        """Return by what a sheet that holds ``terms`` comes before others, as a tuple.

        How many it is called by, how many are somebody's words, how many stand together.
        """
        words, rest = self._starts[self._words], self._starts[self._rest]
        text = self._searched
        named = sum(text.find(term, 0, words) >= 0 for term in terms)
        said = sum(text.find(term, words, rest) >= 0 for term in terms)
        near = max(map(len, self._found(terms).values())) if len(terms) > 1 else 1
        return -named, -said, -near, *self._order

    def _found(self, terms):
        """Return {passage: the terms that it holds}."""
        text, starts, found = self._searched, self._starts, {}
        for term in terms:
            at = text.find(term)
            while at >= 0:
                passage = bisect_right(starts, at) - 1
                found.setdefault(passage, []).append(term)
                at = text.find(term, starts[passage + 1])
        return found

    def excerpts(self, terms):
        """Return [(title, ``Excerpt``)] of few passages that hold the most of ``terms``.

        Not of the names, which are shown anyway; and no other where one holds them all.
        """
        found = self._found(terms)
        missing, shown = set(terms), []
        named = set(chain(*(held for passage, held in found.items() if passage < self._words)))
        there = {passage: held for passage, held in sorted(found.items()) if passage >= self._words}
        while there and missing and len(shown) < MOST_EXCERPTS:
            passage = max(there, key=lambda key: len(missing.intersection(there[key])))
            if not missing.intersection(there[passage]):
                break
            title, text = self._passages[passage]
            shown.append((_(title), excerpt(text, terms)))
            missing -= {*there.pop(passage), *named}
        return shown


def _in_pieces(texts):
    return [(title, piece) for title, text in texts for piece in pieces_of(text)]
