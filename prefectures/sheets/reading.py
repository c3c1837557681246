"""Sheets and other objects as the database has them, or as they were at a version.

As many queries for a thousand as for one, counted by the hundred.
"""

from collections import defaultdict

from django.db.models import Exists, F, Max, OuterRef, Q, Subquery, Value

from ..gate.history_tables import columns_of, fields_of, has_history, history_of
from ..gate.reading_back import (
    REMOVED,
    batches,
    chunks,
    newest_ids,
    newest_until,
    related_in_history,
    related_keys,
    values_now,
)
from ..models import Procedure, Revision
from .checking import as_instance
from .faults import PLACES
from .kinds import ROWS, SHEETS
from .state import Item, State


def items_now(model, keys, column="pk"):
    """Return {pk: Item} of those objects that the database has; ``keys`` are of ``column``."""
    rows = values_now(model, keys, column)
    return _items(model, rows, related_keys(model, rows))


def items_at(model, history_ids):
    """Return {pk: Item} of objects as these rows of their history say, removals included."""
    return {item.pk: item for item in rows_at(model, history_ids).values()}


def rows_at(model, history_ids):
    """Return {history_id: Item}."""
    found = chunks(history_of(model).objects, "pk", history_ids, "pk", *columns_of(model))
    rows = {history_id: values for history_id, *values in found}
    items = _items(model, rows, related_in_history(model, rows))
    at = [field.name for field in fields_of(model)].index(model._meta.pk.name)
    for history_id, values in rows.items():
        items[history_id].pk = values[at]
    return items


def _items(model, rows, related):
    """Return {key: Item} of ``rows``, {key: values in the order of ``fields_of``}."""
    names = [field.name for field in fields_of(model)]
    found = {}
    for key, values in rows.items():
        item = Item(key, dict(zip(names, values, strict=True)))
        del item.values[model._meta.pk.name]
        for name, by_key in related.items():
            item.values[name] = frozenset(by_key.get(key, ()))
        found[key] = item
    return found


def sheets_now(pks):
    """Return {pk: State} of the sheets as the database has them."""
    rows = {kind: items_now(kind.model, pks, "procedure") for kind in ROWS}
    return _states(pks, items_now(Procedure, pks), rows)


def sheets_at(versions):
    """Return {pk: State} of the sheets at these ``versions`` ({pk: number})."""
    known = _changesets_until(versions)
    rows = {kind: _items_until(kind.model, "procedure_id", known) for kind in ROWS}
    return _states(versions, _items_until(Procedure, "id", known), rows)


def _states(pks, sheets, rows):
    found = {pk: State(sheets.get(pk)) for pk in pks}
    for kind, items in rows.items():
        for item in items.values():
            found[item.values["procedure"]].rows[kind][item.values["number"]] = item
    return found


def sheet_at_each(pk, numbers):
    """Return {number: State} of one sheet at several of its versions.

    The database finds the rows: a sheet of ten thousand versions costs little more than one of ten.
    """
    found = {number: State() for number in numbers}
    sheets = {number: _newest_of_sheet(pk, number) for number in found}
    items = rows_at(Procedure, set(sheets.values()) - {None})
    for number, history_id in sheets.items():
        found[number].sheet = items.get(history_id)
    newest = defaultdict(list)
    first, *others = (
        _newest_of_rows(at, pk, number) for at in range(len(ROWS)) for number in found
    )
    for at, number, history_id, removal in first.union(*others, all=True):
        if history_id != removal:
            newest[ROWS[at]].append((number, history_id))
    for kind, rows in newest.items():
        items = rows_at(kind.model, {history_id for _, history_id in rows})
        for number, history_id in rows:
            item = items[history_id]
            found[number].rows[kind][item.values["number"]] = item
    return found


def _newest_of_sheet(pk, number):
    """Return the history_id of what a sheet was at version ``number``, None where it was gone."""
    # Not by its key, of which ten thousand rows may be: by the changeset, one version after another
    # down from that one.
    own = history_of(Procedure).objects.order_by().annotate(own=F("id") + 0)
    written = own.filter(own=pk, changeset=OuterRef("changeset"))
    versions = (
        Revision.objects.filter(procedure=pk, number__lte=number)
        .annotate(
            row=Subquery(written.values("history_id")[:1]),
            kind=Subquery(written.values("history_type")[:1]),
        )
        .exclude(row=None)
        .order_by("-number")
    )
    for history_id, kind in versions.values_list("row", "kind")[:1]:
        return None if kind == REMOVED else history_id
    return None


def _newest_of_rows(at, pk, number):
    """Return the query for the newest row of history of each row of a sheet, of the kind ``at``."""
    until = Revision.objects.filter(
        procedure=pk, changeset=OuterRef("changeset"), number__lte=number
    )
    return (
        history_of(ROWS[at].model)
        .objects.filter(Exists(until.order_by()), procedure_id=pk)
        .order_by()
        .values("id")
        .annotate(
            at=Value(at),
            number_then=Value(number),
            newest=Max("history_id"),
            removal=Max("history_id", filter=Q(history_type=REMOVED)),
        )
        .values_list("at", "number_then", "newest", "removal")
    )


def _changesets_until(versions):
    """Return {pk of the sheet: the changesets that made it what it was at that version}."""
    known = defaultdict(set)
    for pks in batches(versions):
        revisions = Revision.objects.filter(procedure__in=pks).order_by()
        for pk, number, changeset in revisions.values_list("procedure", "number", "changeset"):
            if number <= versions[pk]:
                known[pk].add(changeset)
    return known


def _items_until(model, sheet_column, known):
    return items_at(model, newest_until(model, sheet_column, known))


def places_named(states):
    """Return what the territories of these ``states`` name: {model: {key: object}}."""
    wanted = defaultdict(set)
    for state in states:
        for name in PLACES:
            wanted[Procedure._meta.get_field(name).related_model] |= state.sheet.values[name]
    return {
        model: {place.pk: place for place in chunks(model._base_manager, "pk", keys)}
        for model, keys in wanted.items()
    }


def names_of(values):
    """Return {model: {key: name}} of what the [(field, value)] lead to: a query a model.

    What is no more is called as it last was.
    """
    wanted = defaultdict(set)
    for field, value in values:
        if field.is_relation:
            wanted[field.related_model] |= set(value) if field.many_to_many else {value}
    found = {}
    for model, keys in wanted.items():
        # What the name of a permission is made of is another table.
        items = model._base_manager.select_related()
        found[model] = {item.pk: str(item) for item in chunks(items, "pk", keys - {None})}
        gone = keys - {None} - found[model].keys()
        if gone and has_history(model):
            found[model] |= _last_names(model, gone)
    return found


def _last_names(model, keys):
    last = items_at(model, newest_ids(model, keys).values())
    return {pk: f"{as_instance(model, item)} (n’existe plus)" for pk, item in last.items()}


# --- Of any model with history ----------------------------------------------------------------


def state_now(model, pk):
    """Return the ``State`` of one object; of what is no sheet, without rows."""
    if model is SHEETS.model:
        return sheets_now([pk])[pk]
    return State(items_now(model, [pk]).get(pk))


def state_at(model, pk, version):
    """Return the ``State`` of one object at ``version``: a number, or else a history row."""
    if model is SHEETS.model:
        return sheet_at_each(pk, [version])[version]
    return State(items_at(model, [version]).get(pk))
