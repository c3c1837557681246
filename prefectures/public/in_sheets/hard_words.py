"""Hard words in which, or in whose explanation, words are found."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse

from ...models import GlossaryTerm
from ...sheets.shown import every_row, made
from ...text.marked import Excerpt, excerpt, marked
from ...text.wanted import searched

MOST_WORDS = 5


@dataclass
class HardWord:
    """A word of the glossary: ``term`` is [(text, whether it is marked)]."""

    term: list
    address: str
    explanation: Excerpt


def hard_words(terms):
    """Return the first ``HardWord``s that hold all of ``terms``, those that are so called first."""
    found = []
    for term, named, whole in _searched(tuple(every_row(GlossaryTerm))):
        if all(sought in whole for sought in terms):
            found.append((-sum(sought in named for sought in terms), term.slug, term))
    found.sort(key=lambda each: each[:2])
    return [_shown(term, terms) for _, _, term in found[:MOST_WORDS]]


# Of what the database says, and no other. Two, for whoever is amid a transaction.
@lru_cache(maxsize=2)
def _searched(rows):
    """Return (term, its spellings, all that is said of it), as these are searched."""
    found = []
    for row in rows:
        term = made(GlossaryTerm, row)
        named = "\n".join(map(searched, term.spellings))
        said = f"{searched(term.explanation)}\n{searched(term.law_article)}"
        found.append((term, named, f"{named}\n{said}"))
    return found


def _shown(term, terms):
    return HardWord(
        marked(term.term, terms),
        f"{reverse('glossary')}#mot-{term.slug}",
        excerpt(term.explanation, terms),
    )
