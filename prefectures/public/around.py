"""What stands around a sheet, and is the same for many: what holds everywhere, hard words."""

from ..models import GeneralText, GlossaryTerm
from ..sheets.shown import every, helping_in
from ..text.spellings import Words

__all__ = ["general_texts", "helping_in", "terms_in"]


def general_texts():
    return every(GeneralText)


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
