"""What the changesets of a page touched: their first objects by name, and how many others."""

from dataclasses import dataclass, field

from django.db.models import Count, F, TextField, Value, Window
from django.db.models.functions import Cast, RowNumber

from ..gate.history_tables import history_of
from ..models import Procedure, Revision
from ..sheets.closing import OF_A_SHEET
from .subjects import called, is_of_a_sheet, named_by, sheets_called, tracked

MOST_NAMED = 3


@dataclass(frozen=True)
class Named:
    """An object: ``pk`` as text, and ``title`` beside the name of a sheet."""

    model: type
    pk: str
    name: str
    title: str = ""


@dataclass
class Touched:
    named: list = field(default_factory=list)
    others: int = 0


def touched_by(changesets):
    """Return {changeset: Touched} in three queries, however many models there are.

    A sheet is one object, whatever became of its parts.
    """
    if not changesets:
        return {}
    alone = [model for model in tracked() if model is not Procedure and model not in OF_A_SHEET]
    first, *others = (_of(place, model, changesets) for place, model in enumerate(alone, 1))
    rows = list(
        _arm(Revision.objects.filter(changeset__in=changesets), 0, "procedure")
        .union(first, *others, all=True)
        .order_by("changeset_id", "place", "rank")
    )
    sheets = sheets_called({int(row[2]) for row in rows if _is_a_sheet(alone, row[1])})
    found = {pk: Touched() for pk in changesets}
    for changeset, place, pk, one, two, rank, count in rows:
        touched = found[changeset]
        if _is_a_sheet(alone, place):
            key, title, is_there = sheets.get(int(pk), (f"n° {pk}", "", False))
            named = Named(Procedure, pk, f"fiche {key}", title if is_there else "supprimée")
        else:
            model = alone[place - 1]
            named = Named(model, pk, called(model, [one, two][: len(named_by(model))]))
        if rank == 1:
            touched.others += count
        if len(touched.named) < MOST_NAMED and named not in touched.named:
            touched.named.append(named)
            touched.others -= 1
    return found


def _is_a_sheet(alone, place):
    return place == 0 or is_of_a_sheet(alone[place - 1])


def _of(place, model, changesets):
    rows = history_of(model).objects.filter(changeset__in=changesets)
    if is_of_a_sheet(model):
        # Of a sheet, whose version it leaves as it is.
        return _arm(rows, place, "procedure")
    return _arm(rows, place, model._meta.pk.name, *named_by(model))


def _arm(rows, place, key, *names):
    """Return the first ``rows`` of each changeset, with how many there are, for a union."""
    one, two = ([Cast(F(name), TextField()) for name in names] + [_text("")] * 2)[:2]
    of_each = {"partition_by": F("changeset_id")}
    return (
        rows.order_by()
        .annotate(
            place=Value(place),
            object=Cast(F(key), TextField()),
            one=one,
            two=two,
            rank=Window(RowNumber(), order_by="pk", **of_each),
            count=Window(Count("*"), **of_each),
        )
        .filter(rank__lte=MOST_NAMED)
        .values_list("changeset_id", "place", "object", "one", "two", "rank", "count")
    )


def _text(value):
    return Cast(Value(value), TextField())
