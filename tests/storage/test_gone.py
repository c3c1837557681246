"""A database that the site had and that is gone: nothing takes its place, nothing is confirmed."""

import os
import subprocess
import sys
from threading import Thread

import pytest
from django.conf import settings
from django.db import OperationalError, connection, connections, transaction

from prefectures.storage import gone
from prefectures.storage.gone import DatabaseGoneError, place_of, refuse_empty, remember
from prefectures.storage.sqlite3 import base

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "postgres" in os.environ.get("DATABASE_URL", ""), reason="a file, or none at all"
    ),
]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "aes.sqlite3"


@pytest.fixture
def marker(tmp_path, monkeypatch):
    """The site had a database."""
    (tmp_path / "data").mkdir()
    marker = tmp_path / "data" / "known_database"
    monkeypatch.setattr(settings, "DATABASE_MARKER", marker)
    remember(connection)
    return marker


@pytest.fixture
def opened(path, marker, monkeypatch):
    """Open the site's database by another connection, as another process would."""
    monkeypatch.setattr(base, "known_file", type(base.known_file)())
    # Not in place: the connection of the tests has the same dictionary.
    own = {**settings.DATABASES["default"], "NAME": str(path)}
    monkeypatch.setattr(settings, "DATABASES", {"default": own})
    made = []

    def open_it():
        other = connection.copy("other")
        other.settings_dict["NAME"] = str(path)
        other.inc_thread_sharing()
        made.append(other)
        connections["other"] = other
        other.ensure_connection()
        return other

    yield open_it
    for other in made:
        other.close()
    del connections["other"]


def fill(path):
    """Put the tests' database at ``path``."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])


def count(other):
    with other.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM prefectures_changeset")
        return cursor.fetchone()[0]


# --- At the start -----------------------------------------------------------------------------


def test_no_file_is_made_where_the_site_had_one(path, marker, opened):
    with pytest.raises(DatabaseGoneError) as refused:
        opened()
    told = str(refused.value)
    assert [
        words for words in (str(path), str(marker), "manage.py restore") if words not in told
    ] == []
    assert not path.exists()


def test_an_empty_file_is_not_taken_for_the_database(path, opened):
    path.touch()
    with pytest.raises(DatabaseGoneError, match="elle est vide"):
        opened()
    assert path.read_bytes() == b""


def test_tables_without_anything_written_are_not_taken_for_it_either(path, opened):
    fill(path)
    other = opened()
    with other.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("ALTER TABLE prefectures_changeset RENAME TO other")
    other.close()
    with pytest.raises(DatabaseGoneError, match="elle est vide"):
        opened()


def test_once_nothing_is_remembered_a_site_begins_anew(path, marker, opened):
    marker.unlink()
    with opened().cursor() as cursor:
        cursor.execute("CREATE TABLE first (one)")
    assert path.exists()


def test_a_database_that_cannot_be_asked_is_not_taken_for_an_empty_one(path, opened, monkeypatch):
    fill(path)
    monkeypatch.setattr(gone, "WRITTEN", "prefectures_changeset WHERE no_such_column")

    def cannot(*args):
        raise OperationalError("away")

    monkeypatch.setattr(type(connection.introspection), "table_names", cannot)
    with pytest.raises(OperationalError, match="away") as raised:
        opened()
    assert not isinstance(raised.value, DatabaseGoneError)


def test_where_the_database_is_names_no_secret():
    database = {
        "NAME": "guide",
        "HOST": "db.example",
        "PORT": 5433,
        "USER": "aes",
        "PASSWORD": "x9",
    }
    assert place_of(database) == "PostgreSQL, db.example:5433, base guide"


def run(folder, *command):
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATA_DIR": str(folder), "DATABASE_URL": "", "AES_MODE": "development"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    "command",
    [
        ("manage.py", "prepare_site"),
        ("manage.py", "migrate"),
        ("manage.py", "verify_history"),
        ("-m", "aes_cms.server", "--port", "1"),
    ],
    ids=lambda command: command[1],
)
def test_whatever_is_started_refuses_says_where_it_looked_and_makes_nothing(path, marker, command):
    done = run(path.parent, *command)
    assert done.returncode == 1
    assert f"cherchée ici\u00a0:       {path}" in done.stderr
    assert "manage.py restore" in done.stderr
    assert "Traceback" not in done.stderr
    assert not path.exists()


# --- While it runs ----------------------------------------------------------------------------


def delete(path):
    for each in path.parent.glob("aes.sqlite3*"):
        each.unlink()


def replace(path):
    copy = path.with_name("copy")
    fill(copy)
    copy.replace(path)


def move(path):
    path.rename(path.with_name("elsewhere"))


def delete_what_was_written_last(path):
    path.with_name("aes.sqlite3-wal").unlink()


WAYS = [delete, replace, move, delete_what_was_written_last]


@pytest.mark.parametrize("lose", WAYS)
def test_once_the_file_is_lost_nothing_more_is_taken(path, opened, lose):
    fill(path)
    other = opened()
    assert count(other)
    lose(path)
    with pytest.raises(DatabaseGoneError, match="pendant que le site tournait"):
        count(other)


@pytest.mark.parametrize("lose", WAYS)
def test_what_is_being_written_as_the_file_is_lost_is_not_confirmed(path, opened, lose):
    fill(path)
    other = opened()

    def write():
        with transaction.atomic(using="other"), other.cursor() as cursor:
            cursor.execute("UPDATE prefectures_contentversion SET number = number + 1")
            lose(path)

    with pytest.raises(DatabaseGoneError):
        write()


def test_a_thread_that_comes_later_does_not_open_what_took_its_place(path, opened):
    fill(path)
    opened()
    replace(path)
    told = []

    def come():
        try:
            count(opened())
        except DatabaseGoneError as error:
            told.append(error)

    thread = Thread(target=come)
    thread.start()
    thread.join()
    assert len(told) == 1


def test_a_file_that_is_put_back_serves_again(path, opened):
    fill(path)
    other = opened()
    before = count(other)
    move(path)
    path.with_name("elsewhere").rename(path)
    assert count(other) == before


def test_an_empty_database_is_let_go_of_as_it_is_refused(path, marker, opened):
    marker.unlink()
    other = opened()
    marker.touch()
    with pytest.raises(DatabaseGoneError):
        refuse_empty(other)
    assert other.connection is None


def test_a_copy_of_the_database_is_nobody_s_loss(path, opened, marker):
    """A backup is read, and tried, by connections of the same kind."""
    fill(path)
    opened()
    copy = connection.copy("copy")
    copy.settings_dict["NAME"] = f"file:{path}?mode=ro"
    try:
        assert count(copy)
    finally:
        copy.close()


def test_what_replaced_a_file_that_nobody_had_open_any_more_is_the_database(path, opened):
    fill(path)
    opened().close()
    replace(path)
    assert count(opened())
