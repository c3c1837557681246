"""Making a backup: whole, or not at all."""

import errno
import json
import os
import stat
import sys

import pytest
from django.db import connection

from prefectures.backups import postgresql
from prefectures.backups.contents import counts
from prefectures.backups.making import make
from prefectures.backups.manifest import path_beside, read
from prefectures.backups.refusing import RefusedError
from prefectures.backups.standing_in import beside
from prefectures.sealing.sealing import head

from .test_folder import names
from .whole import backed_up, edit_the_site

pytestmark = pytest.mark.django_db(transaction=True)
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'")
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'")


def test_what_lies_beside_it_says_what_it_holds(folder):
    edit_the_site()
    path = backed_up(folder)
    said = json.loads(path_beside(path).read_text())
    assert said["file"] == path.name
    assert said["size"] == path.stat().st_size
    assert said["engine"] == connection.vendor
    assert said["head"]["digest"] == head().digest
    assert said["last_migration"].startswith("00")
    assert said["tables"] == counts()
    assert said["tables"]["prefectures_procedure"] == 16
    assert read(path).fits(path)


def test_its_owner_alone_reads_it(folder):
    path = backed_up(folder)
    for one in (path, path_beside(path)):
        assert stat.S_IMODE(one.stat().st_mode) == 0o600


def test_two_of_the_same_second_have_two_names(folder):
    first, second = backed_up(folder), backed_up(folder)
    assert first != second
    assert names(folder) == sorted(
        path.name for one in (first, second) for path in (one, path_beside(one))
    )


def refusal(folder):
    with pytest.raises(RefusedError) as refused:
        make(folder, 14)
    return str(refused.value)


def test_a_disk_that_is_full_midway_leaves_nothing_behind(folder, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "packed")

    monkeypatch.setattr("os.fsync", full)
    assert refusal(folder).startswith("Rien n’a été sauvegardé\u00a0: packed, ")
    assert names(folder) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "fichier").write_text("")
    assert refusal(tmp_path / "fichier" / "ici").startswith("Rien n’a été sauvegardé")


@on_sqlite
def test_a_database_that_is_not_there_is_told_and_not_made(folder, tmp_path, standing_at):
    path = tmp_path / "nulle-part.sqlite3"
    standing_at(beside(connection, NAME=str(path)))
    assert refusal(folder) == f"Il n’y a pas de base dans {path}\u00a0: rien à sauvegarder."
    assert not path.exists()


@on_sqlite
def test_a_database_that_is_broken_is_told(folder, tmp_path, standing_at):
    path = tmp_path / "abimee.sqlite3"
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 8000)
    standing_at(beside(connection, NAME=str(path)))
    assert refusal(folder).startswith("Rien n’a été sauvegardé\u00a0: la base ne répond pas")
    assert names(folder) == []


# --- pg_dump ----------------------------------------------------------------------------------


@pytest.fixture
def pg_dump(tmp_path, monkeypatch):
    """Put a program called pg_dump in the place of the machine's: it says it is of ``version``."""

    def put(version):
        monkeypatch.setattr(postgresql, "FOLDERS", str(tmp_path / "nowhere"))
        monkeypatch.setenv("PATH", str(tmp_path))
        if version is None:
            return
        program = tmp_path / "pg_dump"
        program.write_text(
            f"#!{sys.executable}\n"
            "import json, os, sys\n"
            f"if '--version' in sys.argv: sys.exit(print('pg_dump (PostgreSQL) {version}'))\n"
            f"json.dump([sys.argv, dict(os.environ)], open({str(tmp_path / 'called')!r}, 'w'))\n"
            "sys.exit('pg_dump: error: connection to server failed')\n"
        )
        program.chmod(0o700)

    return put


@on_postgresql
def test_without_pg_dump_one_is_told_what_to_install(folder, pg_dump):
    pg_dump(None)
    version = connection.pg_version // 10000
    assert refusal(folder) == (
        "Il manque pg_dump. Pour l’installer (Debian, Ubuntu), en administrateur\u00a0: "
        f"apt install postgresql-client-{version}"
    )
    assert names(folder) == []


@on_postgresql
def test_an_old_pg_dump_is_told_with_what_to_install(folder, pg_dump):
    pg_dump("9.6")
    assert refusal(folder).startswith("pg_dump est trop ancien\u00a0: version 9, pour un serveur")


@on_postgresql
def test_the_password_is_on_no_command_line_and_what_pg_dump_says_is_told(
    folder, pg_dump, tmp_path, standing_at
):
    pg_dump("99.1")
    standing_at(beside(connection, PASSWORD="tres-secret"))
    assert refusal(folder) == (
        "pg_dump n’a pas réussi\u00a0: pg_dump: error: connection to server failed"
    )
    arguments, environment = json.loads((tmp_path / "called").read_text())
    assert "tres-secret" not in " ".join(arguments)
    assert environment["PGPASSWORD"] == "tres-secret"
    assert environment["PGDATABASE"] == connection.settings_dict["NAME"]
    assert names(folder) == []
