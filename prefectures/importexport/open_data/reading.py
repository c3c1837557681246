"""The JSON files of the open data, read with care: a fault names file, line and field."""

from ...territories.files import FileFault
from ..sheet_file import read
from .tables import CHANGES, tables


def read_tables(folder):
    """Return {name of the table: its rows} of the files of ``folder``. Raises FileFault.

    Each row has its ``key`` (None of a sheet's), the ``names`` of what it may say, and ``path``.
    """
    return {
        name: _rows(folder / f"{name}.json", table)
        for name, table in tables().items()
        if name != CHANGES
    }


def _rows(path, table):
    document = read(path)
    if document.get("table") != table.name:
        raise FileFault(
            path, document.line_of("table"), "table", f"« {table.name} » est attendu ici."
        )
    rows = document.get("rows")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise FileFault(
            path,
            document.line_of("rows"),
            "rows",
            "une liste [ … ] d’objets { … } est attendue ici.",
        )
    seen = set()
    for row in rows:
        _prepare(row, path, table)
        if row.key is not None and row.key in seen:
            raise FileFault(path, row.line, table.key, f"« {row.key} » est déjà plus haut.")
        seen.add(row.key)
    return rows


def _prepare(row, path, table):
    """Leave what makes the row again, and let it know its key and where it stands."""
    known = {column.name for column in table.columns}
    for name in row:
        if name not in known:
            raise FileFault(path, row.line_of(name), name, "ce champ n’existe pas.")
    for column in table.columns:
        value = row.get(column.name)
        if column.is_always and (
            value is None or (column.kind == "code" and type(value) is not str)
        ):
            raise FileFault(
                path, row.line_of(column.name), column.name, "un texte est attendu ici."
            )
        if column.is_told:
            row.pop(column.name, None)
    row.path, row.names = path, {column.name for column in table.loaded}
    row.key = _key(row, table)


def _key(row, table):
    if not table.key:
        return None
    return f"{row['departement']}/{row['slug']}" if table.key == "key" else row[table.key]
