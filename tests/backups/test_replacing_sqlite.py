"""Replacing a file of SQLite: not under somebody who has it open, and without losing anything."""

import os
import shutil
import stat
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from prefectures.backups.refusing import RefusedError
from prefectures.backups.standing_in import beside
from prefectures.models import Procedure

from ..models.making import draft, edited
from .whole import backed_up, put_back

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'"),
]
HOLDING = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("PRAGMA journal_mode=WAL")
connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
print("open", flush=True)
sys.stdin.read()
"""


@contextmanager
def open_elsewhere(path):
    """Have another process keep the database open, idle, as the site does between two requests."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout.readline() == "open\n"
        try:
            yield
        finally:
            other.stdin.close()


@pytest.fixture
def backup(folder, transactional_db):
    return backed_up(folder)


@pytest.fixture
def site(backup, new_place, standing_at):
    """The path of a database like that of ``backup``, which stands in for the tests' own."""
    other = new_place()
    standing_at(other)
    put_back(backup)
    connection.close()
    return Path(other.settings_dict["NAME"])


def beside_it(path):
    return sorted(other.name for other in path.parent.glob(f"*{path.stem}*"))


def test_not_while_the_site_runs(backup, site):
    before = site.read_bytes()
    with open_elsewhere(site), pytest.raises(RefusedError) as refused:
        put_back(backup)
    assert str(refused.value) == (
        f"Le site tourne, ou un autre programme a ouvert {site}. Arrêtez-le (par exemple "
        "«\u00a0systemctl stop aes\u00a0»), puis relancez cette commande."
    )
    assert site.read_bytes() == before
    assert beside_it(site) == [site.name]


def test_not_while_the_site_was_started_meanwhile(backup, site):
    holding = open_elsewhere(site)
    with pytest.raises(RefusedError, match="Le site tourne"):
        put_back(backup, lambda *told: holding.__enter__())
    holding.__exit__(None, None, None)
    assert beside_it(site) == [site.name]


def test_a_file_that_is_broken_is_replaced_and_kept(backup, site):
    site.write_bytes(b"broken" * 1000)
    kept = Path(put_back(backup).kept)
    assert kept.read_bytes() == b"broken" * 1000
    assert Procedure.objects.count() == 14


def test_what_a_killed_site_wrote_last_is_in_what_is_kept(backup, site, tmp_path, standing_at):
    sheet = draft("La dernière")
    crashed = tmp_path / "crashed.sqlite3"
    # As it lies on the disk, with what was not yet folded in.
    for end in ("", "-wal"):
        shutil.copy(f"{site}{end}", f"{crashed}{end}")
    assert Path(f"{crashed}-wal").stat().st_size
    standing_at(beside(connection, NAME=str(crashed)))
    kept = put_back(backup).kept
    assert not Procedure.objects.filter(pk=sheet.pk).exists()
    standing_at(beside(connection, NAME=kept))
    assert Procedure.objects.get(pk=sheet.pk).title == "La dernière"


def test_a_wal_of_a_broken_file_is_kept_beside_it_and_not_taken_for_one_of_the_new_file(
    backup, site
):
    edited(draft("La dernière"), headline="Une phrase.")
    wal = Path(f"{site}-wal").read_bytes()
    connection.close()
    site.write_bytes(b"broken" * 1000)
    Path(f"{site}-wal").write_bytes(wal)
    kept = put_back(backup).kept
    assert Path(f"{kept}-wal").read_bytes() == wal
    assert Procedure.objects.count() == 14


def test_a_wal_whose_file_is_gone_is_not_taken_for_one_of_the_new_file(backup, site):
    edited(draft("La dernière"), headline="Une phrase.")
    wal = Path(f"{site}-wal").read_bytes()
    connection.close()
    site.unlink()
    Path(f"{site}-wal").write_bytes(wal)
    put_back(backup)
    assert not Procedure.objects.filter(title="La dernière").exists()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        assert cursor.fetchone() == ("ok",)


def test_nothing_is_left_of_what_was_aside(backup, site):
    put_back(backup)
    connection.close()
    [kept, path] = beside_it(site)
    assert ".avant-" in kept
    assert path == site.name
    assert stat.S_IMODE(site.stat().st_mode) == 0o600


def test_the_file_belongs_to_whom_the_old_one_did(backup, site, monkeypatch):
    given = []
    monkeypatch.setattr(os, "chown", lambda path, *owner: given.append(owner))
    put_back(backup)
    assert given == [(site.stat().st_uid, site.stat().st_gid)]


def test_a_disk_without_room_is_told_and_the_site_stays(backup, site, monkeypatch):
    monkeypatch.setattr("prefectures.backups.folder.MARGIN", 2**60)
    with pytest.raises(RefusedError, match=f"Il manque de la place dans {site.parent}"):
        put_back(backup)
    assert beside_it(site) == [site.name]


def test_one_at_a_time_is_put_back(backup, site):
    def another(*told):
        put_back(backup)

    with pytest.raises(RefusedError, match="Une autre sauvegarde est en train d’être remise"):
        put_back(backup, another)
    assert beside_it(site) == [site.name]
