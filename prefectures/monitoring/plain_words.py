"""A text as bare words: without case, accents, punctuation or anything that is not seen.

Of any script: a page may say in Arabic what it says in French.
"""

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")
ACCENTS = re.compile("[\u0300-\u036f]+")
# Soft hyphens, and what browsers break lines at or do not.
UNSEEN = str.maketrans("", "", "\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
LIGATURES = {"œ": "oe", "æ": "ae", "€": " euros ", "©": " copyright "}
LETTERS = str.maketrans(LIGATURES)


def words_of(text):
    """Return the words of ``text``: "L’Haÿ-les-Roses" → ["l", "hay", "les", "roses"]."""
    seen = text.translate(UNSEEN)
    if not seen.isascii():
        # Letters of a fancy alphabet have no small ones before they are plain.
        seen = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", seen).casefold())
        seen = ACCENTS.sub("", seen).translate(LETTERS)
    return WORD.findall(seen.casefold())


def plain(text):
    return " ".join(words_of(text))
