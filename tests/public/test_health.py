"""/sante/: a word for each thing, for who watches the site; nothing for a stranger."""

import json
import re
import sqlite3
from collections import namedtuple
from contextlib import closing
from datetime import timedelta
from threading import Event, Thread
from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils import timezone

from prefectures.backups.standing_in import beside
from prefectures.models import Changeset, Seal, WatchedAddress, WatchedHost, WatchRun
from prefectures.public import health
from prefectures.public.health import Remembered, Word, words
from prefectures.sealing.guarding import history_unlocked

from ..backups.conftest import standing_at  # noqa: F401
from ..backups.test_folder import put
from ..models.making import draft
from .cache.asking import Site

pytestmark = pytest.mark.django_db(transaction=True)
Usage = namedtuple("Usage", "free")
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'")
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'")


@pytest.fixture(autouse=True)
def _places(settings, tmp_path, monkeypatch):
    """Folders of our own on a disk that has room, and nothing remembered."""
    settings.DATA_DIR = tmp_path
    settings.BACKUP_DIR = tmp_path / "backups"
    monkeypatch.setattr("shutil.disk_usage", lambda path: Usage(2**40))
    monkeypatch.setattr(health, "remembered", Remembered(words))


@pytest.fixture(autouse=True)
def _watch():
    watch_ended(minutes=20)


def watch_ended(fault="", **ago):
    WatchRun.objects.all().delete()
    at = timezone.now() - timedelta(**ago)
    WatchRun.objects.create(started_at=at, ended_at=at, fault=fault)


def made(settings, **ago):
    path = put(settings.BACKUP_DIR, timezone.now())
    at = timezone.now() - timedelta(**ago)
    for old in (path, path.with_name(f"{path.name}.json")):
        old.rename(old.with_name(old.name.replace(path.stem, f"aes-{at:%Y%m%dT%H%M%SZ}")))


def test_a_site_that_is_well_says_so_of_each_thing(client, settings):
    made(settings, hours=20)
    response = client.get("/sante/")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert json.loads(response.content) == dict.fromkeys(
        ["base", "historique", "surveillance", "sauvegarde", "disque"], "bien"
    )


def test_what_is_down_is_503_and_the_rest_is_told_too(client, settings):
    made(settings, hours=27)
    response = client.get("/sante/")
    assert response.status_code == 503
    assert response.json() == {
        "base": "bien",
        "historique": "bien",
        "surveillance": "bien",
        "sauvegarde": "en panne",
        "disque": "bien",
    }


def test_a_watch_that_stopped_is_down(client, settings):
    made(settings, hours=20)
    watch_ended(hours=3)
    assert client.get("/sante/").json()["surveillance"] == "en panne"


def test_a_watch_that_reaches_nobody_or_never_ran_is_to_be_seen_to(client, settings, monkeypatch):
    made(settings, hours=20)
    watch_ended("Presque aucun des sites n’a répondu", minutes=5)
    assert client.get("/sante/").json()["surveillance"] == "à voir"
    WatchRun.objects.all().delete()
    monkeypatch.setattr(health, "remembered", Remembered(words))
    response = client.get("/sante/")
    assert response.json()["surveillance"] == "à voir"
    assert response.status_code == 200


@pytest.mark.parametrize("is_failing", [True, False])
def test_a_site_that_fails_or_a_link_that_nobody_visits_is_to_be_seen_to(
    client, settings, is_failing
):
    made(settings, hours=20)
    now = timezone.now()
    visited = now if is_failing else now - timedelta(days=5)
    WatchedAddress.objects.create(url="https://a.fr/x", host="a.fr", checked_at=visited)
    WatchedHost.objects.create(host="a.fr", failures=9 * is_failing, failing_since=now)
    assert client.get("/sante/").json()["surveillance"] == "à voir"


def test_it_says_no_figure_no_path_no_name(client, settings):
    made(settings, hours=20)
    said = client.get("/sante/").content.decode()
    assert re.fullmatch(r'\{("\w+": "(bien|à voir|en panne)"(, )?)+\}', said)


def test_it_is_kept_by_nobody_and_found_by_no_search(client):
    response = client.get("/sante/")
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert "ETag" not in response
    assert not response.cookies


def test_it_may_be_asked_for_and_no_more(client):
    assert client.head("/sante/").status_code == 200
    assert client.head("/sante/").content == b""
    for method in ("post", "put", "delete", "patch"):
        assert getattr(client, method)("/sante/").status_code == 405


def test_it_is_not_among_the_kept_pages():
    site = Site()
    site.get("/sante/")
    site.get("/sante/")
    assert len(site.asked) == 2
    site.close()


def test_the_database_is_not_asked_each_time(client, monkeypatch):
    asked = []
    monkeypatch.setattr(health, "remembered", Remembered(lambda: asked.append(1) or {}))
    for _ in range(50):
        client.get("/sante/")
    assert asked == [1]


def test_it_asks_anew_once_its_answer_is_old(monkeypatch):
    now, asked = [100.0], []
    monkeypatch.setattr(health, "monotonic", lambda: now[0])
    remembered = Remembered(lambda: asked.append(1) or len(asked))
    assert [remembered(), remembered()] == [1, 1]
    now[0] += health.GOOD_FOR
    assert [remembered(), remembered()] == [2, 2]


def test_nobody_waits_behind_who_asks_where_there_is_an_answer(monkeypatch):
    now, may_end, asks = [100.0], Event(), Event()
    monkeypatch.setattr(health, "monotonic", lambda: now[0])

    def make():
        asks.set()
        may_end.wait(20)
        return "new"

    remembered = Remembered(make)
    remembered._answer = "old", now[0]
    slow = Thread(target=remembered)
    slow.start()
    asks.wait(10)
    assert remembered() == "old"
    may_end.set()
    slow.join(10)
    assert remembered() == "new"


# --- The database -----------------------------------------------------------------------------


@on_sqlite
def test_a_file_that_is_gone_is_down_and_not_made_anew(tmp_path, standing_at):  # noqa: F811
    path = tmp_path / "aes.sqlite3"
    standing_at(beside(connection, NAME=str(path)))
    assert (words()["base"], words()["historique"]) == (Word.DOWN, Word.DOWN)
    assert not path.exists()


@on_sqlite
@pytest.mark.parametrize("content", [b"", b"broken" * 1000], ids=["empty", "broken"])
def test_a_file_that_is_no_database_of_ours_is_down(content, tmp_path, standing_at):  # noqa: F811
    path = tmp_path / "aes.sqlite3"
    path.write_bytes(content)
    standing_at(beside(connection, NAME=str(path)))
    assert words()["base"] == Word.DOWN


@on_sqlite
def test_somebody_who_writes_for_long_is_to_be_looked_at():
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
        assert words()["base"] == Word.LOOK
        other.execute("ROLLBACK")
    assert words()["base"] == Word.WELL


@on_postgresql
def test_a_server_that_does_not_answer_is_down(standing_at):  # noqa: F811
    standing_at(beside(connection, HOST="127.0.0.1", PORT="1"))
    assert (words()["base"], words()["historique"]) == (Word.DOWN, Word.DOWN)


@on_postgresql
def test_a_server_that_may_only_be_read_is_down(standing_at):  # noqa: F811
    own = connection.settings_dict["OPTIONS"]
    read_only = f"{own['options']} -c default_transaction_read_only=on"
    standing_at(beside(connection, OPTIONS=own | {"options": read_only}))
    assert words()["base"] == Word.DOWN


def test_looking_writes_nothing():
    before = Changeset.objects.count(), Seal.objects.count()
    words()
    assert (Changeset.objects.count(), Seal.objects.count()) == before


# --- The history ------------------------------------------------------------------------------


def test_a_trigger_that_is_missing_is_down():
    with history_unlocked(SimpleNamespace(connection=connection)):
        assert words()["historique"] == Word.DOWN
    assert words()["historique"] == Word.WELL


def test_a_last_change_without_its_seal_is_down():
    draft()
    last = Seal.objects.order_by("number").last()
    with history_unlocked(SimpleNamespace(connection=connection)):
        last.delete()
    assert words()["historique"] == Word.DOWN


# --- Backups and disks ------------------------------------------------------------------------


def test_a_site_that_makes_none_here_is_to_be_looked_at(client):
    assert words()["sauvegarde"] == Word.LOOK
    assert client.get("/sante/").status_code == 200


def test_a_folder_that_was_chosen_and_holds_none_is_down(settings, tmp_path):
    settings.BACKUP_DIR = tmp_path / "ailleurs"
    assert words()["sauvegarde"] == Word.DOWN


def test_a_folder_that_cannot_be_read_is_down(settings, monkeypatch):
    made(settings, hours=1)

    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.iterdir", refuse)
    assert words()["sauvegarde"] == Word.DOWN


@pytest.mark.parametrize(
    ("free", "word"), [(2**31, Word.WELL), (2**29, Word.LOOK), (2**27, Word.DOWN)]
)
def test_the_fullest_of_both_disks_is_told(settings, monkeypatch, free, word):
    settings.BACKUP_DIR.mkdir()
    left = {settings.DATA_DIR: 2**40, settings.BACKUP_DIR: free}
    monkeypatch.setattr("shutil.disk_usage", lambda path: Usage(left[path]))
    assert words()["disque"] == word
