"""What is not the same in two states, object by object and field by field. Pure."""

from dataclasses import dataclass

from .kinds import SHEETS
from .state import Item

ABSENT = object()


@dataclass
class Change:
    """One object of ``model``: ``before`` is None of a new one, ``after`` of one that goes.

    ``sheet`` is the Item whose row it is; of a new sheet it gets its key when it is written.
    """

    model: type
    before: Item | None
    after: Item | None
    sheet: Item | None = None


def differing(before, after):
    """Return the names of the values ({name: value}) that are not the same, or not there before."""
    return [name for name, value in after.items() if before.get(name, ABSENT) != value]


def changes(before, after):
    """Yield each ``Change`` that leads from a ``State`` to another of the same sheet."""
    if before.sheet is None or after.sheet is None or before.sheet.values != after.sheet.values:
        yield Change(SHEETS.model, before.sheet, after.sheet)
    if after.sheet is None:
        # Its rows go with it.
        return
    for kind, rows in after.rows.items():
        for number in {**before.rows[kind], **rows}:
            was, is_now = before.rows[kind].get(number), rows.get(number)
            if was is None or is_now is None or was.values != is_now.values:
                yield Change(kind.model, was, is_now, after.sheet)
