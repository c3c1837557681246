"""A database of SQLite: how it is copied while people edit, looked at aside, and replaced."""

import fcntl
import gzip
import os
import shutil
import zlib
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from urllib.parse import quote

from django.db import DatabaseError

from ..storage.sqlite3.base import known_file
from .folder import one_at_a_time, require_room, sync_folder
from .manifest import ANOTHER, for_owner
from .refusing import RefusedError
from .standing_in import beside, standing_in

NAME = "sqlite"
SUFFIX = "sqlite3.gz"
IN_WORDS = "SQLite"
BESIDE = ("-wal", "-shm")
# Where SQLite locks a file: whoever has it open in WAL mode, idle or not, holds the shared bytes
# (https://www.sqlite.org/lockingv3.html, os.h).
SHARED_FIRST, SHARED_SIZE = 0x40000002, 510


def path_of(connection):
    return Path(connection.settings_dict["NAME"])


def named(connection):
    """Return what the site's database is called, for whoever is about to replace it."""
    return str(path_of(connection))


def is_there(connection):
    """Whether there is a database: asking SQLite would make an empty one."""
    return path_of(connection).exists()


def size(connection):
    path = path_of(connection)
    if not is_there(connection):
        raise RefusedError(f"Il n’y a pas de base dans {path} : rien à sauvegarder.")
    files = [path, Path(f"{path}-wal")]
    return sum(file.stat().st_size for file in files if file.exists())


def room_for_copy(connection):
    # The copy, and what it is packed in.
    return 2 * size(connection)


@contextmanager
def copied(connection, draft, packed):
    """Copy the database into the file ``packed``; have the copy stand in for it inside.

    ``VACUUM INTO`` is one reading transaction: nobody who writes waits for it, or is half in it.
    """
    plain = draft / "copy.sqlite3"
    source = beside(connection)
    try:
        with source.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(plain)])
    finally:
        source.close()
    _require_integrity(connection, plain, "La copie")
    with standing_in(_read_only(connection, plain)):
        yield
    with (
        open(plain, "rb") as whole,
        open(packed, "xb", opener=for_owner) as file,
    ):
        with gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=6) as compressed:
            shutil.copyfileobj(whole, compressed, 2**20)
        file.flush()
        os.fsync(file.fileno())


def _read_only(connection, path):
    # Without what the site says to each connection: it would write.
    return beside(connection, NAME=f"file:{quote(str(path))}?mode=ro", OPTIONS={})


def _require_integrity(connection, path, what):
    other = beside(connection, NAME=str(path), OPTIONS={})
    try:
        with other.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check(1)")
            said = cursor.fetchone()[0]
    except DatabaseError as error:
        said = str(error)
    finally:
        other.close()
    if said != "ok":
        raise RefusedError(f"{what} est abîmée : {said}. {ANOTHER}")


# --- Putting a copy back ----------------------------------------------------------------------


@contextmanager
def aside(connection, packed, manifest):
    """Unpack the backup ``packed`` beside the database; yield it as ``Aside``."""
    path = path_of(connection)
    refuse_while_open(connection)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Migrations and the trace of its return are written in it.
    require_room(path.parent, 2 * manifest.unpacked_size)
    plain = path.with_name(f".{path.name}.en-cours")
    # Another would put half of this one in its place.
    lock = path.with_name(f".{path.name}.verrou")
    busy = (
        f"Une autre sauvegarde est en train d’être remise à la place de {path} : attendez qu’elle "
        "le soit."
    )
    with one_at_a_time(lock, busy):
        _remove(plain)
        try:
            _unpack(packed, plain)
            _require_integrity(connection, plain, "La sauvegarde")
            yield Aside(connection, plain)
        finally:
            _remove(plain)
            lock.unlink(missing_ok=True)


def _unpack(packed, plain):
    try:
        with gzip.open(packed) as compressed, open(plain, "xb", opener=for_owner) as file:
            shutil.copyfileobj(compressed, file, 2**20)
            file.flush()
            os.fsync(file.fileno())
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise RefusedError(f"{packed} ne se décompresse pas. {ANOTHER}") from None


class Aside:
    """A copy that lies beside the site's database, and what puts it in its place."""

    def __init__(self, site, plain):
        self.site, self.plain = site, plain
        self.connection = beside(site, NAME=str(plain))

    def put_in_place(self, stamp):
        """Replace the site's database; return what it is kept as, "" where there was none.

        There is always one under its name: the old one, then the new one.
        """
        path, was_there = path_of(self.site), is_there(self.site)
        _fold_in(beside(self.connection, OPTIONS={}))
        _give_to_the_owner_of(path if was_there else path.parent, self.plain)
        kept = path.with_name(f"{path.stem}.avant-{stamp}{path.suffix}")
        if was_there:
            refuse_while_open(self.site)
            # Of one that is broken, what is beside is kept beside.
            with suppress(DatabaseError):
                _fold_in(beside(self.site, OPTIONS={}))
        with _held(path) if was_there else nullcontext():
            if was_there:
                os.link(path, kept)
            # Left there, SQLite would take them for those of the new file.
            for end in BESIDE:
                with suppress(FileNotFoundError):
                    os.rename(f"{path}{end}", f"{kept}{end}")
            os.replace(self.plain, path)
            known_file.forget()
        sync_folder(path.parent)
        return str(kept) if was_there else ""


def _fold_in(other):
    """Have SQLite write what its -wal holds into the file, as whoever closes it last does."""
    try:
        with other.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        other.close()


def _give_to_the_owner_of(other, path):
    """Let the site open the file at ``path``, whoever it is that puts it there."""
    with suppress(PermissionError):
        os.chown(path, other.stat().st_uid, other.stat().st_gid)


def refuse_while_open(connection):
    """Raise RefusedError where another process has the site's database open.

    Our own connections must be closed for good by then: a process that closes a file lets go of all
    that it had locked in it.
    """
    connection.close()
    path = path_of(connection)
    if path.exists():
        with _held(path):
            pass


@contextmanager
def _held(path):
    """Keep SQLite from opening the file at ``path`` inside."""
    with open(path, "r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, SHARED_SIZE, SHARED_FIRST)
        except OSError:
            raise RefusedError(
                f"Le site tourne, ou un autre programme a ouvert {path}. Arrêtez-le (par exemple "
                "« systemctl stop aes »), puis relancez cette commande."
            ) from None
        yield


def _remove(plain):
    for end in ("", "-journal", *BESIDE):
        Path(f"{plain}{end}").unlink(missing_ok=True)
