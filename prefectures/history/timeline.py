"""What happened to an object, one entry a changeset, in words."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import models

from ..models import ADDED, REMOVED, Procedure
from ..models.fields import ChoiceSetField, RichTextField
from ..models.revision import PARTS
from .words import text_of


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


def timeline(model, pk):
    """Return the ``Entry`` list of an object, newest first; of a sheet, with all its parts."""
    entries = {}
    sources = [(model, {model._meta.pk.attname: pk})]
    if model is Procedure:
        sources += [(part, {"procedure_id": pk}) for part in PARTS]
    for source, where in sources:
        rows = list(
            source.history.filter(**where)
            .select_related("changeset__author")
            .order_by("history_id")
        )
        targets, related = _target_names(source, rows), _related_names(source, rows)
        before = {}
        for row in rows:
            own_pk = getattr(row, source._meta.pk.attname)
            entry = entries.setdefault(row.changeset_id, Entry(row.changeset))
            entry.touched.append(_compare(source, before.get(own_pk), row, targets, related))
            before[own_pk] = None if row.history_type == REMOVED else row
    return [entries[key] for key in sorted(entries, reverse=True)]


def _compare(model, past, row, targets, related):
    number = getattr(row, "number", None)
    name = str(model._meta.verbose_name) + (f" n° {number}" if number else "")
    touched = Touched(name, row.history_type)
    if row.history_type == REMOVED:
        return touched
    for column in model.history.model.tracked_fields:
        if column.primary_key or column.name in ("procedure", "number"):
            continue
        before = _in_words(column, past, targets) if past else ""
        after = _in_words(column, row, targets)
        if before != after and not (row.history_type == ADDED and after in ("", "non", "0")):
            touched.changes.append(Change(str(column.verbose_name), before, after))
    for column in model.history.model._history_m2m_fields:
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


def _target_names(model, rows):
    """Return {foreign key: {pk: name}}: a query a column, however many rows."""
    found = {}
    for column in model.history.model.tracked_fields:
        if isinstance(column, models.ForeignKey):
            pks = {getattr(row, column.attname) for row in rows} - {None}
            items = column.related_model._base_manager.in_bulk(pks)
            found[column.name] = {pk: str(item) for pk, item in items.items()}
    return found


def _related_names(model, rows):
    """Return {field: {history_id: names, sorted}}: a query or two a field, however many rows."""
    found = {}
    ids = [row.history_id for row in rows]
    for column in model.history.model._history_m2m_fields:
        links = getattr(model.history.model, column.name).model.objects.filter(history__in=ids)
        reverse = column.m2m_reverse_name()
        pairs = list(links.values_list("history_id", reverse))
        # What the name of a permission is made of is another table.
        items = column.related_model._base_manager.select_related()
        names = {pk: str(item) for pk, item in items.in_bulk({other for _, other in pairs}).items()}
        by_row = defaultdict(list)
        for history_id, other in sorted(pairs, key=lambda pair: names.get(pair[1], "")):
            by_row[history_id].append(names.get(other) or _gone(other))
        found[column.name] = by_row
    return found
