from contextlib import ExitStack
from pathlib import Path
from secrets import token_hex

import pytest
from django.db import connection
from psycopg import sql

from prefectures.backups.postgresql import server
from prefectures.backups.standing_in import beside, standing_in


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "sauvegardes"


@pytest.fixture
def new_place(transactional_db, tmp_path):
    """Return what makes an empty database of the same kind, as a connection that is not open."""
    made = []

    def make():
        if connection.vendor == "sqlite":
            return beside(connection, NAME=str(tmp_path / f"{token_hex(4)}.sqlite3"))
        other = beside(connection, NAME=f"test_{token_hex(4)}")
        made.append(other)
        with server(connection) as run:
            run("CREATE DATABASE {}", sql.Identifier(other.settings_dict["NAME"]))
        return other

    yield make
    for other in made:
        other.close()
        drop_those_called(other.settings_dict["NAME"])


@pytest.fixture(autouse=True)
def _nothing_kept_aside():
    """What a restored database was before goes with the test."""
    yield
    own = Path(connection.settings_dict["NAME"])
    # Of the tests' own alone, never of a database of whoever runs them.
    if not own.name.startswith("test"):
        return
    if connection.vendor == "sqlite":
        for kept in own.parent.glob(f"{own.stem}.avant-*{own.suffix}*"):
            kept.unlink()
    else:
        drop_those_called(f"{own.name}\\_avant\\_%")


def drop_those_called(pattern):
    with server(connection) as run:
        found = run(
            "SELECT datname FROM pg_database WHERE datname LIKE {0} OR datname LIKE {0} || {1}",
            sql.Literal(pattern),
            sql.Literal("\\_avant\\_%"),
        ).fetchall()
        for (name,) in found:
            run("DROP DATABASE {} WITH (FORCE)", sql.Identifier(name))


@pytest.fixture
def standing_at():
    """Return what has another database stand in for the site's until the end of the test."""
    with ExitStack() as stack:
        yield lambda other: stack.enter_context(standing_in(other))
