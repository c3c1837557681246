"""The one glossary of the translations: the words that stay French, and what they mean."""

from functools import lru_cache

from django.utils.translation import pgettext

from ...text.beside import Beside


def translation(term):
    """Return what a term of the glossary means in the language of the page, "" where unknown.

    Terms are the team's to edit: those that it names as the site came with are translated.
    """
    said = pgettext("glossaire", term.term)
    return "" if said == term.term else said


def beside(terms):
    """Return what puts the translations of ``terms`` (a tuple) beside them in this language."""
    return _beside(tuple((tuple(term.spellings), translation(term)) for term in terms))


# A few hundred sets of terms stand together on a page.
@lru_cache(maxsize=500)
def _beside(terms):
    return Beside({each: said for spellings, said in terms for each in spellings if said})
