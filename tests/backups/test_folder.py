"""The folder of backups: who may read it, and what in it is never touched."""

import stat
from collections import namedtuple
from datetime import UTC, datetime

import pytest

from prefectures.backups.folder import BackupFolder
from prefectures.backups.manifest import Manifest, digest_of_file, path_beside
from prefectures.backups.refusing import RefusedError


def put(folder, day, content=b"content", **said):
    """Put a backup of ``day`` there, as the command would have; return its path."""
    there = BackupFolder(folder)
    name = f"aes-{day:%Y%m%d}T030000Z.pgdump"
    with there.drafting() as draft:
        packed = draft / "packed"
        packed.write_bytes(content)
        told = {
            "file": name,
            "at": day.isoformat(),
            "engine": "postgresql",
            "size": len(content),
            "sha256": digest_of_file(packed),
            "unpacked_size": 10,
            "head": None,
            "last_migration": "",
            "tables": {},
        }
        return there.add(packed, Manifest(**(told | said)))


def names(folder):
    return sorted(path.name for path in folder.iterdir() if path.name != ".verrou")


DAYS = [datetime(2026, 11, day, 3, tzinfo=UTC) for day in (1, 2, 3, 4)]


def test_the_old_ones_go_with_what_describes_them(folder):
    first, *_, last = [put(folder, day) for day in DAYS]
    dropped, left = BackupFolder(folder).drop_old(keep=1)
    assert (len(dropped), left) == (2, [])
    there = [first, last]
    assert names(folder) == sorted(path.name for one in there for path in (one, path_beside(one)))


@pytest.mark.parametrize(
    "name",
    [
        "copie.sqlite3",
        "aes-20260101T030000Z.pgdump",
        "aes-20260101T030000Z.sqlite3.gz.age",
        "notes.json",
        "aes-20260101T030000Z.pgdump.json",
    ],
)
def test_what_the_command_did_not_make_stays(folder, name):
    for day in DAYS:
        put(folder, day)
    (folder / name).write_text("à moi")
    BackupFolder(folder).drop_old(keep=1)
    assert (folder / name).read_text() == "à moi"


def test_one_that_is_not_what_was_made_to_the_byte_stays_and_is_told(folder):
    paths = [put(folder, day) for day in DAYS]
    paths[1].write_bytes(b"CONTENT")
    dropped, left = BackupFolder(folder).drop_old(keep=1)
    assert (dropped, left) == ([paths[2]], [paths[1]])
    assert paths[1].read_bytes() == b"CONTENT"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path_beside(path).write_text("{}"),
        lambda path: path_beside(path).write_text("pas du JSON"),
        lambda path: path_beside(path).write_bytes(b"\xff\xfe"),
        lambda path: path.rename(path.with_name("x")) and path.symlink_to("x"),
        lambda path: path.with_name("aes-20261103T030000Z.pgdump.json").replace(path_beside(path)),
    ],
    ids=["empty", "no JSON", "no text", "link", "of another"],
)
def test_one_that_may_be_somebody_s_stays(folder, spoil):
    paths = [put(folder, day) for day in DAYS]
    spoil(paths[1])
    BackupFolder(folder).drop_old(keep=1)
    assert paths[1].exists()


def test_its_owner_alone_reads_it(folder):
    path = put(folder, DAYS[0])
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(one.stat().st_mode) for one in folder.iterdir() if one != path} == {0o600}


def test_what_a_killed_one_left_goes_with_the_next(folder):
    folder.mkdir()
    left = folder / ".en-cours-abc"
    left.mkdir()
    (left / "copy.sqlite3").write_text("la moitié")
    with BackupFolder(folder).drafting():
        assert not left.exists()
    assert names(folder) == []


def test_two_at_once_are_one_too_many(folder):
    with (
        BackupFolder(folder).drafting(),
        pytest.raises(RefusedError, match="Une autre sauvegarde est en cours"),
        BackupFolder(folder).drafting(),
    ):
        pass


def test_the_newest_is_one_that_is_whole(folder):
    assert BackupFolder(folder).newest() is None
    for day in DAYS:
        last = put(folder, day)
    path_beside(last).unlink()
    assert BackupFolder(folder).newest() == DAYS[2]


def test_a_full_disk_is_told_before_anything_is_written(folder, monkeypatch):
    folder.mkdir()
    usage = namedtuple("usage", "free")(20 * 2**20)
    monkeypatch.setattr("shutil.disk_usage", lambda path: usage)
    with pytest.raises(RefusedError) as refused:
        BackupFolder(folder).require_room(9 * 2**20)
    assert str(refused.value) == (
        f"Il manque de la place dans {folder}\u00a0: il faut 25,0 Mo, il en reste 20,0 Mo. "
        "Libérez-en, ou choisissez un autre dossier."
    )
