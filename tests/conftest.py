"""What the tests share. Harsher than production: an undefined variable in a template fails."""

import os

os.environ.setdefault("AES_MODE", "development")
# Playwright's own loop runs in the thread of the tests.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import shutil
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client

from prefectures.importexport.sheet_file import load_sheets
from prefectures.models import Procedure, User, changeset
from prefectures.territories.load import load

from .page import read_page

FIXTURES = settings.BASE_DIR / "fixtures"
OCCITANIE = ("09", "11", "12", "30", "31", "32", "34", "46", "48", "65", "66", "81", "82")


class UndefinedVariable(str):
    """Django shows nothing for a variable that does not exist; tests fail instead."""

    def __mod__(self, name):
        raise AssertionError(f"Undefined variable in a template: {name}")

    def __contains__(self, item):
        return item == "%s"


@pytest.fixture(autouse=True)
def _plain_settings(settings):
    """Static files under their own names: no collected manifest is needed."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


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
def django_db_setup(django_db_setup, django_db_blocker, occitanie_files):
    """The territory and GISTI's fourteen sheets are there, once for all tests that roll back."""
    with django_db_blocker.unblock():
        load_site(occitanie_files)


def load_site(territory_files):
    load(territory_files)
    load_sheets(FIXTURES / "occitanie.json")


@pytest.fixture
def live_site(transactional_db, occitanie_files):
    """The same for a browser test, whose predecessor emptied the tables."""
    if not Procedure.objects.exists():
        load_site(occitanie_files)


@pytest.fixture
def empty_site(db):
    """A database as migrations leave it."""
    with connection.cursor() as cursor:
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
