"""What each row of a file speaks of: its key, number and version, and whether it deletes."""

import re

from django.core.exceptions import ValidationError

from ..models.fields import LAST_POSITION
from ..sheets.kinds import ALONE, SHEETS
from .plan import PlannedRow
from .resources import TableResource, key_columns
from .tables import named_cells
from .widgets import BooleanWidget, WholeNumberWidget

KEY = re.compile(r"[0-9][0-9AB][0-9]?/[-a-zA-Z0-9_]+")
SLUG = re.compile(r"[-a-zA-Z0-9_]+")
NUMBER, YES_OR_NO = WholeNumberWidget(), BooleanWidget()


def identified(found):
    """Return [(PlannedRow, {name of the field: text})] of ``Recognised`` tables, in order."""
    read, seen = [], {}
    # Under titles that are not understood nobody knows what the rows say: the titles first.
    is_understood = not any(table.faults for table in found)
    for table in found:
        rows = {
            row.number: (PlannedRow(table.kind, row.number), row)
            for row in (table.table.rows if is_understood else ())
        }
        told = [(1, column, sentence) for column, sentence in table.faults]
        told += [
            (fault.line, fault.column, fault.sentence)
            for fault in table.table.faults
            if is_understood
        ]
        for line, column, sentence in told:
            planned, _ = rows.setdefault(line, (PlannedRow(table.kind, line), None))
            planned.refuse(sentence, column)
        for line in sorted(rows):
            planned, row = rows[line]
            named = named_cells(table, row) if row else {}
            if row:
                _identify(planned, named, seen)
            read.append((planned, named))
    return read


def _identify(planned, named, seen):
    key = named["key"].strip()
    if fault := _fault_of(key, planned.kind if planned.kind in ALONE else SHEETS):
        planned.refuse(fault, key_columns(planned.kind)["key"].column_name)
        return
    planned.key = key
    planned.number = _read(planned, named, "number", NUMBER)
    if planned.number is not None and not 0 < planned.number <= LAST_POSITION:
        planned.refuse("Un numéro va de 1 à 9999.", "numéro")
    planned.version = _read(planned, named, "version", NUMBER)
    planned.is_removal = bool(_read(planned, named, "delete", YES_OR_NO))
    if planned.kind.is_row and planned.number is None:
        return
    first = seen.setdefault((planned.kind, key, planned.number), planned.line)
    if first != planned.line:
        planned.refuse(f"La ligne {first} parle déjà de la même chose.")


def _fault_of(key, kind):
    """Return a sentence if ``key`` is not how an object of ``kind`` is called in a file, or ""."""
    if (KEY if kind.has_departement else SLUG).fullmatch(key):
        return ""
    what = f"« {key} » ne désigne pas {'une' if kind is SHEETS else 'un'} {kind.one} : il faut "
    if kind.has_departement:
        return (
            f"{what}le numéro du département, « / » et l’adresse, comme "
            "34/sous-prefecture-de-beziers."
        )
    return f"{what}son code, en lettres sans accents, chiffres et tirets."


def _read(planned, named, name, widget):
    if not named.get(name, "").strip():
        return None
    try:
        return widget.clean(named[name])
    except ValidationError as error:
        planned.refuse(error.messages[0], TableResource(planned.kind).fields[name].column_name)
        return None
