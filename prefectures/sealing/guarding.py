"""Triggers that let the database itself refuse to change or delete what history holds.

They stop every screen and all of the application's own code; not somebody who has the database
and drops them first: that is what the seals are for. SQLite drops them, silently, with a table
that a migration makes anew, so they are put back after every migrate (``install``), and a check
tells of one that is missing (``checks.py``).
"""

from contextlib import contextmanager
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections

from ..gate.migrated import is_behind
from ..models import JournalEntry, Seal, SealedColumns
from .tables import tables_of_site

# Guarded besides what seals cover: a model more takes a line.
ALSO_GUARDED = (Seal, SealedColumns, JournalEntry)

# Whatever begins so is ours.
PREFIX = "history_kept"
REFUSED = "L’historique ne se change pas : ni modification ni suppression dans {}."


class Trigger(NamedTuple):
    table: str
    name: str
    # As the database is asked for it, and as it says that it has it.
    statement: str


def guarded_models():
    return [*(table.model for table in tables_of_site()), *ALSO_GUARDED]


def install(using=DEFAULT_DB_ALIAS, **kwargs):
    """Put back those that are missing, once the last migration has run.

    Earlier ones were made for a history that nothing guarded.
    """
    connection = connections[using]
    wanted = [] if is_behind(connection) else missing(connection)
    if wanted:
        _vendor(connection).create(connection, wanted)


def missing(connection):
    """Return the triggers that the tables that are there lack, or have otherwise."""
    vendor, there = _vendor(connection), connection.introspection.table_names()
    tables = sorted({model._meta.db_table for model in guarded_models()} & set(there))
    found = set(vendor.found(connection))
    return [
        trigger
        for table in tables
        for trigger in vendor.wanted(connection, table)
        if trigger not in found
    ]


@contextmanager
def history_unlocked(schema_editor):
    """Lift the triggers inside, for a migration that has no other way; put the same back after it.

    For migrations and the test runner alone. Seals know nothing of it: what is changed here that
    was sealed has to be sealed anew (``seal_anew``), or ``verify_history`` will name it.
    """
    connection = schema_editor.connection
    vendor = _vendor(connection)
    lifted = vendor.found(connection)
    vendor.drop(connection, lifted)
    yield
    vendor.create(connection, lifted)


class SQLite:
    @staticmethod
    def wanted(connection, table):
        for what in ("update", "delete"):
            name = f"{PREFIX}_{what}_{table}"
            yield Trigger(
                table,
                name,
                f'CREATE TRIGGER "{name}" BEFORE {what.upper()} ON "{table}" BEGIN'
                f" SELECT RAISE(ABORT, '{REFUSED.format(table)}'); END",
            )

    @staticmethod
    def found(connection):
        return [
            Trigger(*row)
            for row in _fetched(
                connection,
                "SELECT tbl_name, name, sql FROM sqlite_master"
                " WHERE type = 'trigger' AND substr(name, 1, %s) = %s ORDER BY name",
                [len(PREFIX), PREFIX],
            )
        ]

    @staticmethod
    def create(connection, triggers):
        with connection.cursor() as cursor:
            for trigger in triggers:
                cursor.execute(f'DROP TRIGGER IF EXISTS "{trigger.name}"')
                cursor.execute(trigger.statement)

    @staticmethod
    def drop(connection, triggers):
        with connection.cursor() as cursor:
            for trigger in triggers:
                cursor.execute(f'DROP TRIGGER "{trigger.name}"')


class PostgreSQL:
    FUNCTION = f"{PREFIX}_refuse"
    BODY = (
        "BEGIN RAISE EXCEPTION '"
        + REFUSED.format("%")
        + "', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END"
    )

    @classmethod
    def wanted(cls, connection, table):
        for what, when, each in (
            ("rows", "DELETE OR UPDATE", "ROW"),
            ("table", "TRUNCATE", "STATEMENT"),
        ):
            name = f"{PREFIX}_{what}"
            # Word for word as PostgreSQL gives it back.
            yield Trigger(
                table,
                name,
                f"CREATE TRIGGER {name} BEFORE {when} ON {table}"
                f" FOR EACH {each} EXECUTE FUNCTION {cls.FUNCTION}()",
            )

    @classmethod
    def found(cls, connection):
        """Return those that are there, and that do refuse."""
        return [
            Trigger(*row)
            for row in _fetched(
                connection,
                "SELECT relname, tgname, pg_get_triggerdef(t.oid, true) FROM pg_trigger t"
                " JOIN pg_class c ON c.oid = tgrelid JOIN pg_proc p ON p.oid = tgfoid"
                " WHERE pg_table_is_visible(c.oid) AND starts_with(tgname, %s)"
                " AND tgenabled IN ('O', 'A') AND prosrc = %s ORDER BY relname, tgname",
                [PREFIX, cls.BODY],
            )
        ]

    @classmethod
    def create(cls, connection, triggers):
        # No trigger is made on a table while keys that were written in it are unchecked.
        connection.check_constraints()
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {cls.FUNCTION}() RETURNS trigger"
                f" LANGUAGE plpgsql AS $${cls.BODY}$$"
            )
            for trigger in triggers:
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name} ON {trigger.table}")
                cursor.execute(trigger.statement)

    @staticmethod
    def drop(connection, triggers):
        with connection.cursor() as cursor:
            for trigger in triggers:
                cursor.execute(f"DROP TRIGGER {trigger.name} ON {trigger.table}")


def _vendor(connection):
    return {"sqlite": SQLite, "postgresql": PostgreSQL}[connection.vendor]


def _fetched(connection, statement, params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()
