"""Whether a page says something else than it did, and what. Pure.

Where lines end, in which order blocks stand, how words are written and what is another each day
make no difference: a sentence that stood in one text and stands in the other has not changed.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby

from ..text.blocks import Block, Fold, block_differences, folded
from ..text.differences import ADDED, REMOVED, pieces
from .occurrences import Occurrences
from .passing import are_only_dates, without_passing

SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÀ-Þ«\d])")
# In words: what stands by itself in a line and says something of the line above.
LONGEST_LABEL, LONGEST_VALUE = 6, 8
VALUE = re.compile(
    r"\d|\b(?:ferme|ouvert|rendez vous|gratuit|oui|non|aucun|neant|obligatoire|facultatif)"
)
# "Lundi : 9h-12h"; a row of a table.
OWN_LABEL = re.compile(r"\w\s*:\s|\|")


@dataclass(frozen=True)
class Segment:
    """A sentence, or a line that is less: ``shown`` as the page has it, ``words`` as compared.

    ``sought`` are the words that must stand together: of the hours in a line of their own, those of
    the day above too.
    """

    shown: str
    words: tuple
    sought: tuple


@dataclass(frozen=True)
class Difference:
    """What a text no longer says, and what it says now, sentence by sentence, as it says it."""

    removed: list = field(default_factory=list)
    added: list = field(default_factory=list)

    @property
    def is_real(self):
        return bool(self.removed or self.added)


@dataclass(frozen=True)
class Row:
    """Two lines beside each other, each a list of (kind, text) as in ``text/differences.py``.

    An empty one is where the other text has nothing; ``unchanged`` counts lines that are folded.
    """

    before: list = field(default_factory=list)
    after: list = field(default_factory=list)
    unchanged: int = 0


def comparable(text):
    """Return the lines of ``text`` as they are compared, without those that say nothing lasting."""
    return [words for _, words in _lines(text, {})]


def has_changed(before, after):
    return before != after and difference(before, after).is_real


def difference(before, after):
    """Return the ``Difference`` that leads from the text ``before`` to ``after``."""
    known = {}
    removed, added = _apart(_segments(before, known), _segments(after, known))
    return Difference([each.shown for each in removed], [each.shown for each in added])


def lasting(accepted, first_seen, seen_again):
    """Return the ``Difference`` between ``accepted`` and what two later readings have in common.

    What is another each time (a news item at random, a token) is in no two of them: it drops out,
    and with it what stood in its place in ``accepted``.
    """
    known = {}
    texts = (accepted, first_seen, seen_again)
    old, first, again = (_segments(text, known) for text in texts)
    removed, added = _apart(old, again)
    removed_at_first, added_at_first = _apart(old, first)
    added = _in_both(added, added_at_first)
    removed = _in_both(removed, removed_at_first)
    only_first, only_again = _apart(first, again)
    # The most that either tells: what is drawn at random may come back elsewhere.
    explained = _in_the_place_of(removed, old, first, only_first)
    explained |= _in_the_place_of(removed, old, again, only_again)
    removed = [each for each in removed if not _take(explained, each.sought)]
    return Difference([each.shown for each in removed], [each.shown for each in added])


def side_by_side(before, after):
    """Return the ``Row``s of two texts, what changed marked in them, what did not folded."""
    rows = []
    old, new = (
        [Block(line) for line in text.splitlines() if line.strip()] for text in (before, after)
    )
    for block in folded(block_differences(old, new)):
        if isinstance(block, Fold):
            rows.append(Row(unchanged=block.count))
        else:
            rows.append(
                Row(
                    [piece for piece in block.words if piece[0] != ADDED],
                    [piece for piece in block.words if piece[0] != REMOVED],
                )
            )
    return rows


def _lines(text, known):
    """Return [(line, its words as compared)] of those that say something lasting.

    ``known`` are the words of lines that were read before: most are the same in both texts.
    """
    lines = [(line, _words(line, known)) for line in text.splitlines()]
    lines = [each for each in lines if each[1]]
    printed = are_only_dates([words for _, words in lines])
    return [line for line, is_printed in zip(lines, printed, strict=True) if not is_printed]


def _words(line, known):
    if line not in known:
        known[line] = without_passing(line)
    return known[line]


def _segments(text, known):
    found, above = [], ()
    for line, whole in _lines(text, known):
        sentences = SENTENCE_END.split(line)
        said = [(line, whole)]
        if len(sentences) > 1:
            said = [(each, _words(each, known)) for each in sentences]
        for shown, written in said:
            words = tuple(written.split())
            is_value = _is_value(shown, written, len(words))
            if words:
                found.append(Segment(shown, words, above + words if is_value else words))
            # Only what begins a line stands right below the one above.
            above = ()
        is_label = len(said) == 1 and len(words) <= LONGEST_LABEL and not VALUE.search(whole)
        above = words if is_label else ()
    return found


def _is_value(shown, written, length):
    return length <= LONGEST_VALUE and VALUE.search(written) and not OWN_LABEL.search(shown)


def _apart(old, new):
    """Return the segments of ``old`` that ``new`` has not, and those of ``new`` that are more."""
    mine, theirs = (Counter(each.sought for each in side) for side in (old, new))
    if mine == theirs:
        return [], []
    in_old, in_new = (
        Occurrences([word for each in side for word in each.words]) for side in (old, new)
    )
    return (
        _missing(old, mine - theirs, in_old, in_new),
        _missing(new, theirs - mine, in_new, in_old),
    )


def _missing(segments, surplus, here, there):
    """Return the segments of the ``surplus`` whose words stand together less often ``there``."""
    missing = {}
    for sought, count in surplus.items():
        found = here.count(sought)
        # Not found where it stands: too much was asked. Rather told than passed over.
        missing[sought] = min(count, found - there.count(sought)) if found else count
    return [each for each in segments if _take(missing, each.sought)]


def _take(counts, key):
    """Whether one of ``key`` was left, which is taken."""
    if counts.get(key, 0) <= 0:
        return False
    counts[key] -= 1
    return True


def _in_both(some, others):
    counts = Counter(each.sought for each in others)
    return [each for each in some if _take(counts, each.sought)]


def _in_the_place_of(removed, old, new, passing):
    """Count the ``removed`` of ``old`` in whose place ``new`` has what is ``passing``."""
    gone, found = Counter(each.sought for each in removed), Counter()
    passing = {each.sought for each in passing}
    runs = pieces([each.sought for each in old], [each.sought for each in new])
    for is_kept, group in groupby(runs, key=lambda run: run[0]):
        if is_kept:
            continue
        between = [*group]
        candidates = [words for run in between for words in run[1] if gone[words] > 0]
        for words in (words for run in between for words in run[2]):
            if words in passing and candidates:
                alike = max(candidates, key=lambda each, other=words: _likeness(each, other))
                candidates.remove(alike)
                found[alike] += 1
    return found


def _likeness(some, others):
    return len({*some} & {*others}) / len({*some} | {*others})
