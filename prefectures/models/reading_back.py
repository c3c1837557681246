"""What the database and the history say of many objects: a few queries, however many they are."""

from collections import defaultdict

from django.db import models

# SQLite takes a bounded number of values in one query.
BATCH = 500


def batches(keys):
    """Yield ``keys`` in lists short enough to be asked of the database in one query."""
    keys = list(keys)
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]


def chunks(queryset, name, values):
    # Unordered: the order of the steps joins their sheet, and would miss those of a deleted one.
    for some in batches(values):
        yield from queryset.order_by().filter(**{f"{name}__in": some})


def newest(model, pks):
    """Return the newest history row of each of ``pks``, by pk."""
    history, pk_name = model.history.model, model._meta.pk.attname
    found = {}
    for some in batches(pks):
        ids = (
            history.objects.filter(**{f"{pk_name}__in": some})
            .order_by()
            .values(pk_name)
            .annotate(newest=models.Max("history_id"))
            .values("newest")
        )
        found |= {getattr(row, pk_name): row for row in history.objects.filter(pk__in=ids)}
    return found


def related_keys(model, pks):
    """Return {field: {pk: {related pk: pk of the link}}} as the database has it now."""
    found = {}
    for field in model.history.model._history_m2m_fields:
        own, other = field.m2m_column_name(), field.m2m_reverse_name()
        by_pk = defaultdict(dict)
        for link in chunks(field.remote_field.through._base_manager, own, pks):
            by_pk[getattr(link, own)][getattr(link, other)] = link.pk
        found[field.name] = by_pk
    return found


def related_in_history(model, rows):
    """Return {field: {history_id: set of related pks}} for these history rows."""
    ids = [row.history_id for row in rows]
    found = {}
    for field in model.history.model._history_m2m_fields:
        through = getattr(model.history.model, field.name).model
        by_row = defaultdict(set)
        for link in chunks(through.objects, "history_id", ids):
            by_row[link.history_id].add(getattr(link, field.m2m_reverse_name()))
        found[field.name] = by_row
    return found
