"""What differs in a text, word by word, in the lines where something does."""

from ...text.differences import KEPT, word_differences


def changed_lines(before, after):
    """Return the lines of two texts that differ, each as [(kind, text)]; None where some are alike.

    No line where only spaces differ, which nobody sees.
    """
    found = []
    for line in _lines(word_differences(before, after)):
        if any(kind != KEPT and text.strip() for kind, text in line):
            found.append(line)
        elif any(text.strip() for _, text in line) and found[-1:] != [None]:
            found.append(None)
    return found if any(found) else []


def _lines(pieces):
    line = []
    for kind, text in pieces:
        first, *others = text.split("\n")
        line.append((kind, first))
        for other in others:
            yield [piece for piece in line if piece[1]]
            line = [(kind, other)]
    yield [piece for piece in line if piece[1]]
