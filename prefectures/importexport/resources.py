"""The tables that leave the site and come back: their columns, and where each goes.

A column bears the label that its field has in the form; its name in the code is understood too.
Every table begins with what names its rows: ``fiche`` is "34/sous-prefecture-de-beziers", a step,
contact or link is its sheet and its ``numéro``, an office its ``guichet``, a help place its ``lieu
d’aide``. ``version`` says what the exported row was, so that an import notices what others
changed meanwhile; ``supprimer`` deletes.

django-import-export does what it is good at: columns and their order, a value read and written in a
cell, the formats. Ours are keys that people know, what its formats lose, and all that comes after
reading, which forms do as well (``docs/decisions/0007-spreadsheets.md``).
"""

from functools import cache

from django.db.models import Max, OuterRef, Subquery
from import_export import resources
from import_export.fields import Field

from ..sheets.kinds import ALONE, ROWS, SHEETS
from ..text.naming import normalised
from . import earlier_words
from .widgets import WholeNumberWidget, widget_of

NUMBER, VERSION, DELETE = "numéro", "version", "supprimer"

# Each is part of a key, or no business of a spreadsheet.
NO_COLUMN = {"id", "departement", "slug", "procedure", "number", "version"}


@cache
def fields_in_columns(model):
    """Return the fields of ``model`` that have a column, by name: asked for each row of a file."""
    fields = [*model._meta.fields, *model._meta.many_to_many]
    return {field.name: field for field in fields if field.name not in NO_COLUMN}


def columns_of(model):
    """Return the ``Field`` of each column of ``model``, by the name of the model's field."""
    return {
        name: Field(name, str(field.verbose_name), widget_of(field))
        for name, field in fields_in_columns(model).items()
    }


class TableResource(resources.Resource):
    """django-import-export's resource, made from a kind; it writes nothing by itself."""

    def __init__(self, kind, **kwargs):
        super().__init__(**kwargs)
        self.model = kind.model
        self.columns = columns_of(kind.model)
        self.fields = {
            **key_columns(kind),
            "version": Field(version_path(kind), VERSION, WholeNumberWidget()),
            **self.columns,
            "delete": Field(None, DELETE),
        }

    def get_export_order(self):
        return list(self.fields)

    get_import_order = get_export_order

    def known_headers(self):
        """Return {header, normalised: name of the field}."""
        headers = {normalised(name): name for name in self.fields}
        earlier = earlier_words.TITLES.get(self.model, {})
        headers |= {normalised(title): name for title, name in earlier.items()}
        return headers | {
            normalised(field.column_name): name for name, field in self.fields.items()
        }


def key_columns(kind):
    """Return the ``Field`` of each column that names a row of the table."""
    if kind.is_row:
        number = Field("number", NUMBER, WholeNumberWidget())
        return {"key": Field("procedure__key", SHEETS.one), "number": number}
    return {"key": Field("key", kind.one)}


def version_path(kind):
    if kind.is_row:
        return "procedure__version"
    return "newest" if kind in ALONE else "version"


WHOLE_SHEETS = (SHEETS, *ROWS)
KINDS = {kind.name: kind for kind in (*WHOLE_SHEETS, *ALONE)}


def with_related(objects, leading=()):
    """Return ``objects`` with what their fields ``leading`` and all their links lead to."""
    links = [field.name for field in objects.model._meta.many_to_many]
    return objects.select_related(*leading).prefetch_related(*links)


def rows_of(kind, chosen):
    """Return the rows of table ``kind`` for the queryset ``chosen`` of sheets (or offices …)."""
    if kind is SHEETS:
        return with_related(chosen)
    if kind in ALONE:
        fields = fields_in_columns(kind.model).values()
        leading = [field.name for field in fields if field.is_relation and not field.many_to_many]
        return with_related(with_version(chosen), leading)
    # The list may be in any order; its parts follow the sheets.
    rows = kind.model.objects.filter(procedure__in=chosen.order_by().values("pk"))
    named = [field.name for field in kind.model._meta.fields if field.is_relation]
    return rows.select_related("procedure", *named)


def with_version(alone):
    """Add ``newest``: the number of the last history row of each, which every change raises."""
    newest = (
        alone.model.history.filter(id=OuterRef("pk"))
        .order_by()
        .values("id")
        .annotate(newest=Max("history_id"))
    )
    return alone.annotate(newest=Subquery(newest.values("newest")))


def export(kind, chosen):
    """Return the tablib ``Dataset`` of table ``kind``, titled with its name; every cell is text."""
    dataset = TableResource(kind).export(rows_of(kind, chosen))
    dataset.title = kind.name
    return dataset
