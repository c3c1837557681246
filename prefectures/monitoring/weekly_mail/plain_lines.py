"""Sentences as lines of a mail in plain text, with the no-break spaces of French typography."""

import re
from textwrap import wrap

# RFC 5322, 2.1.1.
WIDTH = 78
NO_BREAK = "\u00a0"
# All that would end a line, or that nobody sees; the spaces that hold words together are kept.
BLANK = re.compile(r"(?:[\x00-\x1f\x7f-\x9f]|[^\S\u00a0\u202f])+")
HELD = re.compile(r" (?=[:;?!»])|(?<=«) ")


def lines_of(text, indent="", first=None):
    """Return ``text`` in lines of ``WIDTH`` signs at most; an address alone may be longer.

    ``indent`` begins each line, ``first`` the first one in its place.
    """
    first = indent if first is None else first
    room = WIDTH - max(len(indent), len(first))
    text = HELD.sub(NO_BREAK, BLANK.sub(" ", text).strip())
    words = [part for word in text.split(" ") for part in _parts(word, room)]
    return wrap(
        " ".join(words),
        WIDTH,
        initial_indent=first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _parts(word, room):
    # An address that is cut leads nowhere.
    if "://" in word:
        return [word]
    return [word[at : at + room] for at in range(0, len(word), room)]
