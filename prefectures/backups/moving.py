"""Moving from SQLite to PostgreSQL: every row as it is, and all of it read again afterwards.

The rows of the history come with those that they tell of, and nothing is written of the move: it
is the same history, under the same seals. Triggers that keep it are put there once it is.
"""

from contextlib import contextmanager
from typing import NamedTuple

import dj_database_url
import psycopg
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import load_backend

from ..gate.migrated import is_behind
from ..models import PublishedDocument
from ..published.document import kept
from ..sealing import guarding
from ..sealing.sealing import Head
from ..sealing.verifying import Verifier
from . import sqlite
from .contents import Rows, models_of_site
from .refusing import RefusedError
from .standing_in import standing_in

POSTGRESQL = "django.db.backends.postgresql"


class Moved(NamedTuple):
    tables: int
    rows: int
    documents: int
    head: Head


def move(url, on_progress=None):
    """Copy the site's database, of SQLite, into the empty one of ``url``; return ``Moved``.

    Raises RefusedError, with the target as empty as it was.
    """
    if connection.vendor != sqlite.NAME:
        raise RefusedError(
            "Le site n’est pas sur SQLite : il n’y a rien à y prendre. Lancez cette commande avec "
            "les réglages d’avant le déménagement, sans DATABASE_URL."
        )
    target = _target(url)
    if not sqlite.is_there(connection):
        raise RefusedError(f"Il n’y a pas de base dans {sqlite.path_of(connection)}.")
    sqlite.refuse_while_open(connection)
    if is_behind(connection):
        raise RefusedError(
            "La base du site n’est pas à jour : lancez d’abord « manage.py migrate »."
        )
    try:
        return _move(target, on_progress or (lambda *told: None))
    except (DatabaseError, psycopg.Error) as error:
        raise RefusedError(
            f"Rien n’a été déménagé : {str(error).strip()} La base de départ n’a pas changé."
        ) from error


def _target(url):
    """Return a connection to the database that ``url`` names."""
    try:
        said = dj_database_url.parse(url)
    except ValueError:
        said = {}
    if said.get("ENGINE") != POSTGRESQL or not said.get("NAME"):
        raise RefusedError(
            "Il faut l’adresse d’une base PostgreSQL, par exemple "
            "postgres://aes@127.0.0.1:5432/aes (le mot de passe dans PGPASSWORD)."
        )
    whole = connections.configure_settings({DEFAULT_DB_ALIAS: said})[DEFAULT_DB_ALIAS]
    return load_backend(POSTGRESQL).DatabaseWrapper(whole, DEFAULT_DB_ALIAS)


def _move(target, on_progress):
    # Not the one by which models are asked, for which the target stands in.
    source = connection.copy()
    try:
        # On SQLite a transaction holds the database: nobody writes what would be left behind.
        with _held(source), standing_in(target):
            _require_empty()
            try:
                _make_tables()
                with transaction.atomic():
                    return _copy_and_verify(source, on_progress)
            except BaseException:
                _drop_tables()
                raise
    finally:
        source.close()


@contextmanager
def _held(source):
    with source.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
    yield
    source.connection.rollback()


def _require_empty():
    there = connection.introspection.table_names()
    if there:
        raise RefusedError(
            f"La base d’arrivée n’est pas vide : elle a déjà {len(there)} tables, dont {there[0]}. "
            "Créez-en une autre, vide (createdb), et donnez son adresse."
        )


def _make_tables():
    """Run the migrations as ``migrate`` does, but for what it writes at its end."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def _drop_tables():
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE")


def _copy_and_verify(source, on_progress):
    models = models_of_site()
    count = 0
    with connection.cursor() as cursor:
        # What migrations have written there is in what is copied.
        tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
        cursor.execute(f"TRUNCATE {tables}")
        for number, model in enumerate(models, 1):
            count += _copy(cursor, Rows(model, source), Rows(model, connection))
            on_progress("Tables copiées", number, len(models))
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    # Keys of rows that are not there are told here, before triggers are made.
    connection.check_constraints()
    guarding.install()
    for number, model in enumerate(models, 1):
        _require_same(model, source)
        on_progress("Tables relues", number, len(models))
    return Moved(len(models), count, _documents(), _verified_head(on_progress))


def _copy(cursor, rows, there):
    count = 0
    with cursor.copy(f'COPY "{there.table}" ({there.columns}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def _require_same(model, source):
    if Rows(model, connection).digests() != Rows(model, source).digests():
        raise RefusedError(
            f"La table {model._meta.db_table} n’est pas la même à l’arrivée. Rien n’a été "
            "déménagé ; la base de départ n’a pas changé."
        )


def _documents():
    """Return how many contents were published, each of which still has its own digest."""
    count = 0
    rows = PublishedDocument.objects.exclude(content=None).order_by("pk")
    for row in rows.iterator(500):
        if kept(row.format, row.content).sha256 != row.sha256:
            raise RefusedError(
                f"Le contenu publié n° {row.pk} n’a plus son empreinte : il a été touché avant le "
                "déménagement. Lancez « manage.py verify_history »."
            )
        count += 1
    return count


def _verified_head(on_progress):
    """Return the head of the history, whose seals are all those of the source, once verified."""
    verifier = Verifier(on_progress=on_progress)
    fault = next(verifier.faults(), None)
    if fault:
        raise RefusedError(f"L’historique de la base a été touché avant le déménagement. {fault}")
    return verifier.last
