"""What a database holds, to hold a copy of it against: counts, digests, migrations."""

import json

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import JSONField
from django.db.models.expressions import Col

from ..sealing.payload import digest_of

APP = "prefectures"
SOME_ROWS = 2000


def counts():
    """Return {table: rows} of all tables that are there."""
    with connection.cursor() as cursor:
        return {
            table: _fetched(cursor, f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")
            for table in sorted(connection.introspection.table_names(cursor))
        }


def _fetched(cursor, statement):
    cursor.execute(statement)
    return cursor.fetchone()[0]


def last_migration():
    """Return the name of the app's last migration that was applied, "" where none was."""
    applied = MigrationRecorder(connection).applied_migrations()
    return max((name for app, name in applied if app == APP), default="")


def unknown_migration():
    """Return "app.name" of a migration that was applied and that this code has not; "" if none."""
    loader = MigrationLoader(connection)
    unknown = loader.applied_migrations.keys() - loader.disk_migrations.keys()
    return ".".join(max(unknown)) if unknown else ""


# --- Rows as they are, whatever the models make of them ---------------------------------------


def models_of_site():
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]


class Rows:
    """The rows of a model's table, as the database of ``connection`` has them."""

    def __init__(self, model, connection):
        self.table = model._meta.db_table
        self.fields = model._meta.concrete_fields
        self.connection = connection

    @property
    def columns(self):
        """Return the names of the columns, as a statement has them."""
        return ", ".join(self.connection.ops.quote_name(field.column) for field in self.fields)

    def __iter__(self):
        """Yield lists of values, which are the same in Python from every database."""
        read = [self._reader(field) for field in self.fields]
        with self.connection.chunked_cursor() as cursor:
            table = self.connection.ops.quote_name(self.table)
            cursor.execute(f"SELECT {self.columns} FROM {table}")
            while rows := cursor.fetchmany(SOME_ROWS):
                for row in rows:
                    yield [of(value) for of, value in zip(read, row, strict=True)]

    def _reader(self, field):
        """Return what makes of a value of the database that of Python, by the kind of column."""
        column = Col(self.table, field)
        converters = self.connection.ops.get_db_converters(column)

        def read(value):
            for convert in converters:
                value = convert(value, column, self.connection)
            return value

        return read

    def digests(self):
        """Return the digest of each row, sorted: each database orders its rows in its own way."""
        # JSON says the same in whatever order its names stand.
        plain = [json.loads if isinstance(f, JSONField) else _same for f in self.fields]
        return sorted(
            digest_of([v if v is None else of(v) for of, v in zip(plain, row, strict=True)])
            for row in self
        )


def _same(value):
    return value
