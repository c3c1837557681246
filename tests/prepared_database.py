"""The database that every test starts from: prepared once, copied wherever it is needed.

Migrations, the territory and GISTI's sheets take seconds; a copy of them takes hundredths of one.
The prepared database is kept from one run to the next, as long as nothing changes that it is made
of: on SQLite a file among pytest's caches, on PostgreSQL a database beside that of the tests.
"""

import fcntl
import hashlib
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

import django
import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

MADE_OF = (
    "aes_cms/settings.py",
    "fixtures",
    "prefectures/apps.py",
    "prefectures/gate",
    "prefectures/importexport",
    "prefectures/migrations",
    "prefectures/models",
    "prefectures/published",
    "prefectures/sealing",
    "prefectures/sheets",
    "prefectures/storage",
    "prefectures/territories",
    "prefectures/text",
    "requirements.txt",
    "tests/conftest.py",
    "tests/prepared_database.py",
)


def fingerprint():
    """Return a digest of all that the prepared database is made of."""
    # Django brings tables of its own, and DJANGO=next other ones.
    digest = hashlib.sha256(django.get_version().encode())
    for name in MADE_OF:
        place = settings.BASE_DIR / name
        for path in [place] if place.is_file() else sorted(place.rglob("*.*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(settings.BASE_DIR)}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def prepared_database(folder):
    """Return the prepared database of the vendor in use; ``folder`` outlives the run."""
    if connection.vendor == "postgresql":
        return PreparedPostgreSQL()
    return PreparedSQLite(folder)


class PreparedDatabase:
    """``ensure`` has it made if need be; ``copy`` gives the tests' own database its contents."""

    def __init__(self):
        own = settings.DATABASES["default"]
        self.name = own["TEST"]["NAME"] or f"test_{own['NAME']}"

    @staticmethod
    def use(name):
        connection.close()
        # The server's threads read the settings, this one has read them.
        for kept in (settings.DATABASES["default"], connection.settings_dict):
            kept["NAME"] = str(name)


class PreparedSQLite(PreparedDatabase):
    """A file in ``folder``, which is read into memory."""

    def __init__(self, folder):
        super().__init__()
        self.folder = folder
        self.in_memory = sqlite3.connect(":memory:")
        # What a test writes need not survive a power cut.
        options = connection.settings_dict["OPTIONS"]
        options["init_command"] = options["init_command"].replace("=FULL", "=OFF")

    def ensure(self, prepare):
        kept = self.folder / f"{fingerprint()}.sqlite3"
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not kept.exists():
                for old in self.folder.glob("*.sqlite3*"):
                    old.unlink()
                draft = self.folder / "draft.sqlite3"
                self.use(draft)
                prepare()
                connection.close()
                draft.rename(kept)
            with closing(sqlite3.connect(kept)) as file:
                file.backup(self.in_memory)

    def copy(self):
        self.use(self.name)
        with closing(sqlite3.connect(self.name)) as file:
            self.in_memory.backup(file)

    def drop(self):
        connection.close()
        self.in_memory.close()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.name}{suffix}").unlink(missing_ok=True)


class PreparedPostgreSQL(PreparedDatabase):
    """A template database, whose comment is its fingerprint."""

    def __init__(self):
        super().__init__()
        self.template = f"test_{settings.DATABASES['default']['NAME']}_prepared"

    def ensure(self, prepare):
        wanted = fingerprint()
        with self.server() as run:
            found = run(
                "SELECT datname FROM pg_database"
                " WHERE datname = {} AND shobj_description(oid, 'pg_database') = {}",
                sql.Literal(self.template),
                sql.Literal(wanted),
            )
            if found.fetchone():
                return
            template = sql.Identifier(self.template)
            run("DROP DATABASE IF EXISTS {} WITH (FORCE)", template)
            run("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0", template)
            self.use(self.template)
            prepare()
            connection.close()
            run("COMMENT ON DATABASE {} IS {}", template, sql.Literal(wanted))

    def copy(self):
        self.use(self.name)
        with self.server() as run:
            own, template = sql.Identifier(self.name), sql.Identifier(self.template)
            # Ten times as quick as through the log; the only way there is before PostgreSQL 15.
            how = " STRATEGY FILE_COPY" if run.version >= 150000 else ""
            run("DROP DATABASE IF EXISTS {} WITH (FORCE)", own)
            run(f"CREATE DATABASE {{}} TEMPLATE {{}}{how}", own, template)

    def drop(self):
        connection.close()
        with self.server() as run:
            run("DROP DATABASE IF EXISTS {} WITH (FORCE)", sql.Identifier(self.name))

    @contextmanager
    def server(self):
        """Yield what runs statements on the server, for one worker at a time."""
        parameters = connection.get_connection_params() | {"dbname": "postgres"}
        with psycopg.connect(**parameters, autocommit=True) as server:
            # Two would prepare the template twice, or copy what is still in the making, which takes
            # longer than the site's own patience.
            server.execute("SET lock_timeout = 0")
            server.execute("SELECT pg_advisory_lock(hashtext('prepared database'))")
            yield Runner(server)


class Runner:
    def __init__(self, server):
        self.server = server
        self.version = server.info.server_version

    def __call__(self, statement, *parts):
        return self.server.execute(sql.SQL(statement).format(*parts))
