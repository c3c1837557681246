"""A text as it is searched for words: small letters without accents, every sign in its place."""

import re
import unicodedata
from functools import lru_cache

SIGNS = {"’": "'", "‘": "'", "\xa0": " ", "\u202f": " ", "–": "-", "—": "-", "œ": "o", "æ": "a"}


def flat(text):
    """Return ``text`` as long as it is, so that what is found in one stands there in the other."""
    return "".join(map(_flat, text))


@lru_cache(maxsize=2000)
def _flat(sign):
    sign = SIGNS.get(sign, sign)
    base = unicodedata.normalize("NFKD", sign)[0].lower()
    return base if len(base) == 1 else sign


def either(*ways):
    """Return the pattern of several ``ways`` to say a thing, flat; a space in one is any space."""
    return re.compile("|".join(ways).replace(" ", r"\s+"))
