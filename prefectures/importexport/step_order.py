"""Where a new step comes: after the last one, unless its row says otherwise."""

from collections import defaultdict

from ..models.fields import LAST_POSITION
from .plan import ADDED, REMOVED


def place_new_steps(rows, known):
    """Give each new step that names no group the next one of its sheet, in the file's order."""
    steps = [row for row in rows if row.kind.is_row and row.kind.is_grouped]
    going = {row.before.pk for row in steps if row.status == REMOVED}
    last = {}
    for row in steps:
        if row.status != ADDED:
            continue
        if row.key not in last:
            last[row.key] = _last_group(known.states.get(row.key), row.kind, going)
        before = last[row.key]
        if "group" in row.given:
            last[row.key] = max(before, row.after.values["group"])
        elif before >= LAST_POSITION:
            row.refuse(f"Cette fiche a déjà une étape n° {before} : donnez un numéro.", _label(row))
        else:
            last[row.key] = row.after.values["group"] = before + 1
            for change in row.changes:
                if change.label == _label(row):
                    change.after = str(before + 1)


def _last_group(state, kind, going):
    items = state.rows[kind].values() if state else ()
    return max((item.values["group"] for item in items if item.pk not in going), default=0)


def _label(row):
    return str(row.kind.model._meta.get_field("group").verbose_name)


def point_out_alternatives(rows, known):
    """Say of a new sheet that several of its steps bear the number 1: they are a choice then."""
    first = defaultdict(list)
    for row in rows:
        is_new = row.kind.is_row and row.status == ADDED and row.key not in known.sheets
        if is_new and row.after.values.get("group") == 1:
            first[row.key].append(row)
    for same in first.values():
        if len(same) > 1:
            lines = ", ".join(str(row.line) for row in same[:10])
            same[0].notices.append(
                f"Plusieurs lignes ont le même « {_label(same[0])} » 1 (lignes {lines}) : ces "
                "étapes seront au choix, avec « ou ». Si elles se suivent, numérotez-les 1, 2, 3 "
                "ou videz la case."
            )
