"""Replacing a database of PostgreSQL: under a site that runs, whose account may do it or not."""

from secrets import token_hex

import pytest
from django.db import connection
from psycopg import sql

from prefectures.backups.postgresql import server
from prefectures.backups.refusing import RefusedError
from prefectures.backups.standing_in import beside
from prefectures.models import Changeset, Procedure

from ..models.making import edited
from ..public.cache.asking import Site
from .conftest import drop_those_called
from .test_restoring import left_beside
from .whole import backed_up, put_back

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'"),
]
HERAULT = "/departements/34-herault/"


@pytest.fixture
def backup(folder, transactional_db):
    path = backed_up(folder)
    edited(Procedure.objects.get(slug="sous-prefecture-de-beziers"), headline="Une phrase d’après.")
    return path


def test_a_site_that_runs_is_cut_off_and_then_shows_what_is_back(backup):
    site, other = Site(), connection.copy()
    other.ensure_connection()
    assert "Une phrase d’après." in site.get(HERAULT).text
    put_back(backup)
    site.later()
    assert "Une phrase d’après." not in site.get(HERAULT).text
    assert not other.is_usable()
    other.close()
    site.close()


@pytest.fixture
def account(new_place):
    """A connection to an empty database by an account that owns it, and may do nothing else."""
    other, name = new_place(), f"test_{token_hex(4)}"
    role = sql.Identifier(name)
    with server(connection) as run:
        run("CREATE ROLE {} LOGIN", role)
        run("ALTER DATABASE {} OWNER TO {}", sql.Identifier(other.settings_dict["NAME"]), role)
    yield beside(other, USER=name)
    drop_those_called(other.settings_dict["NAME"])
    with server(connection) as run:
        run("DROP ROLE {}", role)


def test_an_account_that_may_not_make_a_database_is_told_what_it_takes(
    backup, account, standing_at
):
    standing_at(account)
    with pytest.raises(RefusedError) as refused:
        put_back(backup)
    name, role = account.settings_dict["NAME"], account.settings_dict["USER"]
    assert str(refused.value).endswith(
        f"ALTER DATABASE {name} OWNER TO {role}; ALTER ROLE {role} CREATEDB;"
    )


def test_an_account_that_may_do_that_and_no_more_is_enough(backup, account, standing_at):
    with server(connection) as run:
        run("ALTER ROLE {} CREATEDB", sql.Identifier(account.settings_dict["USER"]))
    standing_at(account)
    put_back(backup)
    assert Procedure.objects.count() == 14
    assert Changeset.objects.first().reason.startswith("Retour")


def test_a_database_that_is_not_there_is_told(backup, new_place, standing_at):
    standing_at(beside(new_place(), NAME="test_nulle_part"))
    with pytest.raises(RefusedError, match="Il n’y a pas de base test_nulle_part"):
        put_back(backup)


def test_a_dump_that_pg_restore_refuses_leaves_nothing(backup, monkeypatch):
    monkeypatch.setattr("prefectures.backups.manifest.Manifest.fits", lambda *told: True)
    backup.write_bytes(backup.read_bytes()[:-2000])
    with pytest.raises(RefusedError, match="pg_restore n’a pas réussi"):
        put_back(backup)
    assert left_beside() == []
