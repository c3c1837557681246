"""What the database and the history say of many objects: a few queries, however many they are."""

from collections import defaultdict
from typing import NamedTuple

from django.db import models
from django.db.models.functions import Cast

from .history_tables import columns_of, history_of, links_of, past_links_of

# What a row of history says of its object.
ADDED, CHANGED, REMOVED = "+", "~", "-"

# SQLite takes a bounded number of values in one query.
BATCH = 500


def batches(keys, most=BATCH):
    """Yield ``keys`` in lists short enough to be asked of the database in one query."""
    keys = list(keys)
    for start in range(0, len(keys), most):
        yield keys[start : start + most]


def chunks(queryset, name, values, *columns):
    """Yield the rows of ``queryset`` with these ``values``, or tuples of ``columns``."""
    for some in batches(values):
        rows = queryset.order_by().filter(**{f"{name}__in": some})
        yield from rows.values_list(*columns) if columns else rows


class Past(NamedTuple):
    """A row of history: ``values`` as ``columns_of`` names them."""

    history_id: int
    history_type: str
    values: tuple


def values_of(instance):
    return tuple(getattr(instance, name) for name in columns_of(type(instance)))


def values_now(model, keys, column="pk"):
    """Return {pk: values} of those that the database has; ``keys`` are those of ``column``."""
    rows = chunks(model._base_manager, column, keys, "pk", *columns_of(model))
    return {pk: tuple(values) for pk, *values in rows}


def newest_values(model, pks):
    """Return {pk: Past} of the newest history row of each of ``pks``."""
    pk_name = model._meta.pk.attname
    names = (pk_name, "history_id", "history_type", *columns_of(model))
    rows = chunks(history_of(model).objects, "pk", newest_ids(model, pks).values(), *names)
    return {pk: Past(key, kind, tuple(values)) for pk, key, kind, *values in rows}


def newest_ids(model, pks, before=None):
    """Return {pk: history_id} of the newest history rows; with ``before``, of older changesets."""
    pk_name = model._meta.pk.attname
    rows = history_of(model).objects.order_by()
    if before is not None:
        rows = rows.filter(changeset__lt=before)
    found = {}
    for some in batches(pks):
        own = rows.filter(**{f"{pk_name}__in": some}).values_list(pk_name)
        found |= dict(own.annotate(models.Max("history_id")))
    return found


def newest_until(model, column, made_by):
    """Return the history_id of the newest row of each object that was there, at some moment.

    ``made_by`` is {key: the changesets until then} by ``column``; a removal leaves nothing there.
    """
    pk_name = model._meta.pk.attname
    columns = (column, "changeset", pk_name, "history_id", "history_type")
    newest = {}
    for keys in batches(made_by):
        rows = history_of(model).objects.filter(**{f"{column}__in": keys}).order_by("history_id")
        for key, changeset, pk, history_id, kind in rows.values_list(*columns):
            if changeset in made_by[key]:
                newest[pk] = None if kind == REMOVED else history_id
    return [history_id for history_id in newest.values() if history_id is not None]


def related_keys(model, pks):
    """Return {field: {pk: {related pk: pk of the link}}} as the database has it now."""
    found = {}
    for field in links_of(model):
        own, other = field.m2m_column_name(), field.m2m_reverse_name()
        by_pk = defaultdict(dict)
        for link in chunks(field.remote_field.through._base_manager, own, pks):
            by_pk[getattr(link, own)][getattr(link, other)] = link.pk
        found[field.name] = by_pk
    return found


def related_in_history(model, ids):
    """Return {field: {history_id: set of related pks}} for the history rows ``ids``."""
    found = {field.name: defaultdict(set) for field in links_of(model)}
    as_key = {field.name: field.related_model._meta.pk.to_python for field in links_of(model)}
    for some in batches(ids) if found else ():
        # One query for all fields: their keys are of several types, and so come as texts.
        first, *others = (
            past_links_of(model, field)
            .objects.order_by()
            .filter(history_id__in=some)
            .values_list(
                models.Value(field.name),
                "history_id",
                Cast(field.m2m_reverse_name(), models.CharField()),
            )
            for field in links_of(model)
        )
        for name, history_id, key in first.union(*others, all=True):
            found[name][history_id].add(as_key[name](key))
    return found
