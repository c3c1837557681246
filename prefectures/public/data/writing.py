"""A table as a file: CSV for spreadsheets, JSON for programs. Each says of when it is."""

import json
from typing import NamedTuple

import tablib

from ...importexport.files.csv_file import FrenchCSV
from ...importexport.widgets import SEPARATOR

AS_OF = {"as_of": "état au", "current": "version à jour"}
TRUTHS = {True: "oui", False: "non"}


class Facts(NamedTuple):
    """What a file says of itself: its ``table``, of which ``day`` it is, where the ``current`` one
    is, where the JSON Schema is, and what one may do with it.
    """

    table: object
    day: object
    current: str
    schema: str
    rights: dict

    @property
    def as_of(self):
        return self.day.isoformat() if self.day else ""


def as_json(facts, rows):
    """Return the bytes of a table, with a line to each row."""
    head = {
        "table": facts.table.name,
        "title": facts.table.title,
        "as_of": facts.as_of,
        "current": facts.current,
        "schema": facts.schema,
        **facts.rights,
    }
    said = _json({name: value for name, value in head.items() if value})
    lines = ",\n".join(map(_json, rows))
    return f'{said[:-1]},"rows":[\n{lines}\n]}}\n'.encode()


def _json(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def as_csv(facts, rows):
    """Return the bytes of a table as a French spreadsheet opens it.

    Rows are copied from one file into another: each says of which day it is, and where today's is.
    """
    names = [column.name for column in facts.table.columns]
    table = tablib.Dataset(headers=[*names, *AS_OF])
    for row in rows:
        table.append([*(_cell(row.get(name)) for name in names), facts.as_of, facts.current])
    return FrenchCSV().export_data(table)


def _cell(value):
    if value is None:
        return ""
    if isinstance(value, list):
        return SEPARATOR.join(value)
    return TRUTHS[value] if isinstance(value, bool) else str(value)
