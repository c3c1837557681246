"""What the journal tells of: the models with history, and by what people call their objects."""

from functools import cache

from django.apps import apps
from django.db import models

from ..gate.history_tables import fields_of, has_history, history_of
from ..gate.reading_back import REMOVED, chunks
from ..models import Procedure, Revision
from ..sheets.closing import OF_A_SHEET
from ..text.naming import normalised

# The first of these that a model has is the name of its objects.
NAMES = ("username", "name", "term", "title")

# More than a list of changes can be looked through for.
MOST_FOUND = 500


class TooManyFoundError(Exception):
    """So many objects are called like that."""


@cache
def tracked():
    """Return the models with history: the sheet, what is a sheet's, then what stands alone."""
    order = [Procedure, *OF_A_SHEET]

    def place(model):
        is_known = model in order
        return (
            not is_of_a_sheet(model),
            order.index(model) if is_known else len(order),
            normalised(str(model._meta.verbose_name)),
        )

    return tuple(sorted(filter(has_history, apps.get_models()), key=place))


@cache
def is_of_a_sheet(model):
    return model is Procedure or any(field.name == "procedure" for field in model._meta.fields)


@cache
def subjects():
    """Return the models whose objects one asks for: a sheet's steps are asked for as the sheet."""
    return (Procedure, *(model for model in tracked() if not is_of_a_sheet(model)))


@cache
def named_by(model):
    """Return the fields of its history that make the name of an object of ``model``."""
    names = {field.name for field in fields_of(model)}
    if {"departement", "slug"} <= names:
        return ("departement", "slug")
    return next(((name,) for name in NAMES if name in names), (model._meta.pk.name,))


def called(model, values):
    """Return "guichet 34/prefecture", "motif « Travail »" by the ``values`` of ``named_by``."""
    name = "/".join(map(str, values))
    label = str(model._meta.verbose_name)
    return f"{label} {name}" if len(values) > 1 else f"{label} «\u00a0{name}\u00a0»"


def sheets_called(pks):
    """Return {pk: (key, title, whether it is still there)} of the sheets, deleted ones included."""
    columns = ("pk", "departement", "slug", "title")
    found = {
        pk: (f"{departement}/{slug}", title, True)
        for pk, departement, slug, title in chunks(Procedure._base_manager, "pk", pks, *columns)
    }
    columns = ("id", *columns[1:])
    removals = history_of(Procedure).objects.filter(history_type=REMOVED)
    for pk, departement, slug, title in chunks(removals, "id", set(pks) - set(found), *columns):
        found[pk] = (f"{departement}/{slug}", title, False)
    return found


# --- Looking for one --------------------------------------------------------------------------


def called_like(model, text):
    """Return the keys of the objects of ``model`` that are, or were, called ``text``.

    By their whole name or key if some are, or else by words in it. Raises TooManyFoundError.
    """
    if model is Procedure and (found := _sheets_at(text)):
        return found
    names = _names_of_sheets() if model is Procedure else _names(model)
    wanted = normalised(text)
    exactly = {pk for pk, name in names if normalised(name) == wanted}
    words = wanted.split()
    found = exactly or {
        pk for pk, name in names if words and all(word in normalised(name) for word in words)
    }
    if len(found) > MOST_FOUND:
        raise TooManyFoundError
    return found


def _names(model):
    """Return [(pk, name)] of the objects that ``model`` has or had: each under all its names."""
    key = model._meta.pk.name
    rows = history_of(model).objects.order_by().values_list(key, *named_by(model)).distinct()
    found = [(pk, "/".join(map(str, values))) for pk, *values in rows]
    if isinstance(model._meta.pk, models.CharField):
        # INSEE's code is a name too.
        found += [(pk, pk) for pk, _ in found]
    return found


def _names_of_sheets():
    """Return [(pk, name)] of sheets by key and title, as they are or were when they were deleted.

    Not of all that their long history calls them: that would take as long as it is.
    """
    gone = Revision.objects.filter(publication="").order_by().values_list("procedure", flat=True)
    now = Procedure._base_manager.order_by().values_list("pk", flat=True)
    sheets = sheets_called({*now, *gone})
    return [(pk, f"{key} {title}") for pk, (key, title, _) in sheets.items()]


def _sheets_at(key):
    """Return the sheets that have, or ever had, this key: an index knows them."""
    departement, _, slug = key.strip().partition("/")
    rows = history_of(Procedure).objects.filter(slug=slug, departement=departement).order_by()
    return set(rows.values_list("id", flat=True).distinct())
