"""The text of a page with the words marked that proposals come from."""

import itertools
from collections import defaultdict
from typing import NamedTuple


class Piece(NamedTuple):
    """``marks`` are the numbers of the proposals that the words are for; none, mostly.

    ``begins`` are those whose first words they are.
    """

    text: str
    marks: tuple
    begins: tuple


class MarkedLine(NamedTuple):
    tag: str
    depth: int
    pieces: list


def marked(page, proposals):
    """Return the ``MarkedLine``s of ``page``; proposals are numbered from 0, in their order."""
    over = defaultdict(list)
    for number, proposal in enumerate(proposals):
        for place, (start, end) in enumerate(proposal.spans):
            for index in range(page.at(start), page.at(max(start, end - 1)) + 1):
                over[index].append((start, end, number, place == 0))
    return [
        MarkedLine(line.tag, line.depth, _pieces(page, line, over[index]))
        for index, line in enumerate(page.lines)
    ]


def _pieces(page, line, spans):
    edges = {line.start, line.end}
    for start, end, *_ in spans:
        edges |= {max(start, line.start), min(end, line.end)}
    edges = sorted(edges)
    pieces = []
    for start, end in itertools.pairwise(edges):
        over = [span for span in spans if span[0] <= start and span[1] >= end]
        marks = tuple(dict.fromkeys(number for *_, number, _ in over))
        begins = tuple(number for first, _, number, is_first in over if is_first and first == start)
        pieces.append(Piece(page.text[start:end], marks, begins))
    return pieces
