"""The moment at which a page is right: the version of the content, and the day."""

from datetime import date, datetime, time
from threading import Lock
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, Error, OperationalError, connections
from django.utils import timezone

from ...models import ContentVersion

QUESTION = (
    f"SELECT stamp, moved_second FROM {ContentVersion._meta.db_table}"
    f" WHERE id = {ContentVersion.ONLY}"
)


class Moment(NamedTuple):
    """``moved_second`` is when the content last changed, in seconds since 1970."""

    stamp: str
    moved_second: int
    day: date

    @property
    def began(self):
        """The second since which every page of this moment is as it is, since 1970."""
        midnight = timezone.make_aware(datetime.combine(self.day, time.min))
        return max(self.moved_second, int(midnight.timestamp()))


class Now:
    """Asks the database which moment it is, over one connection of the process, which only reads.

    It is not Django's own, which may be amid a transaction.
    """

    def __init__(self):
        self.connection = None
        self._content = None
        self._turn = Lock()
        self._begun = self._answered = 0
        self._moment = None

    def moment(self):
        """Return the ``Moment``, or None where the database does not say.

        Threads that come while a question is under way share the next one: an answer is good for
        all who were there before it was asked for.
        """
        needed = self._begun + 1
        with self._turn:
            if self._answered < needed:
                self._begun += 1
                self._moment = self._ask()
                self._answered = self._begun
            return self._moment

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _ask(self):
        was_open = self.connection is not None
        try:
            if not was_open:
                self._open()
            content = self._content.read()
        except (Error, self.connection.Database.Error):
            self.close()
            # One that was open may only have been cut: the database was started again.
            return self._ask() if was_open else None
        return Moment(*content, timezone.localdate()) if content else None

    def _open(self):
        self.connection = connections[DEFAULT_DB_ALIAS].copy()
        # By one at a time: ``_turn``.
        self.connection.inc_thread_sharing()
        self.connection.ensure_connection()
        is_sqlite = self.connection.vendor == "sqlite"
        self._content = (OnSqlite if is_sqlite else OnPostgresql)(self.connection.connection)


class OnSqlite:
    """Reads the row only after a commit of another connection, which SQLite tells at once."""

    def __init__(self, connection):
        self.connection = connection
        self.commits = self.kept = None

    def read(self):
        """Return (stamp, second) of the content, or None where there is no row of it."""
        # Before the row: what is committed in between is read again the next time.
        commits = self.connection.execute("PRAGMA data_version").fetchone()
        if commits != self.commits:
            self.kept, self.commits = self.connection.execute(QUESTION).fetchone(), commits
        return self.kept


class OnPostgresql:
    """Reads the row by libpq itself: a fifth of the CPU that a cursor takes."""

    NAME = b"content_version"

    def __init__(self, connection):
        self.libpq = connection.pgconn
        self._checked(self.libpq.prepare(self.NAME, QUESTION.encode()))

    def read(self):
        """Return (stamp, second) of the content, or None where there is no row of it."""
        found = self._checked(self.libpq.exec_prepared(self.NAME, None))
        if not found.ntuples:
            return None
        return found.get_value(0, 0).decode(), int(found.get_value(0, 1))

    def _checked(self, result):
        if result.error_message:
            raise OperationalError(result.error_message.decode(errors="replace"))
        return result
