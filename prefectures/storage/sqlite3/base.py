"""Django's SQLite, which makes no second file where the site had one, nor writes into a lost one.

An open file can be deleted, moved or replaced: whoever has it open goes on writing into what no
start of the site will find. So it is compared, by device and inode, with what bears its name,
before each query and before each commit: nobody is told that a lost change was saved. It takes two
microseconds.
"""

import os
from threading import Lock

from django.db.backends.sqlite3 import base

from ..gone import ABSENT, EMPTY, REPLACED, gone, had_one, is_of_the_site


class _KnownFile:
    """The file that this process has open, and by how many connections.

    A thread that comes later must not open what has taken its place meanwhile.
    """

    def __init__(self):
        self._lock = Lock()
        self._identity, self._count = None, 0

    def once_more(self, path):
        with self._lock:
            if not self._count or self._identity is None:
                self._identity = identity(path)
            self._count += 1
            return self._identity

    def once_less(self):
        with self._lock:
            self._count -= 1

    def forget(self):
        """Take for the site's the file that bears its name when it is opened next.

        Whoever has put another one there on purpose says so.
        """
        with self._lock:
            self._identity = None


known_file = _KnownFile()


class DatabaseWrapper(base.DatabaseWrapper):
    """Looks after the site's own database alone: a copy that stands in for it is nobody's loss."""

    # Of the file, and of what was committed last, which is there until it is brought into the file.
    _path = _identity = _log = None

    def get_new_connection(self, conn_params):
        if self.is_in_memory_db() or not is_of_the_site(self):
            return super().get_new_connection(conn_params)
        path = conn_params["database"]
        if had_one() and not (os.path.exists(path) and os.path.getsize(path)):
            raise gone(self, EMPTY if os.path.exists(path) else ABSENT)
        opened = super().get_new_connection(conn_params)
        self._path, self._identity, self._log = path, known_file.once_more(path), None
        return opened

    def create_cursor(self, name=None):
        self._refuse_lost()
        return super().create_cursor(name)

    def _commit(self):
        self._refuse_lost()
        return super()._commit()

    def _close(self):
        was_open = self.connection is not None
        super()._close()
        if was_open and self._path is not None:
            self._path = None
            known_file.once_less()

    def _refuse_lost(self):
        if self._path is None:
            return
        log = identity(f"{self._path}-wal")
        if self._log is None:
            self._log = log
        if identity(self._path) != self._identity or log != self._log:
            raise gone(self, REPLACED)


def identity(path):
    """Return what tells the file that bears this name from another; None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
