"""Moving to PostgreSQL: all that there is, the history as it was, and then it goes on there."""

import shutil
from io import StringIO
from secrets import token_hex
from urllib.parse import quote

import dj_database_url
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection, connections, transaction
from django.db.utils import load_backend
from psycopg import sql

from prefectures.backups.contents import counts
from prefectures.backups.moving import move
from prefectures.backups.postgresql import server
from prefectures.backups.refusing import RefusedError
from prefectures.backups.standing_in import beside, standing_in
from prefectures.importexport.sheet_file import load_sheets
from prefectures.models import Procedure, Revision, User, changeset
from prefectures.sealing.guarding import missing
from prefectures.sealing.sealing import head
from prefectures.sealing.verifying import Verifier
from prefectures.territories.load import load

from ..models.making import draft, edited
from ..sealing.tampering import rows
from .conftest import drop_those_called
from .whole import documents, edit_the_site, history, pages, seals

pytestmark = pytest.mark.django_db(transaction=True)
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'")
WRONG = ["", "aes", "sqlite:///aes.sqlite3", "mysql://aes@127.0.0.1/aes", "postgres://", "http:/"]


def on_sqlite(path):
    """Return a connection to the file at ``path``, as the settings have it."""
    said = dj_database_url.parse(f"sqlite:///{path}") | {
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA recursive_triggers=ON;",
        }
    }
    whole = connections.configure_settings({DEFAULT_DB_ALIAS: said})[DEFAULT_DB_ALIAS]
    return load_backend(said["ENGINE"]).DatabaseWrapper(whole, DEFAULT_DB_ALIAS)


def url_of(target):
    told = target.settings_dict
    place = f"{quote(told['HOST'], safe='')}:{told['PORT']}".rstrip(":")
    return f"postgres://{told['USER']}@{place}/{told['NAME']}"


@pytest.fixture(scope="module")
def prepared(django_db_setup, django_db_blocker, tmp_path_factory, occitanie_files):
    """The path of a site on SQLite, with its history."""
    path = tmp_path_factory.mktemp("site") / "aes.sqlite3"
    with django_db_blocker.unblock(), standing_in(on_sqlite(path)):
        call_command("migrate", verbosity=0)
        load(occitanie_files)
        load_sheets(settings.BASE_DIR / "fixtures" / "occitanie.json")
        edit_the_site()
        with changeset("Un compte"):
            User.objects.create_superuser("claire", password="mot-de-passe-de-test")
    return path


@pytest.fixture
def target(new_place):
    """An empty database of PostgreSQL, as a connection."""
    return new_place()


@pytest.fixture
def source(prepared, tmp_path, standing_at):
    """A copy of it, which stands in for the tests' own database."""
    standing_at(on_sqlite(shutil.copy(prepared, tmp_path / "aes.sqlite3")))
    return tmp_path / "aes.sqlite3"


@pytest.fixture(scope="module")
def moved(prepared, django_db_blocker):
    """A database of PostgreSQL to which the site was moved, as a connection, and what was told."""
    with django_db_blocker.unblock():
        other = beside(connection, NAME=f"test_{token_hex(4)}")
        with server(connection) as run:
            run("CREATE DATABASE {}", sql.Identifier(other.settings_dict["NAME"]))
        with standing_in(on_sqlite(prepared)):
            told = move(url_of(other))
        yield other, told
        drop_those_called(other.settings_dict["NAME"])


@on_postgresql
def test_a_site_moves_page_for_page_row_for_row_seal_for_seal(moved, source):
    target, told = moved
    before = [pages(), history(), seals(), documents(), counts()]
    assert told.head == head()
    assert told.rows == sum(before[-1].values()) - before[-1]["django_migrations"]
    with standing_in(target):
        assert [pages(), history(), seals(), documents(), counts()] == before
        assert list(Verifier(told.head.digest).faults()) == []


@on_postgresql
def test_it_goes_on_there(moved):
    with standing_in(moved[0]), transaction.atomic():
        others = set(Procedure.objects.values_list("pk", flat=True))
        sheet = edited(draft("Après"), headline="On écrit sur PostgreSQL.")
        assert sheet.version == 2
        assert sheet.pk > max(others)
        assert User.objects.get().check_password("mot-de-passe-de-test")
        call_command("migrate", verbosity=0)
        call_command("check", databases=["default"], stdout=StringIO())
        transaction.set_rollback(True)


@on_postgresql
def test_the_history_is_guarded_there(moved):
    with standing_in(moved[0]):
        assert missing(connection) == []
        with pytest.raises(IntegrityError, match="L’historique ne se change pas"):
            rows(Revision).update(number=99)


def refusal(url):
    with pytest.raises(RefusedError) as refused:
        move(url)
    return str(refused.value)


def tables_of(target):
    with standing_in(target):
        return connection.introspection.table_names()


@on_postgresql
def test_a_database_that_is_not_empty_is_left_as_it_is(target, source):
    with standing_in(target), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE courses (quoi text)")
    assert refusal(url_of(target)).startswith(
        "La base d’arrivée n’est pas vide\u00a0: elle a déjà 1 tables, dont courses."
    )
    assert tables_of(target) == ["courses"]


@on_postgresql
@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        # SQLite keeps in a column whatever it is given; PostgreSQL does not.
        ("UPDATE prefectures_user SET first_name = 'a' || char(0) || 'b'", "Rien n’a été déménagé"),
        ("DROP TRIGGER history_kept_update_prefectures_revision", ""),
    ],
    ids=["a sign that PostgreSQL has not", "a history that was touched"],
)
def test_what_cannot_be_moved_leaves_the_target_empty(target, source, spoil, told):
    with connection.cursor() as cursor:
        cursor.execute(spoil)
        if not told:
            cursor.execute("UPDATE prefectures_revision SET number = number + 100")
    assert refusal(url_of(target)).startswith(
        told or "L’historique de la base a été touché avant le déménagement. Ligne modifiée"
    )
    assert tables_of(target) == []


@on_postgresql
def test_a_site_that_is_behind_is_told_to_be_brought_up_to_date(target, source):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'prefectures' AND name > '0017'")
    assert "lancez d’abord «\u00a0manage.py migrate\u00a0»" in refusal(url_of(target))


@on_postgresql
def test_a_site_that_is_on_postgresql_already_is_told(target):
    assert refusal(url_of(target)).startswith("Le site n’est pas sur SQLite")


def test_a_site_that_is_not_there_is_told_and_not_made(tmp_path, standing_at):
    path = tmp_path / "nulle-part.sqlite3"
    standing_at(on_sqlite(path))
    assert refusal("postgres://aes@127.0.0.1:1/aes") == f"Il n’y a pas de base dans {path}."
    assert not path.exists()


@pytest.mark.parametrize("url", WRONG)
def test_what_is_no_address_of_postgresql_is_told(tmp_path, standing_at, url):
    standing_at(on_sqlite(tmp_path / "nulle-part.sqlite3"))
    assert refusal(url).startswith("Il faut l’adresse d’une base PostgreSQL, par exemple ")


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_a_server_that_does_not_answer_is_told_without_its_password():
    told = refusal("postgres://aes:secret@127.0.0.1:1/aes")
    assert told.startswith("Rien n’a été déménagé\u00a0: ")
    assert "secret" not in told
