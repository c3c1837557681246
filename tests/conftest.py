"""What the tests share. Harsher than production: see ``tests/harsh.py``."""

import os

os.environ.setdefault("AES_MODE", "development")
# Playwright's own loop runs in the thread of the tests.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test import Client, TransactionTestCase, override_settings
from hypothesis import HealthCheck
from hypothesis import settings as property_settings

from prefectures.importexport.help_file import load_help_places
from prefectures.importexport.sheet_file import load_sheets
from prefectures.importexport.words_file import load_words
from prefectures.models import Procedure, User, changeset
from prefectures.sealing.guarding import history_unlocked
from prefectures.territories.load import load

from .harsh import (
    refuse_locks_of_joined_tables,
    refuse_undefined_variables,
    shuffle_unordered_queries,
)
from .once import try_once
from .page import read_page
from .prepared_database import prepared_database
from .quick import collect_garbage_seldom, tell_the_context_of_pages_alone

# A busy machine is no fault of the site's: no test is timed.
property_settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
property_settings.load_profile("untimed")

FIXTURES = settings.BASE_DIR / "fixtures"
OCCITANIE = ("09", "11", "12", "30", "31", "32", "34", "46", "48", "65", "66", "81", "82")


def pytest_collection_modifyitems(items):
    try_once(items)


@pytest.fixture(scope="session", autouse=True)
def _plain_settings(django_test_environment):
    """Static files under their own names, without a collected manifest; cheap passwords."""
    storages = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(STORAGES=storages, PASSWORD_HASHERS=hashers):
        yield


@pytest.fixture(scope="session", autouse=True)
def _harsher_than_production():
    with pytest.MonkeyPatch.context() as patch:
        refuse_undefined_variables(patch)
        shuffle_unordered_queries(patch)
        refuse_locks_of_joined_tables(patch)
        yield


@pytest.fixture(scope="session", autouse=True)
def _quicker_than_django_s_own(django_test_environment):
    collect_garbage_seldom()
    with pytest.MonkeyPatch.context() as patch:
        tell_the_context_of_pages_alone(patch)
        yield


class ReadingClient(Client):
    """A client that reads every HTML answer: valid nesting, ids once, nothing inline."""

    def request(self, **request):
        response = super().request(**request)
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            response.page = read_page(response.content.decode())
        return response


@pytest.fixture
def client():
    return ReadingClient()


@pytest.fixture
def admin_user(db):
    with changeset("Un compte pour le test"):
        return User.objects.create_superuser("claire", password="mot-de-passe-de-test")


@pytest.fixture
def admin_client(admin_user):
    client = ReadingClient()
    client.force_login(admin_user)
    return client


@pytest.fixture(scope="session")
def occitanie_files(tmp_path_factory):
    """The territory files, cut down to the communes of Occitanie: loaded in half a second."""
    folder = tmp_path_factory.mktemp("territories")
    shutil.copytree(FIXTURES / "territories", folder, dirs_exist_ok=True)
    seats = {
        line.rsplit(",", 1)[1]
        for name in ("departements", "arrondissements")
        for line in (folder / f"{name}.csv").read_text().splitlines()
    }
    keep_lines(
        folder / "communes.csv",
        lambda cells: cells[0] in seats or cells[0][:2] in OCCITANIE,
    )
    keep_lines(folder / "former_communes.csv", lambda cells: cells[3][:2] in OCCITANIE)
    return folder


def keep_lines(path: Path, is_kept):
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if is_kept(line.split(","))]
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment,
    django_db_modify_db_settings,
    django_db_blocker,
    request,
    tmp_path_factory,
):
    """The territory and GISTI's fourteen sheets are there at the start of every test."""

    def prepare():
        call_command("migrate", verbosity=0)
        load(request.getfixturevalue("occitanie_files"))
        load_sheets(FIXTURES / "occitanie.json")
        load_help_places(FIXTURES / "help_places.csv")
        load_words(FIXTURES / "words.json")

    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        # What DATA_DIR remembers is the database of the site, not that of the tests.
        patch.setattr(settings, "DATABASE_MARKER", tmp_path_factory.mktemp("marker") / "absent")
        database = prepared_database(request.config.cache.mkdir("prepared_database"))
        database.ensure(prepare)
        database.copy()

        def start_again(*_):
            database.copy()
            ContentType.objects.clear_cache()

        # After a test that commits Django would empty all tables.
        patch.setattr(TransactionTestCase, "_fixture_teardown", start_again)
        yield
        database.drop()


@pytest.fixture
def unguarded(request):
    """The database lets its history be changed, as after somebody dropped the triggers."""
    request.getfixturevalue("db")
    with history_unlocked(SimpleNamespace(connection=connection)):
        yield


@pytest.fixture
def empty_site(db):
    """A database as migrations leave it."""
    with history_unlocked(SimpleNamespace(connection=connection)), connection.cursor() as cursor:
        tables = [
            model._meta.db_table
            for model in apps.get_app_config("prefectures").get_models(include_auto_created=True)
        ]
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
        else:
            cursor.execute("PRAGMA defer_foreign_keys = ON")
            for table in tables:
                cursor.execute(f"DELETE FROM {table}")


@pytest.fixture
def beziers(db):
    return Procedure.objects.get(slug="sous-prefecture-de-beziers")
