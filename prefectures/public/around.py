"""What stands around a sheet, and is the same for many: hard words."""

from functools import lru_cache

from ..models import GlossaryTerm
from ..sheets.shown import every_row, made
from ..text.spellings import Sought, Words


def terms_in(text):
    """Return the terms that ``text`` holds, and those that explain them, in their order."""
    return _glossary(tuple(every_row(GlossaryTerm))).terms_in(text)


# Of what the database says, and no other. Two, for whoever is amid a transaction.
@lru_cache(maxsize=2)
def _glossary(rows):
    return Glossary([made(GlossaryTerm, row) for row in rows])


class Glossary:
    """Terms, with what is to be known of them to find those of a page."""

    def __init__(self, terms):
        self.terms = terms
        self._sought = [
            (place, Sought(spelling))
            for place, term in enumerate(terms)
            for spelling in term.spellings
        ]
        explanations = [Words(f"{term.explanation} {term.law_article}") for term in terms]
        # Of each term, those that its explanation holds, by their places.
        self._explained_by = [self._held(words) for words in explanations]

    def terms_in(self, text):
        """Return the terms that ``text`` holds, and those that explain them, in their order."""
        found, waiting = set(), self._held(Words(text))
        while waiting:
            place = waiting.pop()
            if place not in found:
                found.add(place)
                waiting |= self._explained_by[place]
        return [self.terms[place] for place in sorted(found)]

    def _held(self, words):
        return {place for place, sought in self._sought if sought.stands_in(words)}
