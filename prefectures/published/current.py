"""The documents that readers see now, with what the watch tells of their addresses.

One question each, whatever a sheet holds.
"""

from dataclasses import dataclass
from functools import cache

from django.db.models import Max

from ..models import Departement, Procedure, PublishedDocument, Region, SheetAlert
from ..sheets.shown import all_columns, asked, made, order_of, table
from .document import kept
from .shown import as_shown


def sheet_at(code, slug):
    """Return the sheet published at this address, as its page shows it, or None."""
    found = asked(_published("sheet.departement_id = %s AND sheet.slug = %s"), [code, slug])
    return shown_in(found[0]) if found else None


def departement_with_sheets(code):
    """Return the département with its région, and its published sheets in order; None, []."""
    found = asked(_departement(), [code])
    if not found:
        return None, []
    ends = len(Departement._meta.concrete_fields)
    departement = made(Departement, found[0][:ends])
    departement.region = made(Region, found[0][ends:-SHOWN]) if departement.region_id else None
    return departement, [shown_in(row[-SHOWN:]) for row in found if row[-1] is not None]


def shown_in(row):
    """Return the sheet of a row of the columns ``shown_columns``."""
    *alert, number, content = row
    sheet = as_shown(kept(number, content))
    sheet.dead_since, sheet.changed_since = map(_as_date, alert)
    return sheet


_as_date = SheetAlert._meta.get_field("dead_since").to_python


@cache
def _published(where):
    return (
        f"SELECT {shown_columns()} FROM {table(Procedure)} sheet "
        f"JOIN {newest()} LEFT JOIN {alert()} WHERE {where} AND sheet.publication = 'published' "
        f"ORDER BY {order_of(Procedure, 'sheet.')}"
    )


@cache
def _departement():
    return (
        f"SELECT {all_columns(Departement, 'place.')}, {all_columns(Region, 'around.')}, "
        f"{shown_columns()} "
        f"FROM {table(Departement)} place "
        f"LEFT JOIN {table(Region)} around ON around.code = place.region_id "
        # Joined one by one: together, SQLite would read those of all départements first.
        f"LEFT JOIN {table(Procedure)} sheet "
        "ON sheet.departement_id = place.code AND sheet.publication = 'published' "
        f"LEFT JOIN {newest()} LEFT JOIN {alert()} "
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


SHOWN = 4


def shown_columns():
    return "alert.dead_since, alert.changed_since, document.format, document.content"


@cache
def alert():
    """Return what the alert of ``sheet`` is joined by, as long as it is of this version of it."""
    alerts = table(SheetAlert)
    return f"{alerts} alert ON alert.procedure_id = sheet.id AND alert.version = sheet.version"


@dataclass
class Online:
    """A published sheet: the ``row`` of its document, and the ``content`` that this says."""

    row: PublishedDocument
    content: dict


def published_in(departements=None):
    """Yield each published sheet of these départements (their codes), or of all, in their order."""
    own = PublishedDocument.objects.order_by()
    if departements is not None:
        own = own.filter(departement__in=departements)
    last = own.values("procedure").annotate(last=Max("pk")).values("last")
    rows = PublishedDocument.objects.filter(
        pk__in=last, procedure__publication=Procedure.Publication.PUBLISHED, content__isnull=False
    )
    if departements is not None:
        # A sheet may have moved to another.
        rows = rows.filter(procedure__departement__in=departements)
    for row in rows.order_by(*(f"procedure__{name}" for name in Procedure._meta.ordering)):
        yield Online(row, kept(row.format, bytes(row.content)).content)
