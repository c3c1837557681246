"""How the site is, in one word for each thing: enough for who watches it, nothing for a stranger.

No figure, path, version or name. What each word means, and what to do about it, is in
docs/exploitation.md. The answer is good for a moment in each process: however often it is asked
for, the database is not.
"""

import shutil
import sqlite3
from datetime import timedelta
from enum import StrEnum
from threading import Lock
from time import monotonic

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.utils import timezone

from ..backups import engines
from ..backups.folder import BackupFolder
from ..backups.standing_in import beside
from ..models import Changeset, ContentVersion, Seal, WatchedAddress, WatchedHost, WatchRun
from ..monitoring.due import OVERDUE_AFTER
from ..monitoring.hosts import FAILURES_TOLD
from ..monitoring.itself import SILENT_AFTER
from ..sealing.guarding import missing
from .pages import public_page, unindexed

# Seconds.
GOOD_FOR = 10
# One each night, which may be late.
OLDEST_BACKUP = timedelta(hours=26)
# Bytes left on a disk: there are days to find more; there are not.
FEW, TOO_FEW = 2**30, 2**28
# Of a connection that only looks, nobody waits long behind it: seconds, and in PostgreSQL's words.
PATIENCE = 1
HASTE = f"-c statement_timeout={PATIENCE}s"


class Word(StrEnum):
    WELL = "bien"
    LOOK = "à voir"
    DOWN = "en panne"


def words():
    """Return {what: Word}, looked at anew."""
    database, history, watch = _inside()
    return {
        "base": database,
        "historique": history,
        "surveillance": watch,
        "sauvegarde": _backup(),
        "disque": _disk(),
    }


# --- The database, the history in it and what the watch notes there ---------------------------


def _inside():
    # Asking SQLite for a file that is gone would make another one.
    if not engines.of(connection).is_there(connection):
        return Word.DOWN, Word.DOWN, Word.DOWN
    own = connection.settings_dict.get("OPTIONS", {})
    looking = {
        "sqlite": {"timeout": PATIENCE},
        "postgresql": {
            "connect_timeout": 2 * PATIENCE,
            "options": f"{own.get('options', '')} {HASTE}".strip(),
        },
    }
    # One of its own: it finds what is there now, as a process that starts would.
    other = beside(connection, OPTIONS=own | looking[connection.vendor])
    try:
        return _writable(other), _sealed_and_guarded(other), _watched(other)
    except DatabaseError:
        return Word.DOWN, Word.DOWN, Word.DOWN
    finally:
        other.close()


def _writable(other):
    """Say whether the content is there, and may be written. Raises DatabaseError."""
    with other.cursor() as cursor:
        cursor.execute(f"SELECT stamp FROM {ContentVersion._meta.db_table}")
        if cursor.fetchone() is None:
            return Word.DOWN
        if other.vendor == "postgresql":
            cursor.execute("SHOW transaction_read_only")
            return Word.WELL if cursor.fetchone()[0] == "off" else Word.DOWN
        try:
            cursor.execute("BEGIN IMMEDIATE")
        except DatabaseError as error:
            if getattr(error.__cause__, "sqlite_errorcode", None) != sqlite3.SQLITE_BUSY:
                raise
            # Somebody is writing for long: an import, say.
            return Word.LOOK
        cursor.execute("ROLLBACK")
        return Word.WELL


def _sealed_and_guarded(other):
    """Say whether the newest changeset has its seal, and the triggers are there.

    Not whether all that is sealed is as it was: "manage.py verify_history" does.
    """
    changes, seals = Changeset._meta.db_table, Seal._meta.db_table
    with other.cursor() as cursor:
        # Seals follow who ends first, keys who began first: the last ones need not be of one.
        cursor.execute(
            f"SELECT COUNT(*) FROM {changes} WHERE id = (SELECT MAX(id) FROM {changes})"
            f" AND NOT EXISTS (SELECT 1 FROM {seals} WHERE changeset_id = {changes}.id)"
        )
        is_sealed = cursor.fetchone()[0] == 0
    return Word.WELL if is_sealed and not missing(other) else Word.DOWN


def _watched(other):
    """Say whether the watch of links comes to an end as often as it should, and reaches sites.

    What ``monitoring/itself.py`` tells the team, in a word.
    """
    runs = WatchRun._meta.db_table
    long_ago = other.ops.adapt_datetimefield_value(timezone.now() - SILENT_AFTER)
    with other.cursor() as cursor:
        cursor.execute(
            f"SELECT ended_at > %s, fault FROM {runs} WHERE ended_at IS NOT NULL"
            " ORDER BY ended_at DESC LIMIT 1",
            [long_ago],
        )
        last = cursor.fetchone()
        is_recent, fault = last or (True, "")
        cursor.execute(*_unreached(other))
        unreached = cursor.fetchone()[0]
    if not is_recent:
        return Word.DOWN
    # A site that has just begun, or of somebody who tries it, has no run yet.
    return Word.LOOK if last is None or fault or unreached else Word.WELL


def _unreached(other):
    """Return the question how many sites fail, and how many addresses nobody came to visit."""
    addresses, hosts = WatchedAddress._meta.db_table, WatchedHost._meta.db_table
    long_ago = other.ops.adapt_datetimefield_value(timezone.now() - OVERDUE_AFTER)
    return (
        f"SELECT (SELECT COUNT(*) FROM {hosts} WHERE failures >= %s"
        f" AND host IN (SELECT host FROM {addresses} WHERE is_in_use))"
        f" + (SELECT COUNT(*) FROM {addresses} WHERE is_in_use"
        " AND COALESCE(checked_at, first_given_at) <= %s)",
        [FAILURES_TOLD, long_ago],
    )


# --- What is beside it ------------------------------------------------------------------------


def _backup():
    is_chosen = settings.BACKUP_DIR != settings.DATA_DIR / "backups"
    try:
        newest = BackupFolder(settings.BACKUP_DIR).newest()
    except OSError:
        return Word.DOWN
    if newest is None:
        # Whoever says where, means to make some.
        return Word.DOWN if is_chosen else Word.LOOK
    return Word.WELL if timezone.now() - newest < OLDEST_BACKUP else Word.DOWN


def _disk():
    try:
        folders = [path for path in (settings.DATA_DIR, settings.BACKUP_DIR) if path.exists()]
        left = min(shutil.disk_usage(path).free for path in folders)
    except (OSError, ValueError):
        return Word.DOWN
    if left < TOO_FEW:
        return Word.DOWN
    return Word.LOOK if left < FEW else Word.WELL


# --- The page ---------------------------------------------------------------------------------


class Remembered:
    """What ``make`` returns, made anew once it is ``GOOD_FOR`` seconds old, by one at a time."""

    def __init__(self, make):
        self.make = make
        self._turn = Lock()
        # The last answer, and until when it is good by ``monotonic``.
        self._answer = None, 0.0

    def __call__(self):
        answer, until = self._answer
        # Who comes while it is made gets the last one, and waits only where there is none.
        if monotonic() >= until and self._turn.acquire(blocking=answer is None):
            try:
                answer, until = self._answer
                if monotonic() >= until:
                    answer = self.make()
                    self._answer = answer, monotonic() + GOOD_FOR
            finally:
                self._turn.release()
        return answer


remembered = Remembered(words)


@public_page
def health(request):
    found = remembered()
    response = JsonResponse(
        found,
        status=503 if Word.DOWN in found.values() else 200,
        json_dumps_params={"ensure_ascii": False},
    )
    response["Cache-Control"] = "no-store"
    return unindexed(response)
