"""Objects as they were at an earlier version, read back from their history."""

from collections import defaultdict
from dataclasses import dataclass, field

from ..gate.history_tables import columns_of, history_of
from ..gate.reading_back import batches, chunks, related_in_history
from ..gate.unit_of_work import REMOVED
from ..models import Contact, Link, Procedure, Revision, Step

PARTS = {"steps": Step, "contacts": Contact, "links": Link}


@dataclass
class State:
    """One object: ``values`` by attribute ("departement_id"), ``related`` sets of keys by field."""

    pk: object
    values: dict
    related: dict = field(default_factory=dict)


@dataclass
class SheetState:
    """A sheet (None before it was made) with its ``parts``: {"steps": {number: State}, …}."""

    sheet: State | None = None
    parts: dict = field(default_factory=lambda: {name: {} for name in PARTS})


def sheets_at(versions):
    """Return {pk: SheetState} of the sheets at these ``versions`` ({pk: number}).

    The number of queries depends on the sheets by the hundred only.
    """
    known = _changesets_until(versions)
    found = {pk: SheetState() for pk in versions}
    for state in _states(Procedure, "id", known).values():
        found[state.pk].sheet = state
    for name, model in PARTS.items():
        for state in _states(model, "procedure_id", known).values():
            part = found[state.values["procedure_id"]].parts[name]
            part[state.values["number"]] = state
    return found


def states_at(model, rows):
    """Return {pk: State} of objects as these history rows (primary keys) describe them."""
    names, pk_name = columns_of(model), model._meta.pk.attname
    linked = related_in_history(model, rows)
    states = {}
    for history_id, *values in chunks(history_of(model).objects, "pk", rows, "pk", *names):
        state = State(None, dict(zip(names, values, strict=True)))
        state.pk = state.values[pk_name]
        state.related = {name: by_row.get(history_id, set()) for name, by_row in linked.items()}
        states[state.pk] = state
    return states


def _changesets_until(versions):
    """Return {pk of the sheet: the changesets that made it what it was at that version}."""
    known = defaultdict(set)
    for pks in batches(versions):
        revisions = Revision.objects.filter(procedure__in=pks).order_by()
        for pk, number, changeset in revisions.values_list("procedure", "number", "changeset"):
            if number <= versions[pk]:
                known[pk].add(changeset)
    return known


def _states(model, sheet_column, known):
    newest = {}
    columns = ("id", "history_id", "history_type", "changeset", sheet_column)
    for pks in batches(known):
        rows = model.history.filter(**{f"{sheet_column}__in": pks}).order_by("history_id")
        for pk, history_id, kind, changeset, sheet in rows.values_list(*columns):
            if changeset in known[sheet]:
                newest[pk] = (history_id, kind)
    return states_at(model, [row for row, kind in newest.values() if kind != REMOVED])
