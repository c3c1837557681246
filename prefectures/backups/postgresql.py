"""A database of PostgreSQL: how it is copied while people edit, looked at aside, and replaced.

pg_dump and pg_restore do the copying. They are told where by their environment, which their owner
alone can read: a password on a command line is there for everybody on the machine.
"""

import os
import re
import shutil
import subprocess
from contextlib import closing, contextmanager
from pathlib import Path
from secrets import token_hex

import psycopg
from django.db import transaction
from psycopg import IsolationLevel, pq, sql
from psycopg.conninfo import make_conninfo

from .manifest import for_owner
from .refusing import RefusedError
from .standing_in import beside, standing_in

NAME = "postgresql"
SUFFIX = "pgdump"
IN_WORDS = "PostgreSQL"
# Debian keeps each version's programs in a folder of their own.
FOLDERS = "/usr/lib/postgresql"
# Of a name of PostgreSQL's.
LONGEST = 63


def named(connection):
    """Return what the site's database is called, for whoever is about to replace it."""
    told = connection.settings_dict
    return f"{told['NAME']} ({told['HOST'] or 'cette machine'})"


def is_there(connection):
    return True


def size(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return cursor.fetchone()[0]


# What is compressed is never larger.
room_for_copy = size


@contextmanager
def copied(connection, draft, packed):
    """Dump the database into the file ``packed``; have just what is in it stand in inside."""
    other = beside(connection)
    options = other.settings_dict.get("OPTIONS", {})
    other.settings_dict["OPTIONS"] = options | {"isolation_level": IsolationLevel.REPEATABLE_READ}
    with standing_in(other), transaction.atomic():
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
        with open(packed, "xb", opener=for_owner) as file:
            _run(
                other,
                "pg_dump",
                "--format=custom",
                "--no-owner",
                "--no-privileges",
                f"--snapshot={snapshot}",
                stdout=file,
            )
            os.fsync(file.fileno())
        yield


# --- The programs -----------------------------------------------------------------------------


def _run(connection, name, *arguments, stdout=None):
    done = subprocess.run(
        [_program(connection, name), *arguments],
        env=_environment(connection),
        stdin=subprocess.DEVNULL,
        stdout=stdout or subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"code {done.returncode}"]
        raise RefusedError(f"{name} n’a pas réussi : {said[0]}")


def _environment(connection):
    """Return the environment that leads a program of PostgreSQL's to the database."""
    names = {
        option.keyword.decode(): option.envvar.decode()
        for option in pq.Conninfo.get_defaults()
        if option.envvar
    }
    parameters = connection.get_connection_params()
    told = {names[key]: str(value) for key, value in parameters.items() if key in names}
    return os.environ | told


def _program(connection, name):
    """Return the path of the oldest ``name`` that knows the server: newer ones write for newer."""
    connection.ensure_connection()
    server = connection.pg_version // 10000
    folders = sorted(Path(FOLDERS).glob("*/bin")) if Path(FOLDERS).is_dir() else []
    places = [shutil.which(name), *(shutil.which(name, path=folder) for folder in folders)]
    found = {_version(place): place for place in reversed(places) if place}
    if not found:
        raise RefusedError(
            f"Il manque {name}. Pour l’installer (Debian, Ubuntu), en administrateur : "
            f"apt install postgresql-client-{server}"
        )
    good = [version for version in found if version >= server]
    if not good:
        raise RefusedError(
            f"{name} est trop ancien : version {max(found)}, pour un serveur de version {server}. "
            "Pour installer le bon (Debian, Ubuntu), en administrateur : "
            f"apt install postgresql-client-{server}"
        )
    return found[min(good)]


def _version(program):
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    match = re.search(r"\(PostgreSQL\) (\d+)", said.stdout)
    return int(match[1]) if match else 0


# --- Putting a copy back ----------------------------------------------------------------------


@contextmanager
def aside(connection, packed, manifest):
    """Restore ``packed`` into a database of its own on the same server; yield it as ``Aside``."""
    place = Aside(connection)
    place.create()
    try:
        target = make_conninfo(dbname=place.name)
        _run(
            place.connection,
            "pg_restore",
            "--no-owner",
            "--no-privileges",
            "--exit-on-error",
            "--single-transaction",
            f"--dbname={target}",
            str(packed),
        )
        place.connection.close()
        yield place
    finally:
        place.drop()


class Aside:
    """A copy that is a database beside the site's, and what puts it in its place."""

    def __init__(self, site):
        self.site = site
        self.of_site = site.settings_dict["NAME"]
        self.name = _short(self.of_site, f"_en_cours_{token_hex(4)}")
        self.connection = beside(site, NAME=self.name)

    def create(self):
        with server(self.site) as run:
            self._require_rights(run)
            encoding, collate, ctype = run(
                "SELECT pg_encoding_to_char(encoding), datcollate, datctype"
                " FROM pg_database WHERE datname = {}",
                sql.Literal(self.of_site),
            ).fetchone()
            run(
                "CREATE DATABASE {} TEMPLATE template0 ENCODING {} LC_COLLATE {} LC_CTYPE {}",
                sql.Identifier(self.name),
                *map(sql.Literal, (encoding, collate, ctype)),
            )

    def _require_rights(self, run):
        found = run(
            "SELECT pg_has_role(datdba, 'USAGE'), rolcreatedb OR rolsuper, rolname"
            " FROM pg_database, pg_roles WHERE datname = {} AND rolname = current_user",
            sql.Literal(self.of_site),
        ).fetchone()
        if found is None:
            raise RefusedError(
                f"Il n’y a pas de base {self.of_site} sur ce serveur. Créez-la, vide, puis "
                "relancez cette commande."
            )
        is_owner, may_create, role = found
        if not (is_owner and may_create):
            raise RefusedError(
                "La sauvegarde se remet dans une base à part, qui prend ensuite la place de "
                "l’autre : le compte du site doit posséder sa base et pouvoir en créer. En "
                f"administrateur de PostgreSQL : ALTER DATABASE {self.of_site} OWNER TO {role}; "
                f"ALTER ROLE {role} CREATEDB;"
            )

    def put_in_place(self, stamp):
        """Give the copy the name of the site's database; return the name that one has from now on.

        Who is connected is cut off, and finds the copy when coming back. Both names change in one
        transaction, or none does.
        """
        kept = _short(self.of_site, f"_avant_{stamp.lower()}")
        site, copy, old = map(sql.Identifier, (self.of_site, self.name, kept))
        self.site.close()
        self.connection.close()
        with server(self.site) as run:
            run("ALTER DATABASE {} ALLOW_CONNECTIONS false", site)
            try:
                self._exchange(run, site, copy, old)
            except psycopg.Error:
                run("ALTER DATABASE {} ALLOW_CONNECTIONS true", site)
                raise
            run("ALTER DATABASE {} ALLOW_CONNECTIONS true", old)
        self.name = None
        return kept

    def _exchange(self, run, site, copy, old):
        # Who was just connecting may still come in: PostgreSQL waits five seconds each time.
        for is_last in (False, False, True):
            run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {}",
                sql.Literal(self.of_site),
            )
            try:
                with run.server.transaction():
                    run("ALTER DATABASE {} RENAME TO {}", site, old)
                    run("ALTER DATABASE {} RENAME TO {}", copy, site)
                return
            except psycopg.errors.ObjectInUse:
                if is_last:
                    raise

    def drop(self):
        """Drop the copy, unless it has taken its place."""
        self.connection.close()
        if self.name:
            with server(self.site) as run:
                run("DROP DATABASE IF EXISTS {} WITH (FORCE)", sql.Identifier(self.name))


class _Runner:
    def __init__(self, server):
        self.server = server

    def __call__(self, statement, *parts):
        return self.server.execute(sql.SQL(statement).format(*parts))


@contextmanager
def server(connection):
    """Yield what runs statements about whole databases, from one that is always there."""
    parameters = connection.get_connection_params() | {"dbname": "postgres"}
    with closing(psycopg.connect(**parameters, autocommit=True)) as server:
        yield _Runner(server)


def _short(name, end):
    return name[: LONGEST - len(end)] + end
