"""The moment at which a page is right: the version of the content, and the day."""

import threading
from datetime import date, datetime, time
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.utils import timezone

from ...models import ContentVersion


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


class Now(threading.local):
    """Asks the database which moment it is: for each thread over one connection, which only reads.

    It is not Django's own: SQLite tells a connection of the others' commits only (``PRAGMA
    data_version``, some microseconds without a look into a table), and Django's may be amid a
    transaction.
    """

    def __init__(self):
        self.connection = None

    def moment(self):
        """Return the ``Moment``, or None where the database does not say."""
        was_open = self.connection is not None
        try:
            content = self._content()
        except (Error, self.connection.Database.Error):
            self.close()
            # One that was open may only have been cut: the database was started again.
            return self.moment() if was_open else None
        return Moment(*content, timezone.localdate()) if content else None

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _content(self):
        """Return (stamp, second) of the content, or None where there is no row of it."""
        if self.connection is None:
            self._open()
        read = self.connection.connection.execute
        if not self._counts_commits:
            return read(self._question).fetchone()
        # Before the row: what is committed in between is read again the next time.
        commits = read("PRAGMA data_version").fetchone()
        if commits != self._commits:
            self._kept, self._commits = read(self._question).fetchone(), commits
        return self._kept

    def _open(self):
        self.connection = connections[DEFAULT_DB_ALIAS].copy()
        self._counts_commits = self.connection.vendor == "sqlite"
        self._commits = None
        self._question = (
            f"SELECT stamp, moved_second FROM {ContentVersion._meta.db_table}"
            f" WHERE id = {ContentVersion.ONLY}"
        )
        self.connection.ensure_connection()
