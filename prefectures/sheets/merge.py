"""Who changed what, and who wins: the only place that says so.

Three states of one thing, as it was (``base``), as somebody else left it (``theirs``) and as it is
sent (``mine``); of a value, of a row that may not be there (None), of an order of rows. Pure.
"""

from dataclasses import dataclass

MINE, THEIRS = "mine", "theirs"

# What became of a thing that is not the same in all three.
KEPT, TAKEN, AGREED, CONFLICT = "kept", "taken", "agreed", "conflict"


def verdict(base, theirs, mine):
    """Return what became of a thing, "" where nothing did.

    ``KEPT``: only I changed it; ``TAKEN``: only they did; ``AGREED``: both, alike; ``CONFLICT``.
    """
    if mine == base:
        return "" if theirs == base else TAKEN
    if theirs == base:
        return KEPT
    return AGREED if mine == theirs else CONFLICT


@dataclass(frozen=True)
class Difference:
    """What became of field ``name`` of row ``key``; of the row itself where ``name`` is None."""

    key: object
    name: str | None
    base: object
    theirs: object
    mine: object
    verdict: str


def of_values(base, theirs, mine, key=None):
    """Yield the ``Difference`` of each of the values ({name: value}) that ``mine`` says."""
    for name, value in mine.items():
        became = verdict(base[name], theirs[name], value)
        if became:
            yield Difference(key, name, base[name], theirs[name], value, became)


def of_rows(base, theirs, mine):
    """Yield the ``Difference`` of rows, {key: values}; theirs first, in their order."""
    for key in {**theirs, **base, **mine}:
        three = [rows.get(key) for rows in (base, theirs, mine)]
        if None not in three:
            yield from of_values(*three, key)
        elif became := verdict(*three):
            yield Difference(key, None, *three, became)
