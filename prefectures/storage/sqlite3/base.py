"""Django's SQLite, which makes no second file where the site had one, nor writes into a lost one.

An open file can be deleted, moved or replaced: whoever has it open goes on writing into what no
start of the site will find. So it is compared, by device and inode, with what bears its name,
before each query and before each commit: nobody is told that a lost change was saved. It takes two
microseconds.
"""

import os
from threading import Lock

from django.db.backends.sqlite3 import base

from ..gone import ABSENT, EMPTY, REPLACED, gone, had_one

# A process has one database: a thread that comes later must not open what has taken its place.
_opened = {}
_lock = Lock()


class DatabaseWrapper(base.DatabaseWrapper):
    """Makes a file where none is only as long as the site never had a database."""

    # Not of a copy that is looked at beside the site's (backups/standing_in.py).
    is_of_site = True
    # Of the file, and of what was committed last, which is there until it is brought into the file.
    _path = _identity = _log = None

    def get_new_connection(self, conn_params):
        path = conn_params["database"]
        is_there = os.path.exists(path) and os.path.getsize(path)
        if self.is_of_site and had_one() and not is_there:
            raise gone(self, EMPTY if os.path.exists(path) else ABSENT)
        opened = super().get_new_connection(conn_params)
        if self.is_of_site and not self.is_in_memory_db():
            with _lock:
                self._identity = _opened.setdefault(path, identity(path))
            self._path, self._log = path, None
        return opened

    def create_cursor(self, name=None):
        self._refuse_lost()
        return super().create_cursor(name)

    def _commit(self):
        self._refuse_lost()
        return super()._commit()

    def _refuse_lost(self):
        if self._path is None:
            return
        log = identity(f"{self._path}-wal")
        if self._log is None:
            self._log = log
        if identity(self._path) != self._identity or log != self._log:
            raise gone(self, REPLACED)


def take_what_is_there(path):
    """Let the file that bears this name be the site's from now on: a backup was put back."""
    with _lock:
        _opened.pop(str(path), None)


def identity(path):
    """Return what tells the file that bears this name from another; None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
