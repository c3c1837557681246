"""What a sheet would be as a whole once the file is in: refused in the preview, not at the end."""

from collections import defaultdict

from ..sheets.faults import faults_of
from ..sheets.kinds import SHEETS
from ..sheets.reading import places_named
from ..sheets.state import State
from .plan import ADDED, CHANGED, REMOVED, REPEATED, UNCHANGED


def refuse_faulty_sheets(rows, known):
    """Refuse the row of each sheet that could not be published so, or its first part's row."""
    by_key = defaultdict(list)
    for row in rows:
        is_sheet_s = row.kind is SHEETS or row.kind.is_row
        if is_sheet_s and row.after is not None and row.status not in (UNCHANGED, REPEATED):
            by_key[row.key].append(row)
    after = {key: _after(known.states.get(key), touched) for key, touched in by_key.items()}
    after = {key: state for key, state in after.items() if state.sheet is not None}
    places = places_named(after.values())
    for key, state in after.items():
        for sentence in faults_of(state, places):
            by_key[key][0].refuse(sentence)


def _after(before, touched):
    """Return the ``State`` of a sheet once the rows that touch it are written."""
    before = before or State()
    after = State(before.sheet, {kind: dict(rows) for kind, rows in before.rows.items()})
    for row in touched:
        if row.kind is SHEETS:
            after.sheet = None if row.is_removal else row.after
        elif row.status in (ADDED, CHANGED):
            # A row that has no number yet is known by its line.
            after.rows[row.kind][row.number or f"line {row.line}"] = row.after
        elif row.status == REMOVED:
            del after.rows[row.kind][row.number]
    return after
