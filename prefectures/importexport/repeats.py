"""A workbook that is sent twice: its rows without number would add every part again."""

from collections import Counter

from ..sheets.state import Item
from .plan import ADDED, REMOVED
from .resources import fields_in_columns

# Where a part stands is no part of what it says, when its row does not say it.
WHERE = ("group", "position")


def leave_out_repeats(rows, known, *, insists):
    """Mark the new parts without number that their sheet already has; leave them out.

    Two equal rows are there already if the sheet has two such parts. ``insists``: only mark them.
    """
    going = {(row.kind, row.before.pk) for row in rows if row.status == REMOVED}
    there = {}
    for row in rows:
        if not row.kind.is_row or row.status != ADDED or row.number is not None:
            continue
        names = _names(row)
        place = row.kind, row.key, names
        if place not in there:
            there[place] = _counted(known.states.get(row.key), row.kind, names, going)
        said = _said(row.after, names)
        if there[place][said] > 0:
            there[place][said] -= 1
            row.is_repeat = True
            row.is_left_out = not insists


def _names(row):
    """Return the names of the columns in which the row is compared."""
    names = fields_in_columns(row.kind.model)
    return tuple(name for name in names if name not in WHERE or name in row.given)


def _said(item, names):
    # A sheet that comes in the same file has no key yet, and is nobody's row either.
    values = (item.values[name] for name in names)
    return tuple(id(value) if isinstance(value, Item) else value for value in values)


def _counted(state, kind, names, going):
    items = state.rows[kind].values() if state else ()
    return Counter(_said(item, names) for item in items if (kind, item.pk) not in going)
