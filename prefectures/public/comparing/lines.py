"""What differs in a text, word by word, in the lines where something does."""

from itertools import pairwise

from ...text.differences import ADDED, KEPT, REMOVED, word_differences


def changed_lines(before, after):
    """Return the lines of two texts that differ, each as [(kind, text)]; None where some are alike.

    No line where only spaces differ, which nobody sees.
    """
    found = []
    for line in _lines(_parted(word_differences(before, after))):
        if any(kind != KEPT and text.strip() for kind, text in line):
            found.append(line)
        elif any(text.strip() for _, text in line) and found[-1:] != [None]:
            found.append(None)
    return found if any(found) else []


def _parted(pieces):
    """Yield ``pieces``, the end of a line that goes and comes again kept, as whoever reads it sees.

    Where several lines become others, those that go come first, and then those that come.
    """
    for (kind, text), (next_kind, following) in pairwise([*pieces, (None, "")]):
        is_replaced = (kind, next_kind) == (REMOVED, ADDED)
        if is_replaced and text.endswith("\n") and following.endswith("\n"):
            text = text[:-1]
            if "\n" in text + following[:-1]:
                yield from ((kind, text), (KEPT, "\n"))
                continue
        yield kind, text


def _lines(pieces):
    line = []
    for kind, text in pieces:
        first, *others = text.split("\n")
        line.append((kind, first))
        for other in others:
            yield [piece for piece in line if piece[1]]
            line = [(kind, other)]
    yield [piece for piece in line if piece[1]]
