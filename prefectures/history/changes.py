"""What rows of history changed, in words: each field of each object, before and after."""

from dataclasses import dataclass, field

from django.contrib.auth.models import Permission
from django.db.models import Count, OuterRef, Subquery, Value

from ..gate.history_tables import history_of
from ..gate.reading_back import ADDED, CHANGED, REMOVED, chunks
from ..models import Procedure
from ..roles import right_in_french
from ..sheets.difference import differing
from ..sheets.reading import names_of, rows_at
from ..sheets.words import Told, in_words
from .subjects import called, is_of_a_sheet, named_by, sheets_called, tracked

DID = {ADDED: "ajout", CHANGED: "changement", REMOVED: "suppression"}

# What is told of something that comes or goes, beside what its name says.
NOTHING = ("", "non", "0")
IN_THE_NAME = ("procedure", "number")


@dataclass
class Change:
    """One object that a changeset added, changed or removed, and what it was called then.

    ``sheet`` is the primary key of the sheet that it is, or belongs to; ``key`` is by what people
    call that sheet now, or what stands alone, and ``title`` the sheet's.
    """

    changeset: int
    model: type
    pk: object
    kind: str
    name: str
    sheet: int | None
    key: str = ""
    title: str = ""
    fields: list = field(default_factory=list)

    @property
    def full_name(self):
        """Return "fiche 34/sous-prefecture-de-beziers : étape n° 2"."""
        is_part = self.sheet is not None and self.model is not Procedure
        return f"{self.sheet_name}\u00a0: {self.name}" if is_part else self.name

    @property
    def label(self):
        """Return "étape n° 2"; of a sheet itself, "fiche"."""
        return str(self.model._meta.verbose_name) if self.model is Procedure else self.name

    @property
    def did(self):
        return DID[self.kind]

    @property
    def sheet_name(self):
        return f"fiche {self.key}"


class ChangesOf:
    """All that a changeset changed, in order: a sequence of which a slice is read at a time."""

    def __init__(self, changeset, counted=None):
        self.changeset = changeset
        self.counted = count_changes([changeset])[changeset] if counted is None else counted

    def __len__(self):
        return sum(self.counted.values())

    def __getitem__(self, wanted):
        found, before = [], 0
        for model, count in self.counted.items():
            start, stop = (min(max(end - before, 0), count) for end in (wanted.start, wanted.stop))
            if start < stop:
                found += changes(model, [self.changeset], start, stop)
            before += count
        return found


def count_changes(changesets):
    """Return {changeset: {model: how many changes}}, the models in order: one query."""
    first, *others = (
        history_of(model)
        .objects.filter(changeset__in=changesets)
        .order_by()
        .values("changeset_id")
        .annotate(place=Value(place), count=Count("*"))
        .values_list("changeset_id", "place", "count")
        for place, model in enumerate(tracked())
    )
    found = {pk: {} for pk in changesets}
    if changesets:
        for pk, place, count in first.union(*others, all=True).order_by("changeset_id", "place"):
            found[pk][tracked()[place]] = count
    return found


def changes(model, changesets, start=0, stop=None):
    """Return the ``Change`` list of the history of ``model`` that ``changesets`` wrote, in order.

    With ``start`` and ``stop``, those of that rank alone. As many queries for many as for few.
    """
    history, key = history_of(model), model._meta.pk.attname
    before = history.objects.filter(
        **{key: OuterRef(key)}, history_id__lt=OuterRef("history_id")
    ).order_by("-history_id")
    written = history.objects.filter(changeset__in=changesets).order_by("history_id")
    rows = list(
        written.annotate(before=Subquery(before.values("history_id")[:1])).values_list(
            "changeset", "history_id", "before", "history_type"
        )[start:stop]
    )
    items = rows_at(model, {key for row in rows for key in row[1:3]} - {None})
    compared = [_compared(items, *row[1:]) for row in rows]
    names = _names(model, compared)
    found = []
    for (changeset, row, _, kind), (was, is_now, differ) in zip(rows, compared, strict=True):
        item = items[row]
        found.append(
            Change(
                changeset,
                model,
                item.pk,
                kind,
                _called(model, item),
                _sheet_of(model, item),
                fields=list(_told(model, kind, was, is_now, differ, names)),
            )
        )
    _give_keys(found, [items[row[1]] for row in rows])
    return found


def _compared(items, row, before, kind):
    """Return the values before and after, and the names of those that differ."""
    if kind == ADDED:
        # There is nothing before what was added, or put back.
        return {}, items[row].values, list(items[row].values)
    if kind == REMOVED:
        # The row of a removal has no links.
        was = items[before or row].values
        return was, {}, list(was)
    was = items[before].values if before else {}
    return was, items[row].values, differing(was, items[row].values)


def _names(model, compared):
    """Return {model: {key: name}} of all that the values lead to."""
    values = [
        (model._meta.get_field(name), side[name])
        for was, is_now, differ in compared
        for name in differ
        for side in (was, is_now)
        if name in side
    ]
    rights = [pair for pair in values if pair[0].related_model is Permission]
    found = names_of(pair for pair in values if pair[0].related_model is not Permission)
    keys = {key for _, held in rights for key in held}
    permissions = chunks(Permission.objects.select_related("content_type"), "pk", keys)
    return found | {Permission: {right.pk: right_in_french(right) for right in permissions}}


def _told(model, kind, was, is_now, differ, names):
    for name in differ:
        column = model._meta.get_field(name)
        if kind != CHANGED and name in IN_THE_NAME:
            continue
        before, after = (in_words(column, side.get(name), names) for side in (was, is_now))
        if kind == CHANGED and before == after:
            # Emphasis, two offices of one name: words do not tell them apart, what is kept does.
            before, after = (_as_kept(side.get(name)) for side in (was, is_now))
        if kind == CHANGED or before not in NOTHING or after not in NOTHING:
            yield Told(str(column.verbose_name), before, after)


def _as_kept(value):
    if isinstance(value, frozenset):
        return ", ".join(sorted(map(str, value)))
    return "" if value is None else str(value)


# --- What it was called -----------------------------------------------------------------------


def _sheet_of(model, item):
    return item.pk if model is Procedure else item.values.get("procedure")


def _called(model, item):
    if is_of_a_sheet(model) and model is not Procedure:
        number = item.values.get("number")
        return str(model._meta.verbose_name) + (f" n° {number}" if number else "")
    return called(model, _own_name(model, item))


def _own_name(model, item):
    values = {model._meta.pk.name: item.pk, **item.values}
    return [values[name] for name in named_by(model)]


def _give_keys(found, items):
    sheets = sheets_called({change.sheet for change in found} - {None})
    for change, item in zip(found, items, strict=True):
        if change.sheet is None:
            change.key = "/".join(map(str, _own_name(change.model, item)))
        else:
            gone = f"n° {change.sheet}", "", False
            change.key, change.title, _ = sheets.get(change.sheet, gone)
