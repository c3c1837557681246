"""The settings, read as a server reads them: in a process of its own."""

import json
import os
import stat
import subprocess
import sys

import pytest
from django.conf import settings

PRODUCTION = {
    "AES_MODE": "production",
    "SECRET_KEY": "une-cle-de-test-assez-longue-pour-la-verification-de-django-0123456789",
    "PUBLIC_ADDRESS": "https://guide.example.org",
}
DEVELOPMENT = {"AES_MODE": "development"}


@pytest.fixture
def run(tmp_path):
    """Run Python with these variables and no other of the site's."""

    def _run(*arguments, **variables):
        environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=settings.BASE_DIR,
            env={**environment, "DATA_DIR": str(tmp_path / "data"), **variables},
            capture_output=True,
            text=True,
            timeout=120,
        )

    return _run


@pytest.fixture
def values(run):
    """Return the values of these settings."""

    def _values(*names, **variables):
        code = (
            "import json; from aes_cms import settings; "
            f"print(json.dumps([getattr(settings, name, None) for name in {names}], default=str))"
        )
        done = run("-c", code, **variables)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return _values


# --- Numbers ----------------------------------------------------------------------------------


def test_the_room_for_kept_pages_is_given_in_megabytes(values):
    assert values("KEPT_PAGES_BYTES", **DEVELOPMENT) == [64 * 2**20]
    assert values("KEPT_PAGES_BYTES", KEPT_PAGES_MB="8", **DEVELOPMENT) == [8 * 2**20]


@pytest.mark.parametrize("number", ["beaucoup", "-1", "1.5", "１"])
def test_what_is_no_number_is_told_in_one_sentence(run, number):
    done = run("manage.py", "check", KEPT_PAGES_MB=number, **DEVELOPMENT)
    assert done.returncode != 0
    assert done.stderr.splitlines() == [
        f"KEPT_PAGES_MB={number}\u00a0: il faut un nombre entier, par exemple 64."
    ]


# --- The key ----------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["", " "])
def test_without_a_key_the_site_says_so_in_one_sentence_and_stops(run, key):
    done = run("manage.py", "check", **PRODUCTION | {"SECRET_KEY": key})
    assert done.returncode == 1
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    assert line.startswith("SECRET_KEY est vide\u00a0: donnez une clé tirée au sort")


def test_all_that_is_wrong_is_said_at_once(run):
    done = run("manage.py", "check", AES_MODE="prod", DATABASE_URL="base", KEPT_PAGES_MB="x")
    assert done.returncode == 1
    assert [line.split("=")[0].split()[0] for line in done.stderr.splitlines()] == [
        "AES_MODE",
        "SECRET_KEY",
        "PUBLIC_ADDRESS",
        "DATABASE_URL",
        "KEPT_PAGES_MB",
    ]


def test_a_mode_that_is_left_out_is_production(values):
    variables = {**PRODUCTION, "DEBUG": "1"}
    del variables["AES_MODE"]
    assert values("IS_DEVELOPMENT", "DEBUG", **variables) == [False, False]


def test_development_makes_a_key_that_its_owner_alone_reads(values, tmp_path):
    [key] = values("SECRET_KEY", **DEVELOPMENT)
    path = tmp_path / "data" / "secret_key"
    assert len(key) >= 50
    assert path.read_text() == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_development_keeps_its_key(values):
    assert values("SECRET_KEY", **DEVELOPMENT) == values("SECRET_KEY", **DEVELOPMENT)


def test_a_key_that_is_given_is_the_one(values, tmp_path):
    assert values("SECRET_KEY", **PRODUCTION) == [PRODUCTION["SECRET_KEY"]]
    assert not (tmp_path / "data" / "secret_key").exists()


# --- The database -----------------------------------------------------------------------------


def database(values, **variables):
    [databases] = values("DATABASES", **PRODUCTION, **variables)
    return databases["default"]


def test_without_database_url_the_data_are_a_file_in_data_dir(values, tmp_path):
    found = database(values)
    assert found["ENGINE"] == "prefectures.storage.sqlite3"
    assert found["NAME"] == str(tmp_path / "data" / "aes.sqlite3")


def test_database_url_chooses_postgresql(values):
    found = database(values, DATABASE_URL="postgres://aes:secret@db.example.org:5433/guide")
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example.org", 5433, "guide")


def test_database_url_may_name_another_file(values, tmp_path):
    found = database(values, DATABASE_URL=f"sqlite:///{tmp_path}/autre.sqlite3")
    assert found["NAME"] == f"{tmp_path}/autre.sqlite3"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize("url", ["", "postgres://aes@127.0.0.1:5432/guide"])
def test_connections_stay_open(values, url):
    assert database(values, DATABASE_URL=url)["CONN_MAX_AGE"] is None


def test_postgresql_waits_for_a_lock_and_compiles_no_query(values):
    options = database(values, DATABASE_URL="postgres://aes@127.0.0.1:5432/guide")["OPTIONS"]
    assert options["options"] == "-c lock_timeout=5s -c jit=off"


def test_sqlite_takes_its_lock_at_once_and_waits_for_it(values):
    options = database(values)["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] >= 5


def test_sqlite_writes_down_what_it_confirmed(run):
    code = (
        "import django; django.setup(); from django.db import connection as c; "
        "r = lambda n: c.cursor().execute(f'PRAGMA {n}').fetchone()[0]; "
        "print(r('synchronous'), r('journal_mode'), r('foreign_keys'))"
    )
    done = run("-c", code, DJANGO_SETTINGS_MODULE="aes_cms.settings", **PRODUCTION)
    full = "2"
    assert done.stdout.split() == [full, "wal", "1"], done.stderr


def test_backups_lie_in_data_dir_unless_another_folder_is_named(values, tmp_path):
    assert values("BACKUP_DIR", **PRODUCTION) == [str(tmp_path / "data" / "backups")]
    assert values("BACKUP_DIR", BACKUP_DIR="/mnt/sauvegardes", **PRODUCTION) == ["/mnt/sauvegardes"]


# --- Safety -----------------------------------------------------------------------------------


def test_production_keeps_everything_on_https(values):
    names = [
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "CSRF_COOKIE_HTTPONLY",
    ]
    assert values(*names, **PRODUCTION) == [True] * len(names)
    assert values("SECURE_HSTS_SECONDS", **PRODUCTION) == [365 * 24 * 3600]


def test_development_works_without_https(values):
    names = ["SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"]
    assert values(*names, **DEVELOPMENT) == [None] * len(names)


def test_debug_is_never_on_in_production(values):
    assert values("DEBUG", **PRODUCTION, DEBUG="1") == [False]


def test_debug_is_asked_for_in_development(values):
    assert values("DEBUG", **DEVELOPMENT) == [False]
    assert values("DEBUG", **DEVELOPMENT, DEBUG="1") == [True]


def test_production_answers_to_the_name_of_its_address_or_to_those_that_it_was_given(values):
    assert values("ALLOWED_HOSTS", **PRODUCTION) == [["guide.example.org"]]
    assert values("ALLOWED_HOSTS", **PRODUCTION, ALLOWED_HOSTS="") == [["guide.example.org"]]
    hosts = "guide.example.org, www.example.org,"
    given = values("ALLOWED_HOSTS", **PRODUCTION, ALLOWED_HOSTS=hosts)
    assert given == [["guide.example.org", "www.example.org"]]


def test_development_answers_to_any_name_but_where_its_errors_show_the_settings(values):
    assert values("ALLOWED_HOSTS", **DEVELOPMENT) == [["*"]]
    given = values("ALLOWED_HOSTS", **DEVELOPMENT, DEBUG="1", ALLOWED_HOSTS="guide.example.org")
    assert given == [[".localhost", "127.0.0.1", "[::1]"]]


def test_the_public_address_ends_with_the_name(values):
    given = {**PRODUCTION, "PUBLIC_ADDRESS": "https://guide.example.org/"}
    assert values("PUBLIC_ADDRESS", **given) == ["https://guide.example.org"]
    assert values("PUBLIC_ADDRESS", **DEVELOPMENT) == [""]


def test_cookies_are_taken_over_https_only_and_from_no_neighbouring_site(values):
    assert values("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", **PRODUCTION) == [
        "__Host-sessionid",
        "__Host-csrftoken",
    ]
    # Without these, browsers refuse a cookie of such a name.
    assert values("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", **PRODUCTION) == [True, True]
    assert values("SESSION_COOKIE_DOMAIN", "CSRF_COOKIE_DOMAIN", **PRODUCTION) == [None, None]


def test_a_production_server_has_nothing_to_be_told(run):
    done = run("manage.py", "check", "--deploy", "--fail-level=INFO", **PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout or "aucun problème" in done.stdout.lower()


def test_the_screen_is_french_and_the_clock_that_of_paris(values):
    assert values("LANGUAGE_CODE", "TIME_ZONE", **PRODUCTION) == ["fr", "Europe/Paris"]
