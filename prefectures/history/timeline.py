"""What happened to an object, one entry a changeset, in words."""

from collections import defaultdict
from dataclasses import dataclass, field
from operator import attrgetter

from django.db import models
from django.db.models import Max, Min, OuterRef, Subquery, Value

from ..gate.history_tables import fields_of, history_of, links_of
from ..gate.reading_back import batches, chunks, related_in_history
from ..gate.unit_of_work import ADDED, REMOVED
from ..models import Procedure, Revision
from ..models.fields import ChoiceSetField, RichTextField
from ..models.revision import PARTS
from ..text.differences import text_of


@dataclass
class Change:
    """One field of one object, before and after; both are text."""

    label: str
    before: str
    after: str


@dataclass
class Touched:
    """One object that a changeset added, changed or removed."""

    name: str
    kind: str
    changes: list = field(default_factory=list)


@dataclass
class Entry:
    changeset: object
    touched: list = field(default_factory=list)


def versions_of(model, pk):
    """Return what knows the changesets of an object, newest first: ``changeset`` of each row."""
    if model is Procedure:
        # One row a changeset, whichever parts it touched.
        rows = Revision.objects.filter(procedure=pk).order_by("-number")
    else:
        own = {model._meta.pk.attname: pk}
        rows = history_of(model).objects.filter(**own).order_by("-history_id")
    return rows.select_related("changeset__author")


def timeline(model, pk, changesets=None):
    """Return the ``Entry`` list of an object, newest first; of a sheet, with all its parts.

    Of these ``changesets`` of its own alone: a page of them costs the same, whatever came before.
    """
    if changesets is None:
        changesets = [version.changeset for version in versions_of(model, pk)]
    entries = {changeset.pk: Entry(changeset) for changeset in changesets}
    sources = [(model, {model._meta.pk.attname: pk})]
    if model is Procedure:
        sources += [(part, {"procedure_id": pk}) for part in PARTS]
    for source, where in sources:
        pairs = _with_the_one_before(source, where, list(entries))
        differing = _columns_that_differ(source, pairs)
        targets, related = _target_names(pairs, differing), _related_names(source, pairs)
        for past, row in pairs:
            touched = _compare(source, past, row, differing, targets, related)
            entries[row.changeset_id].touched.append(touched)
    return [entries[key] for key in sorted(entries, reverse=True)]


def _with_the_one_before(model, where, changesets):
    """Return the [(row before it, row)] of the history that ``changesets`` wrote, in order.

    There is no row before what was added, or put back.
    """
    history, own = history_of(model), model._meta.pk.attname
    before = history.objects.filter(
        **{own: OuterRef(own)}, history_id__lt=OuterRef("history_id")
    ).order_by("-history_id")
    rows = []
    for some in batches(changesets):
        of_them = history.objects.filter(changeset__in=some)
        ends = of_them.order_by().values(one=Value(1))
        # Between these two only: an object of ten thousand rows is not read to find twenty.
        rows += (
            history.objects.filter(**where, changeset__in=some)
            .filter(
                history_id__gte=Subquery(ends.annotate(first=Min("history_id")).values("first")),
                history_id__lte=Subquery(ends.annotate(last=Max("history_id")).values("last")),
            )
            .annotate(before=Subquery(before.values("history_id")[:1]))
        )
    rows.sort(key=attrgetter("history_id"))
    known = {row.history_id: row for row in rows}
    missing = {row.before for row in rows} - known.keys() - {None}
    known |= {row.history_id: row for row in chunks(history.objects, "history_id", missing)}
    pasts = [known.get(row.before) for row in rows]
    return [
        (past if past and past.history_type != REMOVED else None, row)
        for past, row in zip(pasts, rows, strict=True)
    ]


def _columns_that_differ(model, pairs):
    """Return {history_id: columns} of what ``_compare`` has to put in words."""
    columns = [
        column
        for column in fields_of(model)
        if not column.primary_key and column.name not in ("procedure", "number")
    ]
    return {
        row.history_id: [
            column
            for column in columns
            if past is None or getattr(past, column.attname) != getattr(row, column.attname)
        ]
        for past, row in pairs
        if row.history_type != REMOVED
    }


def _compare(model, past, row, differing, targets, related):
    number = getattr(row, "number", None)
    name = str(model._meta.verbose_name) + (f" n° {number}" if number else "")
    touched = Touched(name, row.history_type)
    if row.history_type == REMOVED:
        return touched
    for column in differing[row.history_id]:
        before = _in_words(column, past, targets) if past else ""
        after = _in_words(column, row, targets)
        if before != after and not (row.history_type == ADDED and after in ("", "non", "0")):
            touched.changes.append(Change(str(column.verbose_name), before, after))
    for column in links_of(model):
        before = related[column.name][past.history_id] if past else []
        after = related[column.name][row.history_id]
        if before != after:
            touched.changes.append(
                Change(str(column.verbose_name), ", ".join(before), ", ".join(after))
            )
    return touched


def _in_words(column, row, targets):
    value = getattr(row, column.attname)
    if value is None or value == "":
        return ""
    if isinstance(column, ChoiceSetField):
        labels = dict(column.flatchoices)
        return ", ".join(labels.get(item, item) for item in value)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(column, models.ForeignKey):
        return targets[column.name].get(value) or _gone(value)
    if isinstance(column, models.BooleanField):
        return "oui" if value else "non"
    if isinstance(column, models.DateField):
        return f"{value:%d/%m/%Y}"
    if isinstance(column, RichTextField):
        return text_of(value)
    return str(value)


def _gone(pk):
    return f"(supprimé, n° {pk})"


def _target_names(pairs, differing):
    """Return {foreign key: {pk: name}} of what changed: a query a column, however many rows."""
    wanted = defaultdict(set)
    for past, row in pairs:
        for column in differing.get(row.history_id, ()):
            if isinstance(column, models.ForeignKey):
                wanted[column] |= {getattr(it, column.attname) for it in (past, row) if it}
    return {
        column.name: _names(column.related_model, pks - {None}) for column, pks in wanted.items()
    }


def _related_names(model, pairs):
    """Return {field: {history_id: names, sorted}}: a query or two a field, however many rows."""
    found = {}
    ids = {item.history_id for pair in pairs for item in pair if item}
    for name, by_row in related_in_history(model, ids).items() if ids else ():
        column = model._meta.get_field(name)
        # What is the same before and after is told in no words, and needs no names.
        pks = set()
        for past, row in pairs:
            before, after = by_row[past.history_id] if past else set(), by_row[row.history_id]
            pks |= before | after if before != after else set()
        names = _names(column.related_model, pks)
        found[name] = {key: sorted(names.get(pk) or _gone(pk) for pk in by_row[key]) for key in ids}
    return found


def _names(model, pks):
    if not pks:
        return {}
    # What the name of a permission is made of is another table.
    items = model._base_manager.select_related()
    return {item.pk: str(item) for item in chunks(items, "pk", pks)}
