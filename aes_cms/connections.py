"""Connections to the database whose thread has ended are closed by whoever opens the next one.

The server lets threads go that have nothing to do. Django's connections refer to themselves in a
circle: they would stay open until Python looks for circles, to which kept pages give no occasion.
Closing them as the thread ends would be simpler, and brings the process down (Python 3.11: SQLite
calls Python back, from a thread that Python has begun to forget).
"""

import threading
from weakref import ref

from django.db.backends.signals import connection_created


class _Mark:
    """Lives as long as its thread."""


_of_thread = threading.local()
_lock = threading.Lock()
# (weak reference to the mark of its thread, connection)
_open = []


def close_those_left(connection, **kwargs):
    """Remember ``connection``, just opened in this thread; close those of threads that ended."""
    mark = _of_thread.__dict__.setdefault("mark", _Mark())
    with _lock:
        others = [pair for pair in _open if pair[1].connection and pair[1] is not connection]
        left = [other for alive, other in others if alive() is None]
        _open[:] = [pair for pair in others if pair[0]() is not None] + [(ref(mark), connection)]
    for other in left:
        other.inc_thread_sharing()
        other.close()


def close_with_threads():
    """See to it for every connection that is opened from now on."""
    connection_created.connect(close_those_left)
