"""The versions of a sheet: which there are, what it was at one, what differs between two."""

from ..models import Procedure, Revision
from ..sheets.kinds import ROWS
from ..sheets.reading import names_of, sheet_at_each
from ..sheets.telling import compared, to_be_named, touched


def revision_of(pk, number):
    """Return version ``number`` of the sheet ``pk``, with who made it and why; None where none."""
    found = Revision.objects.filter(procedure=pk, number=number)
    return found.select_related("changeset__author").first()


def between(pk, before, after):
    """Return what is ``Touched`` of the sheet ``pk`` from one of its versions to another."""
    states = sheet_at_each(pk, {before, after})
    return compared(states[before], states[after], names_of)


def whole(pk, number):
    """Return the sheet ``pk`` as it was at version ``number``, and each of its rows in their order.

    Each as what is ``Touched`` of it when it comes; [] at the version that deleted it.
    """
    state = sheet_at_each(pk, [number])[number]
    if state.sheet is None:
        return []
    found = [(Procedure, state.sheet)]
    for kind in ROWS:
        rows = sorted(state.rows[kind].values(), key=lambda row: _place(row.values))
        found += [(kind.model, row) for row in rows]
    names = names_of(
        each for model, item in found for each in to_be_named(model, None, item.values)
    )
    return [touched(model, None, item.values, names) for model, item in found]


def _place(values):
    return values.get("group", 0), values["position"], values["number"]
