"""The documents that readers see now: one question each, whatever a sheet holds."""

from functools import cache

from ..models import Departement, Procedure, PublishedDocument, Region
from ..sheets.shown import all_columns, asked, made, order_of, table
from .document import kept
from .shown import as_shown


def sheet_at(code, slug):
    """Return the sheet published at this address, as its page shows it, or None."""
    found = asked(_published("sheet.departement_id = %s AND sheet.slug = %s"), [code, slug])
    return as_shown(kept(*found[0])) if found else None


def departement_with_sheets(code):
    """Return the département with its région, and its published sheets in order; None, []."""
    found = asked(_departement(), [code])
    if not found:
        return None, []
    ends = len(Departement._meta.concrete_fields)
    departement = made(Departement, found[0][:ends])
    departement.region = made(Region, found[0][ends:-2]) if departement.region_id else None
    return departement, [as_shown(kept(*row[-2:])) for row in found if row[-1] is not None]


@cache
def _published(where):
    return (
        f"SELECT document.format, document.content FROM {table(Procedure)} sheet "
        f"JOIN {newest()} WHERE {where} AND sheet.publication = 'published' "
        f"ORDER BY {order_of(Procedure, 'sheet.')}"
    )


@cache
def _departement():
    return (
        f"SELECT {all_columns(Departement, 'place.')}, {all_columns(Region, 'around.')}, "
        "document.format, document.content "
        f"FROM {table(Departement)} place "
        f"LEFT JOIN {table(Region)} around ON around.code = place.region_id "
        # Joined one by one: together, SQLite would read those of all départements first.
        f"LEFT JOIN {table(Procedure)} sheet "
        "ON sheet.departement_id = place.code AND sheet.publication = 'published' "
        f"LEFT JOIN {newest()} "
        f"WHERE place.code = %s ORDER BY {order_of(Procedure, 'sheet.')}"
    )


@cache
def newest():
    """Return what the last document of ``sheet`` is joined by."""
    documents = table(PublishedDocument)
    return (
        f"{documents} document ON document.id = "
        f"(SELECT MAX(id) FROM {documents} WHERE procedure_id = sheet.id)"
    )


def sheets_of(codes):
    """Return {code of a département: its published sheets in order}, of those that have any."""
    found = {}
    for code, *document in asked(_of_departements(len(codes)), [*codes]) if codes else ():
        found.setdefault(code, []).append(as_shown(kept(*document)))
    return found


@cache
def _of_departements(count):
    return (
        f"SELECT sheet.departement_id, document.format, document.content "
        f"FROM {table(Procedure)} sheet JOIN {newest()} "
        f"WHERE sheet.departement_id IN ({', '.join(['%s'] * count)}) "
        f"AND sheet.publication = 'published' AND document.content IS NOT NULL "
        f"ORDER BY {order_of(Procedure, 'sheet.')}"
    )
