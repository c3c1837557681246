"""A workbook that is sent twice: its rows without number would add every part again."""

from collections import Counter, defaultdict

from .known import PARTS
from .plan import ADDED, REMOVED

# Where a part stands is no part of what it says, when its row does not say it.
WHERE = ("group", "position")


def leave_out_repeats(rows, known, *, insists):
    """Mark the new parts without number that their sheet already has; leave them out.

    Two equal rows are there already if the sheet has two such parts. ``insists``: only mark them.
    """
    going = {row.instance.pk for row in rows if row.kind in PARTS and row.status == REMOVED}
    for kind in PARTS:
        there = {}
        for row in rows:
            if row.kind is not kind or row.status != ADDED or row.number is not None:
                continue
            names = _names(kind, row)
            if names not in there:
                there[names] = _counted(known.parts[kind], names, kind, going)
            found = there[names][row.key]
            said = _said(row.instance, names)
            if found[said] > 0:
                found[said] -= 1
                row.is_repeat = True
                row.is_left_out = not insists


def _names(kind, row):
    """Return the names of the columns in which the row is compared."""
    return tuple(name for name in kind.resource().columns if name not in WHERE or name in row.given)


def _said(part, names):
    return tuple(getattr(part, name) for name in names)


def _counted(by_key, names, kind, going):
    found = defaultdict(Counter)
    for key, parts in by_key.items():
        for part in parts.values():
            if part.pk not in going:
                found[key][_said(part, names)] += 1
    return found
