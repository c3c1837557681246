"""Somebody who has the database, and changes its history past the site: at random, in several ways.

Each way returns what it touched, as [(table, key)], or None where nobody could name a row. What
the database refuses (a key that is in use) is tried on another row.
"""

import json
from collections import defaultdict
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, connection, models, transaction

from prefectures.models import Changeset, Seal, SealedColumns
from prefectures.sealing.payload import (
    NOTHING,
    canonical,
    digest_of,
    digest_of_bytes,
    packed,
    unpacked,
)
from prefectures.sealing.tables import tables_of_site

TRIES = 200


class OtherRowError(Exception):
    """This row says the same afterwards, or there is none: another one is to be taken."""


def change(random, may_be=lambda field: not field.primary_key):
    """Change a value of a row."""
    model, key = some_row(random)
    field = random.choice([field for field in model._meta.concrete_fields if may_be(field)])
    [before] = values(model, key, field)
    rows(model).filter(pk=key).update(**{field.attname: other_value(field, before, random)})
    if values(model, key, field) == [before]:
        raise OtherRowError
    return [(model._meta.db_table, key)]


def remove(random):
    """Delete a row."""
    model, key = some_row(random)
    delete(model, [key])
    return [(model._meta.db_table, key)]


def insert(random):
    """Add a row that looks like another one."""
    model, key = some_row(random)
    new = rows(model).get(pk=key)
    new.pk = f"{random.getrandbits(256):064x}" if model is SealedColumns else next_key(model)
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key:
            setattr(new, field.attname, None if field.null else f"{random.getrandbits(256):064x}")
        elif field.name == "number":
            new.number += random.randint(1, 99)
    models.QuerySet(model).bulk_create([new])
    return [(model._meta.db_table, new.pk)]


def swap(random):
    """Let two rows of a table say what the other one said."""
    model, one = some_row(random)
    other = random.choice(list(rows(model).values_list("pk", flat=True)))
    first, second = rows(model).get(pk=one), rows(model).get(pk=other)
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    said = [
        {field.attname: getattr(row, field.attname) for field in fields} for row in (first, second)
    ]
    if said[0] == said[1]:
        raise OtherRowError
    delete(model, [one, other])
    models.QuerySet(model).bulk_create([model(pk=one, **said[1]), model(pk=other, **said[0])])
    return [(model._meta.db_table, key) for key in (one, other)]


def cut_the_tail(random):
    """Take away the last changesets, with all that they wrote and their seals."""
    last = Seal.objects.order_by("-number").values_list("changeset", flat=True)
    gone = list(last[: random.randint(1, 3)])
    of_them = [(table.model, f"{table.by}__in") for table in tables_of_site()]
    keys = [
        (model, list(rows(model).filter(**{by: gone}).values_list("pk", flat=True)))
        for model, by in [*of_them, (Seal, "changeset__in")]
    ]
    for model, own in keys:
        delete(model, own)


def change_and_recompute(random):
    """Change a row, then make all seals anew as if it had always been so."""
    [(name, _)] = change(random, lambda field: not (field.primary_key or field.is_relation))
    if name not in tables_of_site().by_name:
        raise OtherRowError
    recompute()


WAYS = (change, remove, insert, swap, cut_the_tail, change_and_recompute)
# The chain that is there is whole: only who kept its head elsewhere can tell.
FOUND_BY_THE_HEAD_ALONE = (cut_the_tail, change_and_recompute)


def tampered(way, random, *, minds_keys=True):
    """Do it, to another row where the database or chance refuses; return what was touched."""
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                touched = way(random)
                if minds_keys:
                    connection.check_constraints()
        except (DatabaseError, OtherRowError):
            continue
        return touched
    raise AssertionError(f"{way.__name__}: nothing could be touched")


def recompute():
    """Make each seal say what the rows say now, and follow the one before."""
    found, records, previous = defaultdict(dict), {}, NOTHING
    for table in tables_of_site():
        for changeset, key, of, values in table.rows():
            found[changeset].setdefault(table.name, []).append([key, of, digest_of(values)])
            if table.model is Changeset:
                records[key] = dict(zip(table.columns, values, strict=True))
    for seal in Seal.objects.order_by("number"):
        said = json.loads(unpacked(seal.payload))
        said |= {"previous": previous, "rows": found[seal.changeset_id]}
        said["changeset"] |= records[seal.changeset_id]
        content = canonical(said)
        seal.payload, seal.digest = packed(content), digest_of_bytes(content)
        seal.previous = previous
        seal.save()
        previous = seal.digest


def is_named(fault, touched):
    """Whether ``fault`` speaks of a row that was ``touched``, or of a seal, or of its neighbour."""
    if fault.table is not None:
        return (fault.table.name, fault.key) in touched
    seals = [key for table, key in touched if table == Seal._meta.db_table]
    described = any(table == SealedColumns._meta.db_table for table, _ in touched)
    return described or any(abs(fault.seal - key) <= 1 or fault.other == key for key in seals)


# --- The database, written directly -----------------------------------------------------------


def rows(model):
    return models.QuerySet(model)


def some_row(random):
    """Return (model, key of a row) of a table that has any: each table as often."""
    guarded = [table.model for table in tables_of_site()] + [Seal, SealedColumns]
    random.shuffle(guarded)
    for model in guarded:
        keys = list(rows(model).order_by("pk").values_list("pk", flat=True))
        if keys:
            return model, random.choice(keys)
    raise AssertionError("there is no history")


def next_key(model):
    return rows(model).aggregate(models.Max("pk"))["pk__max"] + 1


def delete(model, keys):
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        for key in keys:
            cursor.execute(f'DELETE FROM "{table}" WHERE "{column}" = %s', [key])


def values(model, key, field):
    return list(rows(model).filter(pk=key).values_list(field.attname, flat=True))


def other_value(field, value, random):
    """Return another value that the column takes, of its kind."""
    if isinstance(field, models.ForeignKey):
        # A key that leads nowhere is refused by the database.
        keys = list(rows(field.related_model).order_by("pk").values_list("pk", flat=True))
        return random.choice(keys) if keys else value
    match field:
        case models.BooleanField():
            return not value
        case models.DateTimeField() if value:
            return value + timedelta(microseconds=random.randint(1, 10**12))
        case models.DateField():
            return value and value + timedelta(days=random.randint(1, 999))
        case models.IntegerField():
            return (value or 0) + random.randint(1, 9)
        case models.BinaryField():
            return bytes(value or b"") + b"x"
    text = ",".join(value) if isinstance(value, list) else value or ""
    return (text + "x" if random.random() < 0.5 else text[:-1])[: field.max_length]


@contextmanager
def taken_back():
    """Take back, at the end, whatever is written inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
