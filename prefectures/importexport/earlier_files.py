"""Spreadsheets of sheets from before quotations had a table of their own.

Their three columns become rows of that table: the sheet's first quotation, which is where the site
itself moved those words.
"""

from ..gate.reading_back import batches, chunks
from ..models import Procedure, Quotation
from ..sheets.kinds import SHEETS, row_kind
from ..text.naming import normalised
from .earlier_words import MOVED
from .files.limits import Row, Table
from .resources import DELETE, NUMBER, VERSION
from .tables import Recognised
from .widgets import NO

QUOTATIONS = row_kind(Quotation)
FIRST = "1"
MOVED_TWICE = (
    "Cette colonne n’existe plus, et le fichier a un tableau « citations » : mettez-y ce texte, "
    "puis retirez la colonne."
)


def with_quotations_apart(found, *, erases_empty=False):
    """Return ``Recognised`` tables, what older files say of quotations in one of its own."""
    sheets = next((table for table in found if table.kind is SHEETS), None)
    moved = _moved(sheets) if sheets else {}
    if not moved:
        return found
    sheets.faults = [fault for fault in sheets.faults if fault[0] not in moved]
    if any(table.kind is QUOTATIONS for table in found):
        sheets.faults += [(header, MOVED_TWICE) for header in moved]
        return found
    return [*found, _apart(sheets, moved, erases_empty)]


def _moved(table):
    """Return {header: field of a quotation} of what was a column of sheets."""
    fields = {normalised(title): name for title, name in MOVED.items()}
    return {
        header: fields[normalised(header)]
        for header in table.table.headers
        if normalised(header) in fields and header not in table.names
    }


def _apart(sheets, moved, erases_empty):
    own = {name: header for header, name in sheets.names.items() if name in ("key", "version")}
    texts = [header for header, name in moved.items() if name == "text"]
    quoting = _quoting({row.cells.get(own.get("key"), "").strip() for row in sheets.table.rows})
    table = Table(QUOTATIONS.name, [SHEETS.one, NUMBER, VERSION, DELETE, *moved])
    for row in sheets.table.rows:
        key = row.cells.get(own.get("key"), "").strip()
        said = {header: row.cells.get(header, "") for header in moved}
        is_quoting = key in quoting
        has_words = any(said[header].strip() for header in texts)
        is_emptied = bool(texts) and not has_words and is_quoting and erases_empty
        # Without words, what is said of them is refused; "extrait : non" says nothing by itself.
        if not (has_words or is_quoting or any(map(_says_something, said.values()))):
            continue
        cells = {
            SHEETS.one: key,
            NUMBER: FIRST if is_quoting else "",
            VERSION: row.cells.get(own.get("version"), ""),
            DELETE: "oui" if is_emptied else "",
            **said,
        }
        table.rows.append(Row(row.number, cells))
    names = {SHEETS.one: "key", NUMBER: "number", VERSION: "version", DELETE: "delete"}
    return Recognised(QUOTATIONS, table, names | moved)


def _says_something(cell):
    return normalised(cell) not in {"", *NO}


def _quoting(keys):
    """Return those of ``keys`` whose sheet has a first quotation, or had one."""
    slugs = {key.partition("/")[2] for key in keys}
    # The history knows the quotation, not the address of its sheet.
    pks = {}
    for some in batches(sorted(slugs)):
        rows = Procedure.objects.filter(slug__in=some).order_by()
        for pk, departement, slug in rows.values_list("pk", "departement", "slug"):
            pks[pk] = f"{departement}/{slug}"
    first = Quotation.history.filter(number=int(FIRST)).order_by()
    found = {pk for (pk,) in chunks(first, "procedure", pks, "procedure")}
    return {key for pk, key in pks.items() if pk in found and key in keys}
