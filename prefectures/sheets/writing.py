"""Changes become facts, many at once, through the gate: import, undo, a file of sheets, a copy."""

from collections import defaultdict

from ..gate.bulk import add_all, change_all, remove_all
from ..gate.history_tables import links_of
from ..gate.reading_back import chunks
from ..models import Departement, GeneralText, GlossaryTerm, Ground, Region, Verification
from ..models.numbering import give_numbers
from .checking import as_instance
from .difference import differing
from .kinds import ALONE, ROWS, SHEETS, row_kind
from .state import Item, OwnRow

# Sheets let go of an office before it goes; their rows come when they are there, those that others
# name first.
BY_NAMING = sorted(ROWS, key=lambda kind: bool(kind.leading))
IN_ORDER = [*(kind.model for kind in (SHEETS, *ALONE, *BY_NAMING)), Verification]
# What sheets stand on comes before them.
AROUND = [Region, Departement, Ground, GeneralText, GlossaryTerm]


def write(changes):
    """Write these ``Change``s inside the open changeset; what is new gets its key and number.

    What goes leaves its place before what changes or comes takes it. Sheets, and what stands alone,
    must be locked. Raises ValidationError as every write does.
    """
    by_model = defaultdict(list)
    for change in changes:
        by_model[change.model].append(change)
    for model in (*AROUND, *IN_ORDER):
        own = by_model[model]
        _lead_to_own_rows(model, [change for change in own if change.after])
        gone = {change.before.pk for change in own if change.after is None}
        changed = [change for change in own if change.before and change.after]
        # Whoever depends on what goes is led elsewhere first.
        depending = {change.after.pk for change in changed if gone and gone & _led_to(change)}
        _change(model, [change for change in changed if change.after.pk in depending])
        _let_go(model, gone, by_model)
        remove_all(model, gone)
        _change(model, [change for change in changed if change.after.pk not in depending])
        _add(model, [change for change in own if change.before is None])


def _let_go(model, gone, by_model):
    """Let the rows that are written later name no more what of ``model`` is ``gone`` before."""
    for kind in ROWS if gone else ():
        names = [field.name for field in kind.model._meta.fields if field.related_model is model]
        for name in names if model is not SHEETS.model else ():
            naming = [
                change
                for change in by_model[kind.model]
                if change.before and change.before.values[name] in gone
            ]
            remove_all(kind.model, {change.before.pk for change in naming if not change.after})
            stay = [change.before for change in naming if change.after]
            change_all(
                [as_instance(kind.model, Item(row.pk, row.values | {name: None})) for row in stay]
            )


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
    instances = [as_instance(model, change.after) for change in changes]
    if row_kind(model):
        give_numbers(model, instances)
    related = {
        field.name: [change.after.values[field.name] for change in changes]
        for field in links_of(model)
    }
    add_all(instances, related)
    for change, instance in zip(changes, instances, strict=True):
        change.after.pk = instance.pk


def _lead_to_own_rows(model, changes):
    """Give rows of ``model`` the keys of their sheets, and of rows that came with them."""
    waiting = defaultdict(list)
    for change in changes:
        item = change.after
        if change.sheet is not None:
            # It may have had no key when this was planned.
            item.values["procedure"] = change.sheet.pk
        for name, value in item.values.items():
            if isinstance(value, OwnRow):
                waiting[name].append(item)
    for name, items in waiting.items():
        led_to = model._meta.get_field(name).related_model
        of_sheets = {item.values["procedure"] for item in items}
        columns = ("procedure", "number", "pk")
        keys = {
            (pk, number): key
            for pk, number, key in chunks(led_to._base_manager, "procedure", of_sheets, *columns)
        }
        for item in items:
            item.values[name] = keys[item.values["procedure"], item.values[name].number]
