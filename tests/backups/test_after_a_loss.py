"""The site's database is gone, and it refuses to begin another one: a backup brings it back."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from prefectures.backups.postgresql import server
from prefectures.backups.sqlite import path_of
from prefectures.sealing.sealing import head
from prefectures.storage.gone import DatabaseGoneError, remember

from .whole import backed_up, edit_the_site, put_back

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def _known(tmp_path, monkeypatch):
    """The site remembers that it has a database, as one that was prepared does."""
    monkeypatch.setattr(settings, "DATABASE_MARKER", tmp_path / "known_database")
    remember(connection)


def lose():
    connection.close()
    if connection.vendor == "sqlite":
        path_of(connection).unlink()
        return
    name = sql.Identifier(connection.settings_dict["NAME"])
    with server(connection) as run:
        run("DROP DATABASE {} WITH (FORCE)", name)
        run("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0", name)


@pytest.mark.usefixtures("_known")
def test_a_site_that_knows_its_database_is_backed_up_and_restored_all_the_same(folder):
    edit_the_site()
    before = head()
    path = backed_up(folder)
    put_back(path)
    assert head().number == before.number + 1


@pytest.mark.usefixtures("_known")
def test_a_database_that_was_lost_is_refused_until_it_is_put_back(folder):
    edit_the_site()
    before = head()
    path = backed_up(folder)
    lose()
    with pytest.raises(DatabaseGoneError):
        connection.ensure_connection()
    with pytest.raises(DatabaseGoneError):
        call_command("migrate", interactive=False, verbosity=0)
    put_back(path)
    assert head().number == before.number + 1
