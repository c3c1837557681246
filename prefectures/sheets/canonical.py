"""A whole sheet as JSON that is always written alike: what a file holds, and a seal covers.

What it is linked to bears the codes by which people know it; keys of the database stand nowhere.
``docs/format-des-fiches.md`` describes it for people.
"""

import json
from datetime import date

from ..models import Procedure
from .kinds import ROWS, row_kind
from .state import OwnRow

# Its place in the database, and what history does not keep.
NOT_SAID = {"id", "procedure", "number", "version"}


def fields_said(model):
    """Return the fields of ``model`` that a document of a sheet names."""
    fields = [*model._meta.fields, *model._meta.many_to_many]
    return [field for field in fields if field.name not in NOT_SAID]


def document(state, codes):
    """Return the ``State`` as lists, dictionaries and texts; what is empty is left out.

    ``codes`` are those of what it is linked to, {model: {key: code}}, as ``known_by`` says. Rows
    come by their number.
    """
    found = _said(Procedure, state.sheet.values, state, codes)
    for kind in ROWS:
        rows = [state.rows[kind][number] for number in sorted(state.rows[kind])]
        if rows:
            found[kind.part] = [
                {"number": row.values["number"], **_said(kind.model, row.values, state, codes)}
                for row in rows
            ]
    return found


def canonical_json(found):
    """Return a document as bytes: the same for the same document, whatever wrote it."""
    text = json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def _said(model, values, state, codes):
    found = {}
    for field in fields_said(model):
        value = values[field.name]
        if value is None or value in ("", [], frozenset()):
            continue
        found[field.name] = _written(field, value, state, codes)
    return found


def _written(field, value, state, codes):
    if field.many_to_many:
        return sorted(_code(field, key, codes) for key in value)
    if not field.is_relation:
        return value.isoformat() if isinstance(value, date) else value
    kind = row_kind(field.related_model)
    if kind is None:
        return _code(field, value, codes)
    if isinstance(value, OwnRow):
        return value.number
    return next(row.values["number"] for row in state.rows[kind].values() if row.pk == value)


def _code(field, key, codes):
    return str(codes.get(field.related_model, {}).get(key, key))
