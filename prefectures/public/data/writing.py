"""A table as a file: CSV for spreadsheets, JSON for programs. Each says of when it is."""

import json
from typing import NamedTuple

from ...importexport.files.csv_file import french_csv
from ...importexport.files.formulas import made_harmless
from ...importexport.open_data import tables as names
from ...importexport.widgets import SEPARATOR

AS_OF = {"as_of": "état au", "current": "version à jour"}
# What nobody types, and what a spreadsheet may take for what it is: the others stay texts there.
OF_THE_SITE = {names.DAY, names.NUMBER, names.TRUTH, names.CHOICE, names.PAGE}


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
    columns = facts.table.columns
    return french_csv(
        [
            [*(column.name for column in columns), *AS_OF],
            *(
                [*(_cell(column, row) for column in columns), facts.as_of, facts.current]
                for row in rows
            ),
        ]
    )


def _cell(column, row):
    value = row.get(column.name)
    if value is None:
        return ""
    if column.kind == names.TRUTH:
        return "oui"
    text = SEPARATOR.join(value) if column.is_list else str(value)
    return text if column.kind in OF_THE_SITE else made_harmless(text)
