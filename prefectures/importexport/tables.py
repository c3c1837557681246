"""Which table a file holds, and which column each header means."""

from dataclasses import dataclass, field

from ..sheets.kinds import ALONE, SHEETS
from ..text.naming import normalised
from .files import FileRefusedError
from .resources import KINDS, NUMBER, TableResource, key_columns

NUMBER_HEADER = normalised(NUMBER)


@dataclass
class Recognised:
    """A table of a file: ``names`` is {header: field}, ``faults`` [(column, sentence)]."""

    kind: object
    table: object
    names: dict
    faults: list = field(default_factory=list)


def recognised(tables, kind_name=""):
    """Return the ``Recognised`` tables of a file, sheets first. Raises FileRefusedError."""
    tables = [table for table in tables if table.headers]
    if not tables:
        raise FileRefusedError(["Ce fichier ne contient aucune ligne de titres : rien à importer."])
    if len(tables) == 1:
        kind = KINDS.get(kind_name) or _by_name(tables[0]) or _by_columns(tables[0])
        return [_with_names(kind, tables[0])]
    by_kind = {}
    for table in tables:
        kind = _by_name(table)
        if kind is None:
            known = ", ".join(f"« {name} »" for name in KINDS)
            raise FileRefusedError(
                [f"« {table.name} » n’est pas un tableau que le site connaît ({known})."]
            )
        if kind in by_kind:
            raise FileRefusedError([f"Ce fichier contient deux tableaux « {kind.name} »."])
        by_kind[kind] = table
    return [_with_names(kind, by_kind[kind]) for kind in KINDS.values() if kind in by_kind]


def _by_name(table):
    return KINDS.get(normalised(table.name).replace(" ", "-"))


def _by_columns(table):
    headers = {normalised(header) for header in table.headers if header.strip()}
    names = [kind.one for kind in (*ALONE, SHEETS) if normalised(kind.one) in headers]
    if not names:
        others = ", ".join(f"« {kind.one} »" for kind in ALONE)
        raise FileRefusedError(
            [
                f"Il manque la colonne « {SHEETS.one} » (ou {others}), qui dit de quoi parle "
                "chaque ligne. Partez d’un export : ses colonnes sont celles qu’il faut."
            ]
        )
    first = names[0]
    unknown = {
        kind: len(headers - set(TableResource(kind).known_headers()))
        for kind in KINDS.values()
        if normalised(first) in TableResource(kind).known_headers()
        and kind.is_row == (NUMBER_HEADER in headers)
    }
    fewest = min(unknown.values())
    likely = [kind for kind, count in unknown.items() if count == fewest]
    if len(likely) > 1:
        raise FileRefusedError(
            [
                "Les colonnes ne suffisent pas à dire ce que contient ce fichier : "
                "choisissez-le dans la liste, puis envoyez-le à nouveau."
            ]
        )
    return likely[0]


def _with_names(kind, table):
    known = TableResource(kind).known_headers()
    found = Recognised(kind, table, {})
    # A title that is there twice is told already.
    for header in dict.fromkeys(table.headers):
        name = known.get(normalised(header))
        if name is None and header.strip():
            found.faults.append((header, "Cette colonne est inconnue : corrigez son titre."))
        elif name in found.names.values():
            found.faults.append((header, "Cette colonne est donnée deux fois."))
        elif name:
            found.names[header] = name
    if "key" not in found.names.values():
        header = key_columns(kind)["key"].column_name
        found.faults.append((header, f"Il manque la colonne « {header} »."))
    return found


def named_cells(found, row):
    """Return {name of the field: text} of a row."""
    return {name: row.cells.get(header, "") for header, name in found.names.items()}
