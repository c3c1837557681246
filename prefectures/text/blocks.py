"""What changed in a long text, block by block: paragraphs, titles, items of a list.

Blocks that are the same are found first; between them, those that resemble one another are compared
word by word, and the others are told whole, as gone or as come. What did not change can be folded.
Pure; the work is bounded as in ``differences.py``.
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from .differences import ADDED, KEPT, REMOVED, pieces, word_differences
from .html_tokens import END, TEXT, tokens

PARAGRAPH, ITEM, TITLE, QUOTE = "paragraph", "item", "title", "quote"
SHAPES = {"li": ITEM, "h3": TITLE, "h4": TITLE, "blockquote": QUOTE}
LISTS = {"ul", "ol"}
ENDS_A_BLOCK = {"p", *SHAPES, *LISTS}
CHANGED = "~"
# Without what is printed beside it: a word is the same before a comma.
WORD = re.compile(r"\w+")
# Old blocks times new ones: beyond, they are told whole.
MOST_PAIRS = 900
# How many of their words two blocks must have in common to be the same one, changed.
ALIKE = 0.4


@dataclass(frozen=True)
class Block:
    """One paragraph, title or item: ``text`` as it is read, ``form`` tells bold and lists apart."""

    text: str
    shape: str = PARAGRAPH
    form: str = ""


@dataclass
class Fold:
    """How many blocks stand there that did not change."""

    count: int
    kind: str = KEPT


@dataclass
class Compared:
    """One block that is in one text, or in both: ``words`` are its [(kind, text)].

    ``is_form_alone``: its words are the same, bold or a list is what changed.
    """

    kind: str
    shape: str
    words: list
    is_form_alone: bool = False


def blocks_of(text, is_rich=False):
    """Return the ``Block``s of a text: of rich text those of its HTML, of another its lines."""
    if not is_rich:
        return [Block(line) for line in text.splitlines() if line.strip()]
    reading = _Reading()
    for token in tokens(text):
        reading.take(token)
    reading.end()
    return reading.found


class _Reading:
    """Rich text, read token by token; ``within`` are the tags that shape what is being read."""

    def __init__(self):
        self.found, self.said, self.form, self.within, self.address = [], [], [], [], None

    def take(self, token):
        name, is_end = token.name, token.kind == END
        if token.kind == TEXT:
            self.said.append(name)
            self.form.append(name)
            return
        if name in ENDS_A_BLOCK:
            self.end()
        if name in SHAPES or name in LISTS:
            self._enter_or_leave(name, is_end)
        elif name == "br":
            self.said.append("\n")
        elif name == "a":
            if is_end and self.address is not None:
                self.said.append(f" <{self.address}>")
            self.address = None if is_end else token.attrs.get("href")
        elif name != "p":
            # Bold, or no longer: to be told, though no word changed.
            self.form.append(f"<{token.kind} {name}>")

    def _enter_or_leave(self, name, is_end):
        if not is_end:
            self.within.append(name)
        elif self.within:
            self.within.pop()

    def end(self):
        text = "".join(self.said).strip()
        if text:
            shapes = [SHAPES[name] for name in self.within if name in SHAPES]
            form = " ".join([*self.within, "".join(self.form)])
            self.found.append(Block(text, (shapes or [PARAGRAPH])[-1], form))
        self.said, self.form = [], []


def block_differences(before, after):
    """Return the ``Compared`` blocks that lead from ``before`` to ``after``, lists of ``Block``s.

    The kept and removed words of all are those of ``before``; the kept and added, of ``after``.
    """
    found = []
    for is_kept, group in groupby(pieces(before, after), key=lambda piece: piece[0]):
        some = list(group)
        old, new = ([block for piece in some for block in piece[at]] for at in (1, 2))
        if is_kept:
            found += [Compared(KEPT, block.shape, [(KEPT, block.text)]) for block in new]
        else:
            found += _between(old, new)
    return found


def folded(compared):
    """Return ``compared`` with a ``Fold`` in the place of each run of unchanged blocks."""
    found = []
    for is_kept, group in groupby(compared, key=lambda block: block.kind == KEPT):
        some = list(group)
        found += [Fold(len(some))] if is_kept else some
    return found


def _between(old, new):
    """Yield what became of blocks of which none is the same in both."""
    i = j = 0
    for next_i, next_j in [*_pairs(old, new), (len(old), len(new))]:
        yield from (_whole(REMOVED, block) for block in old[i:next_i])
        yield from (_whole(ADDED, block) for block in new[j:next_j])
        if next_i < len(old):
            yield _changed(old[next_i], new[next_j])
        i, j = next_i + 1, next_j + 1


def _whole(kind, block):
    return Compared(kind, block.shape, [(kind, block.text)])


def _changed(old, new):
    is_form_alone = old.text == new.text
    return Compared(CHANGED, new.shape, word_differences(old.text, new.text), is_form_alone)


def _pairs(old, new):
    """Return the [(place in old, in new)] of blocks that are one, changed: the most alike of all
    pairs that follow one another in both.
    """
    if len(old) * len(new) > MOST_PAIRS:
        return []
    mine, theirs = ([Counter(WORD.findall(block.text)) for block in side] for side in (old, new))
    alike = [[_likeness(some, others) for others in theirs] for some in mine]
    best = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            paired = alike[i][j] + best[i + 1][j + 1] if alike[i][j] >= ALIKE else 0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    found, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            found.append((i, j))
            i, j = i + 1, j + 1
    return found


def _likeness(some, others):
    """Return how much of their words two blocks share, 0 to 1; one within the other is enough."""
    common, sizes = (some & others).total(), (some.total(), others.total())
    share = 2 * common / max(sum(sizes), 1)
    return max(share, ALIKE) if common == min(sizes) and common > 2 else share
