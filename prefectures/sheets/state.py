"""What a sheet is, as a whole, at a moment: its own values and those of its rows."""

from dataclasses import dataclass, field

from .kinds import ROWS


@dataclass
class Item:
    """One object, whatever its model: ``pk``, and ``values`` by name of the field.

    A link is the key of what it leads to; of a row of the same sheet, or another sheet, that is not
    written yet, an ``OwnRow`` or that sheet's ``Item``. Several links are a frozenset of keys.
    """

    pk: object
    values: dict


@dataclass(frozen=True)
class OwnRow:
    """Stands for the key of a row of the same sheet that is not written yet: it has its number."""

    number: int


@dataclass
class State:
    """A whole sheet: ``sheet`` (None where there is none), ``rows`` as {kind: {number: Item}}.

    Another object, an office say, is one without rows.
    """

    sheet: Item | None = None
    rows: dict = field(default_factory=lambda: {kind: {} for kind in ROWS})

    def item(self, kind, number=None):
        """Return the sheet, or its row of that ``kind`` and ``number``; None where none is."""
        return self.rows[kind].get(number) if kind.is_row else self.sheet
