"""Changes become facts, many at once, through the gate: import, undo, a file of sheets, a copy."""

from collections import defaultdict

from ..gate.bulk import add_all, change_all, remove_all
from ..gate.history_tables import links_of
from ..gate.reading_back import chunks
from ..models import Verification
from ..models.numbering import give_numbers
from .checking import as_instance
from .difference import differing
from .kinds import ALONE, ROWS, SHEETS, row_kind
from .state import OwnRow

# Sheets let go of an office before it goes; their rows come when they are there.
IN_ORDER = [*(kind.model for kind in (SHEETS, *ALONE, *ROWS)), Verification]


def write(changes):
    """Write these ``Change``s inside the open changeset; what is new gets its key and number.

    What goes leaves its place before what changes or comes takes it. Sheets, and what stands alone,
    must be locked. Raises ValidationError as every write does.
    """
    by_model = defaultdict(list)
    for change in changes:
        by_model[change.model].append(change)
    for model in IN_ORDER:
        own = by_model[model]
        gone = {change.before.pk for change in own if change.after is None}
        changed = [change for change in own if change.before and change.after]
        # Whoever depends on what goes is led elsewhere first.
        depending = {change.after.pk for change in changed if gone and gone & _led_to(change)}
        _change(model, [change for change in changed if change.after.pk in depending])
        remove_all(model, gone)
        _change(model, [change for change in changed if change.after.pk not in depending])
        _add(model, [change for change in own if change.before is None])
    _lead_to_own_rows([change.after for change in by_model[SHEETS.model] if change.after])


def _led_to(change):
    """Return the keys of objects of the same model that the object of a change led to."""
    fields = [field for field in change.model._meta.fields if field.related_model is change.model]
    return {change.before.values[field.name] for field in fields}


def _change(model, changes):
    related = {
        field.name: {
            change.after.pk: change.after.values[field.name]
            for change in changes
            if field.name in differing(change.before.values, change.after.values)
        }
        for field in links_of(model)
    }
    change_all([as_instance(model, change.after) for change in changes], related)


def _add(model, changes):
    instances = []
    for change in changes:
        if change.sheet is not None:
            # It may have had no key when this was planned.
            change.after.values["procedure"] = change.sheet.pk
        instances.append(as_instance(model, change.after))
    if row_kind(model):
        give_numbers(model, instances)
    related = {
        field.name: [change.after.values[field.name] for change in changes]
        for field in links_of(model)
    }
    add_all(instances, related)
    for change, instance in zip(changes, instances, strict=True):
        change.after.pk = instance.pk


def _lead_to_own_rows(sheets):
    """Let sheets name those of their rows that came with them."""
    waiting = defaultdict(dict)
    for sheet in sheets:
        for name, value in sheet.values.items():
            if isinstance(value, OwnRow):
                waiting[name][sheet.pk, value.number] = sheet
    for name, by_row in waiting.items():
        model = SHEETS.model._meta.get_field(name).related_model
        of_sheets = {pk for pk, _ in by_row}
        columns = ("procedure", "number", "pk")
        for pk, number, key in chunks(model._base_manager, "procedure", of_sheets, *columns):
            if (pk, number) in by_row:
                by_row[pk, number].values[name] = key
        change_all([as_instance(SHEETS.model, sheet) for sheet in by_row.values()])
