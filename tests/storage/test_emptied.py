"""A database on a server, emptied: the site that had one does not fill it again."""

import pytest
from django.conf import settings
from django.db import connection

from prefectures.storage.gone import DatabaseGoneError, refuse_empty

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def marker(tmp_path, monkeypatch):
    marker = tmp_path / "known_database"
    marker.write_text("PostgreSQL, db.example, base guide")
    monkeypatch.setattr(settings, "DATABASE_MARKER", marker)
    return marker


def test_a_database_that_holds_something_is_taken(marker):
    refuse_empty(connection)
    assert connection.connection is not None


@pytest.mark.usefixtures("marker")
def test_an_emptied_database_is_refused_by_every_connection_from_then_on():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE prefectures_changeset RENAME TO elsewhere")
    connection.close()
    for _ in range(2):
        with pytest.raises(DatabaseGoneError, match=r"db\.example") as refused:
            connection.ensure_connection()
        assert "elle est vide" in str(refused.value)


def test_without_anything_remembered_an_empty_one_is_taken(marker):
    marker.unlink()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE prefectures_changeset RENAME TO elsewhere")
    connection.close()
    connection.ensure_connection()
