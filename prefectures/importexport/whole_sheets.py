"""What a sheet would be as a whole once the file is in: refused in the preview, not at the end."""

from collections import defaultdict

from ..sheets.faults import faults_of
from ..sheets.kinds import LEADING, SHEETS, row_kind
from ..sheets.reading import places_named
from ..sheets.state import Item, State
from ..sheets.words import Told
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
    if after.sheet is not None:
        after.sheet = Item(after.sheet.pk, dict(after.sheet.values))
        for field in LEADING:
            was, is_now = (
                {item.pk for item in state.rows[row_kind(field.related_model)].values()}
                for state in (before, after)
            )
            if after.sheet.values[field.name] in was - is_now:
                after.sheet.values[field.name] = None
    return after


def note_quotes_that_end(rows, known):
    """A sheet no longer quotes a link that goes: the row of the link says so."""
    told = {(row.key, change.label) for row in rows if row.kind is SHEETS for change in row.changes}
    planned = {row.key: row.after for row in rows if row.kind is SHEETS and row.after}
    for row in rows:
        if not row.kind.is_row or row.status != REMOVED:
            continue
        sheet = planned.get(row.key) or known.states[row.key].sheet
        for field in LEADING:
            label, quoted = str(field.verbose_name), sheet.values[field.name]
            if field.related_model is not row.kind.model or quoted != row.before.pk:
                continue
            if (row.key, label) in told:
                row.refuse(
                    "La ligne de la fiche dit qu’elle cite ce lien : corrigez l’une des deux."
                )
            else:
                row.changes.append(Told(f"{label} (de la fiche)", str(row.number), ""))
