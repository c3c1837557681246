"""What stands around a sheet, and is the same for many: hard words."""

from ..models import GlossaryTerm
from ..sheets.shown import every
from ..text.spellings import Words


def terms_in(text):
    """Return the terms that ``text`` holds, and those that explain them, in their order."""
    known = every(GlossaryTerm)
    found, waiting = set(), [text]
    while waiting:
        words = Words(waiting.pop())
        for term in known:
            if term not in found and any(map(words.hold, term.spellings)):
                found.add(term)
                waiting.append(f"{term.explanation} {term.law_article}")
    return [term for term in known if term in found]
