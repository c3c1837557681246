"""The moment at which a page is right: the version of the content, and the day."""

from datetime import date, datetime, time
from threading import Lock
from time import monotonic
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.utils import timezone

from ...models import ContentVersion
from ...models.content_version import GOOD_FOR

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
        self._turn = Lock()
        # The last answer, and until when it is good by ``monotonic``.
        self._answer = None, 0.0

    def moment(self):
        """Return the ``Moment``, or None where the database does not say.

        As it was at most ``GOOD_FOR`` seconds ago: who publishes waits that long to say so.
        """
        moment, until = self._answer
        if monotonic() < until:
            return moment
        with self._turn:
            # Another thread may just have asked.
            moment, until = self._answer
            return moment if monotonic() < until else self._ask()

    def ask(self):
        """Return the ``Moment`` as it is now, or None where the database does not say."""
        with self._turn:
            return self._ask()

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _ask(self):
        until = monotonic() + GOOD_FOR
        content = self._content()
        moment = Moment(*content, timezone.localdate()) if content else None
        self._answer = moment, until
        return moment

    def _content(self):
        was_open = self.connection is not None
        try:
            if not was_open:
                self._open()
            return self.connection.connection.execute(QUESTION).fetchone()
        except (Error, self.connection.Database.Error):
            self.close()
            # One that was open may only have been cut: the database was started again.
            return self._content() if was_open else None

    def _open(self):
        self.connection = connections[DEFAULT_DB_ALIAS].copy()
        # By one at a time: ``_turn``.
        self.connection.inc_thread_sharing()
        self.connection.ensure_connection()
