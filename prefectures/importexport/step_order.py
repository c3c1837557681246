"""Where a new step comes: after the last one, unless its row says otherwise."""

from collections import defaultdict

from ..models import Step
from ..models.fields import LAST_POSITION
from .plan import ADDED, REMOVED
from .resources import STEPS

LABEL = str(Step._meta.get_field("group").verbose_name)


def place_new_steps(rows, known):
    """Give each new step that names no group the next one of its sheet, in the file's order."""
    steps = [row for row in rows if row.kind is STEPS]
    going = {row.instance.pk for row in steps if row.status == REMOVED}
    last = {
        key: max((step.group for step in of_one.values() if step.pk not in going), default=0)
        for key, of_one in known.parts[STEPS].items()
    }
    for row in steps:
        if row.status != ADDED:
            continue
        before = last.get(row.key, 0)
        if "group" in row.given:
            last[row.key] = max(before, row.instance.group)
        elif before >= LAST_POSITION:
            row.refuse(f"Cette fiche a déjà une étape n° {before} : donnez un numéro.", LABEL)
        else:
            last[row.key] = row.instance.group = before + 1
            for change in row.changes:
                if change.label == LABEL:
                    change.after = str(row.instance.group)


def point_out_alternatives(rows, known):
    """Say of a new sheet that several of its steps bear the number 1: they are a choice then."""
    first = defaultdict(list)
    for row in rows:
        is_new = row.kind is STEPS and row.status == ADDED and row.key not in known.sheets
        if is_new and row.instance.group == 1:
            first[row.key].append(row)
    for same in first.values():
        if len(same) > 1:
            lines = ", ".join(str(row.line) for row in same[:10])
            same[0].notices.append(
                f"Plusieurs lignes ont le même « {LABEL} » 1 (lignes {lines}) : ces étapes seront "
                "au choix, avec « ou ». Si elles se suivent, numérotez-les 1, 2, 3 ou videz la "
                "case."
            )
