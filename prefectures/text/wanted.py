"""What somebody seeks in texts: the words of their question, as ``text/marked.py`` looks for them.

A text is searched as ``searched`` makes it, between spaces: " un recepisse ". A term is a piece of
such a text, so that looking for it is looking for one string: " recepiss" begins a word, " de "
is one, " herault gouv fr book" are words that follow one another.
"""

import re

from .naming import normalised

# More is not read: nobody's question is longer, and each word is looked for in every sheet.
LONGEST_QUERY = 100
MOST_WORDS = 8

QUOTES = '"“”«»'
# What stands in quotes, and whether they are closed; or what stands between spaces.
ASKED = re.compile(rf"[{QUOTES}]([^{QUOTES}]*)([{QUOTES}]?)|[^\s{QUOTES}]+")
ELIDED = re.compile("^(?:[cdjlmnst]|qu)['’]", re.IGNORECASE)
# They stand in every text, and say nothing of what is sought unless they are all that is.
EMPTY_WORDS = {
    "a", "au", "aux", "avec", "c", "ce", "ces", "d", "dans", "de", "des", "du", "elle", "elles",
    "en", "est", "et", "il", "ils", "j", "je", "l", "la", "le", "les", "leur", "m", "mon", "n",
    "ne", "nous", "on", "ou", "par", "pas", "pour", "qu", "que", "qui", "s", "sa", "se", "ses",
    "si", "son", "sont", "sur", "t", "tu", "un", "une", "vous", "y",
}  # fmt: skip


def searched(text):
    """Return ``text`` as terms are looked for in it: " la prefecture de l herault "."""
    return f" {normalised(text)} "


def terms_of(query):
    """Return the terms of a ``query``, each once and in its order: all of them are to be found.

    A word is found by its beginning, and so is the last of several that signs hold together:
    "gouv.fr/book". What stands in quotes is found as it is.
    """
    telling, empty, count = [], [], 0
    for match in ASKED.finditer(query[:LONGEST_QUERY]):
        quoted, is_closed = match[1], bool(match[2])
        words = normalised(ELIDED.sub("", match[0]) if quoted is None else quoted).split()
        words = words[: MOST_WORDS - count]
        if not words:
            continue
        is_empty = quoted is None and len(words) == 1 and words[0] in EMPTY_WORDS
        # A letter begins too many words.
        is_whole = is_closed or is_empty or (len(words) == 1 and len(words[0]) == 1)
        (empty if is_empty else telling).append(f" {' '.join(words)}{' ' if is_whole else ''}")
        count += 0 if is_empty else len(words)
    return list(dict.fromkeys(telling or empty[:MOST_WORDS]))
