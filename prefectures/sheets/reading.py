"""Sheets and other objects as the database has them, or as they were at a version.

As many queries for a thousand as for one, counted by the hundred.
"""

from collections import defaultdict
from functools import partial

from django.contrib.auth.models import Permission
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery, Value

from ..gate.history_tables import (
    columns_of,
    fields_of,
    has_history,
    history_of,
    links_of,
    past_links_of,
)
from ..gate.many_models import Wanted, rows_together, wanted_by
from ..gate.reading_back import (
    REMOVED,
    batches,
    chunks,
    newest_until,
    related_keys,
    values_now,
)
from ..models import Procedure, Revision
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
    return rows_of_models({model: history_ids})[model]


def rows_of_models(history_ids):
    """Return {model: {history_id: Item}} of {model: history_ids}: one query for all of them."""
    wanted = {}
    for model, ids in history_ids.items():
        columns = ("history_id", *columns_of(model))
        wanted[model, None] = wanted_by(history_of(model), "history_id", ids, columns)
        for field in links_of(model):
            columns = ("history_id", field.m2m_reverse_name())
            links = wanted_by(past_links_of(model, field), "history_id", ids, columns)
            wanted[model, field.name] = links
    rows = {model: {} for model in history_ids}
    related = {
        model: {field.name: defaultdict(set) for field in links_of(model)} for model in history_ids
    }
    for (model, name), (history_id, *values) in rows_together(wanted):
        if name is None:
            rows[model][history_id] = values
        else:
            related[model][name][history_id] |= set(values)
    return {model: _items_of_past(model, rows[model], related[model]) for model in rows}


def _items_of_past(model, rows, related):
    items = _items(model, rows, related)
    at = columns_of(model).index(model._meta.pk.attname)
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
    newest = defaultdict(list)
    first, *others = (
        _newest_of_rows(at, pk, number) for at in range(len(ROWS)) for number in found
    )
    for at, number, history_id, removal in first.union(*others, all=True):
        if history_id != removal:
            newest[ROWS[at]].append((number, history_id))
    ids = {kind.model: {history_id for _, history_id in rows} for kind, rows in newest.items()}
    items = rows_of_models(ids | {Procedure: set(sheets.values()) - {None}})
    for number, history_id in sheets.items():
        found[number].sheet = items[Procedure].get(history_id)
    for kind, rows in newest.items():
        for number, history_id in rows:
            item = items[kind.model][history_id]
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


# --- What things are called -------------------------------------------------------------------

# What the name of a permission is made of is another table.
NAMED_WITH_ANOTHER = (Permission,)


def names_of(values):
    """Return {model: {key: name}} of what the [(field, value)] lead to: one query for all models.

    What is no more is called as it last was: one more, where anything is.
    """
    wanted = defaultdict(set)
    for field, value in values:
        if field.is_relation:
            wanted[field.related_model] |= (set(value) if field.many_to_many else {value}) - {None}
    found = {model: {} for model in wanted}
    for item in _things_there(wanted):
        found[type(item)][item.pk] = str(item)
    gone = {model: keys - found[model].keys() for model, keys in wanted.items()}
    for item in _things_gone({model: gone[model] for model in gone if has_history(model)}):
        found[type(item)][item.pk] = f"{item} (n’existe plus)"
    return found


def _things_there(keys):
    """Yield the objects with these ``keys`` ({model: keys}) that the database has."""
    wanted = {}
    for model, of_model in keys.items():
        if model in NAMED_WITH_ANOTHER:
            yield from chunks(model._base_manager.select_related(), "pk", of_model)
        else:
            columns = tuple(field.attname for field in model._meta.concrete_fields)
            wanted[model] = wanted_by(model, "pk", of_model, columns)
    for model, values in rows_together(wanted):
        yield model.from_db(DEFAULT_DB_ALIAS, wanted[model].columns, values)


def _things_gone(keys):
    """Yield the objects with these ``keys`` as they last were, without what they led to."""
    wanted = {
        model: Wanted(history_of(model), partial(_newest, model), of_model, columns_of(model))
        for model, of_model in keys.items()
    }
    for model, values in rows_together(wanted):
        yield model(**dict(zip(columns_of(model), values, strict=True)))


def _newest(model, pks):
    """Return the query for the newest row of the history of each of ``pks``."""
    history, own = history_of(model).objects.order_by(), model._meta.pk.attname
    of_them = history.filter(**{f"{own}__in": pks}).values(own)
    return history.filter(
        history_id__in=of_them.annotate(newest=Max("history_id")).values("newest")
    )


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
