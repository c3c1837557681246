"""The rows of several models in one query: a page that tells of ten kinds of things asks once."""

from collections import defaultdict
from collections.abc import Callable, Collection
from typing import NamedTuple

from django.db import connection
from django.db.models import F, JSONField, TextField, Value
from django.db.models.functions import Cast, JSONArray
from django.utils.dateparse import parse_date, parse_datetime, parse_time

from .reading_back import batches

# All models together: short of the 999 values that an old SQLite takes in one query.
BATCH_OF_MANY = 900

# In JSON they are texts, on both databases.
PARSED = {"DateField": parse_date, "DateTimeField": parse_datetime, "TimeField": parse_time}


class Wanted(NamedTuple):
    """The ``columns`` of the rows that ``rows_of`` gives for some of ``keys``."""

    model: type
    rows_of: Callable
    keys: Collection
    columns: tuple


def wanted_by(model, column, keys, columns):
    """Return what is ``Wanted`` of the rows of ``model`` with these ``keys`` in ``column``."""
    rows = model._base_manager

    def rows_of(some):
        return rows.filter(**{f"{column}__in": some})

    return Wanted(model, rows_of, keys, columns)


def rows_together(wanted):
    """Yield (key, values of the columns) of all rows of ``wanted``, {key: Wanted}; in any order.

    The values are those of ``values_list``. One query, or one by the nine hundred keys. Of numbers
    with decimals SQLite's JSON loses some: no model here has any.
    """
    places = list(wanted)
    of_all = [(at, key) for at, place in enumerate(places) for key in wanted[place].keys]
    readers = {}
    for some in batches(of_all, BATCH_OF_MANY):
        keys = defaultdict(list)
        for at, key in some:
            keys[at].append(key)
        # Columns of different models have nothing in common: each row is one list, in JSON.
        first, *others = (_query(at, wanted[places[at]], keys[at]) for at in keys)
        for at, values in first.union(*others, all=True) if others else first:
            if at not in readers:
                readers[at] = list(_readers(wanted[places[at]]))
            for place, read in readers[at]:
                values[place] = read(values[place])
            yield places[at], values


def _query(at, wanted, keys):
    fields = [wanted.model._meta.get_field(name) for name in wanted.columns]
    values = (
        # As it is stored: PostgreSQL would put JSON into JSON.
        Cast(field.attname, TextField()) if isinstance(field, JSONField) else F(field.attname)
        for field in fields
    )
    rows = wanted.rows_of(keys).order_by()
    return rows.values_list(Value(at), JSONArray(*values))


def _readers(wanted):
    """Yield (place, function) of the columns whose values JSON does not hold as they are."""
    for place, name in enumerate(wanted.columns):
        field = wanted.model._meta.get_field(name)
        column = field.get_col(wanted.model._meta.db_table)
        parse = PARSED.get(column.output_field.get_internal_type())
        converters = [
            *connection.ops.get_db_converters(column),
            *column.get_db_converters(connection),
        ]
        if parse or converters:
            yield place, _reader(parse, converters, column)


def _reader(parse, converters, column):
    def read(value):
        if parse and value is not None:
            value = parse(value)
        for convert in converters:
            value = convert(value, column, connection)
        return value

    return read
