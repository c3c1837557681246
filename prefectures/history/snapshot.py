"""Objects as they were at an earlier version, read back from their history."""

from collections import defaultdict
from dataclasses import dataclass, field

from ..models import REMOVED, Contact, Link, Procedure, Revision, Step
from ..models.reading_back import batches

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
    return _with_related(model, list(model.history.filter(pk__in=rows).order_by()))


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
    for pks in batches(known):
        rows = model.history.filter(**{f"{sheet_column}__in": pks}).order_by("history_id")
        for row in rows:
            if row.changeset_id in known[getattr(row, sheet_column)]:
                newest[row.id] = row
    return _with_related(model, [row for row in newest.values() if row.history_type != REMOVED])


def _with_related(model, rows):
    pk_name = model._meta.pk.attname
    names = [column.attname for column in model.history.model.tracked_fields]
    by_row = {
        row.history_id: State(getattr(row, pk_name), {name: getattr(row, name) for name in names})
        for row in rows
    }
    for column in model.history.model._history_m2m_fields:
        through, other = getattr(model.history.model, column.name).model, column.m2m_reverse_name()
        for state in by_row.values():
            state.related[column.name] = set()
        for ids in batches(by_row):
            links = through.objects.filter(history__in=ids).values_list("history_id", other)
            for history_id, pk in links:
                by_row[history_id].related[column.name].add(pk)
    return {state.pk: state for state in by_row.values()}
