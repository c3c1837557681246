"""What changed in a text, word by word: blocks are compared first, then the words of each.

The work grows with the texts and no faster, whatever they hold, so that a page of many comparisons
is served as well as one: words that occur as often in both texts part them, only what lies between
two of these is compared word with word, and where that is too much, it is shown whole.
"""

import re
from bisect import bisect_left
from collections import Counter
from itertools import groupby

from diff_match_patch import diff_match_patch

from .html_tokens import END, TEXT, tokens

KEPT, REMOVED, ADDED = "=", "-", "+"

ENDS_A_LINE = {"p", "li", "h3", "h4"}
WORD = re.compile(r"\s+|\S+")
# Old words times new words: two sentences of 25 words, with their spaces.
MOST_PAIRS = 2500
# How often what lies between two such words is parted again.
DEEPEST = 4
_matcher = diff_match_patch()
# No clock: what it is given is small, and the same texts always give the same page.
_matcher.Diff_Timeout = 0


def text_of(html):
    """Return rich text as lines, one a paragraph, a title or a list item; links say where to."""
    found, address = [], None
    for token in tokens(html):
        if token.kind == TEXT:
            found.append(token.name)
        elif token.name == "a":
            if token.kind == END and address is not None:
                found.append(f" <{address}>")
            address = None if token.kind == END else token.attrs.get("href")
        elif token.name == "br" or (token.kind == END and token.name in ENDS_A_LINE):
            found.append("\n")
    return "".join(found).strip()


def word_differences(before, after):
    """Return the [(kind, text)] that lead from ``before`` to ``after``: "=" kept, "-", "+".

    The kept and removed texts joined are ``before``; the kept and added ones, ``after``.
    """
    found = []
    lines = pieces(before.splitlines(keepends=True), after.splitlines(keepends=True))
    for is_kept, old, new in _joined(lines):
        for is_same, was, is_now in [(True, old, new)] if is_kept else _changed_words(old, new):
            found += [(KEPT, was)] if is_same else [(REMOVED, was), (ADDED, is_now)]
    by_kind = groupby((each for each in found if each[1]), key=lambda each: each[0])
    return [(kind, "".join(text for _, text in group)) for kind, group in by_kind]


def _changed_words(before, after):
    runs = _joined(pieces(WORD.findall(before), WORD.findall(after)))
    # A space that stays between words that go would cut them to pieces.
    return _joined(
        (is_kept and (number == 0 or bool(was.strip())), was, is_now)
        for number, (is_kept, was, is_now) in enumerate(runs)
    )


def _joined(found):
    """Yield (is_kept, old text, new text) of these pieces, neighbours of one kind together."""
    for is_kept, group in groupby(found, key=lambda piece: piece[0]):
        _, old, new = zip(*group, strict=True)
        yield is_kept, "".join(map("".join, old)), "".join(map("".join, new))


def pieces(old, new, depth=0):
    """Yield (is_kept, some of old, some of new) of two lists, of words say, in their order."""
    start = _length_in_common(old, new)
    end = _length_in_common(old[start:][::-1], new[start:][::-1])
    yield True, old[:start], new[:start]
    ending = old[len(old) - end :]
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    if len(old) * len(new) <= MOST_PAIRS:
        yield from _closely(old, new)
    else:
        i = j = 0
        for next_i, next_j in _in_common(old, new) if depth < DEEPEST else ():
            yield from pieces(old[i:next_i], new[j:next_j], depth + 1)
            yield True, [old[next_i]], [new[next_j]]
            i, j = next_i + 1, next_j + 1
        rest = old[i:], new[j:]
        if i:
            yield from pieces(*rest, depth + 1)
        else:
            yield False, *rest
    yield True, ending, ending


def _length_in_common(old, new):
    pairs = enumerate(zip(old, new, strict=False))
    shorter = min(len(old), len(new))
    return next((number for number, (mine, theirs) in pairs if mine != theirs), shorter)


def _closely(old, new):
    """Compare two short lists, word with word."""
    letters = {}
    spelt = [
        "".join(chr(letters.setdefault(word, len(letters) + 1)) for word in words)
        for words in (old, new)
    ]
    words = [*letters]
    for sign, some in _matcher.diff_main(*spelt, False):
        own = [words[ord(letter) - 1] for letter in some]
        yield sign == 0, [] if sign > 0 else own, [] if sign < 0 else own


def _in_common(old, new):
    """Return the [(place in old, in new)] of words that occur as often in both, in one order.

    The longest such chain, by patience sorting: each pair lies on the first pile whose top is not
    before it, and remembers the top of the pile to its left.
    """
    (times, places), (new_times, new_places) = _places(old), _places(new)
    pairs = [
        (i, new_places[word, number])
        for (word, number), i in places.items()
        if times[word] == new_times[word] and not _is_blank(word)
    ]
    tops, piles = [], []
    for i, j in pairs:
        pile = bisect_left(tops, j)
        link = (i, j, piles[pile - 1] if pile else None)
        tops[pile : pile + 1], piles[pile : pile + 1] = [j], [link]
    chain, link = [], piles[-1] if piles else None
    while link:
        i, j, link = link
        chain.append((i, j))
    return chain[::-1]


def _is_blank(word):
    # Blocks are compared by the same rules: none of them is blank.
    return isinstance(word, str) and word.isspace()


def _places(words):
    """Return how often each word occurs, and {(word, its how manieth): place}."""
    times, places = Counter(), {}
    for i, word in enumerate(words):
        times[word] += 1
        places[word, times[word]] = i
    return times, places
