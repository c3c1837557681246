"""The dictionary: what each column of each table means, for people and for spreadsheets."""

from typing import NamedTuple

import tablib

from ...importexport.files.csv_file import FrenchCSV
from ...importexport.open_data.tables import tables
from ...importexport.widgets import SEPARATOR
from .examples import EXAMPLES
from .writing import AS_OF

HEADERS = ("table", "colonne", "sens", "type", "toujours remplie", "valeurs", "exemple")


class Entry(NamedTuple):
    table: object
    column: object

    @property
    def values(self):
        """Return what it may be, with what each value means."""
        return SEPARATOR.join(f"{value} ({words})" for value, words in self.column.values.items())

    @property
    def example(self):
        """Return one, as a cell of a CSV file has it."""
        if self.column.values:
            return next(iter(self.column.values))
        own = (self.table.name, self.column.name)
        return EXAMPLES.get(own, EXAMPLES[self.column.name])


def entries():
    """Return (table, its entries) of each."""
    return [
        (table, [Entry(table, column) for column in table.columns]) for table in tables().values()
    ]


def as_csv(whole):
    table = tablib.Dataset(headers=HEADERS)
    for own, lines in entries():
        for entry in lines:
            column = entry.column
            always = "oui" if column.is_always else "non"
            told = [column.name, column.meaning, column.kind, always, entry.values, entry.example]
            table.append([own.name, *told])
        for name, meaning in AS_OF.items():
            table.append([own.name, name, meaning, AS_OF_KINDS[name], "oui", "", EXAMPLES[name]])
    return FrenchCSV().export_data(table)


AS_OF_KINDS = {"as_of": "date", "current": "adresse de ce site"}
