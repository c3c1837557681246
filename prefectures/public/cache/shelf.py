"""Where pages are kept: in memory, bounded in bytes; what was read least recently goes first."""

from collections import OrderedDict
from contextlib import contextmanager
from threading import Lock


class Shelf:
    """Pages by key, each with its ``weight``. Threads share it; processes each have their own."""

    def __init__(self, most_bytes):
        self.most_bytes = most_bytes
        self.bytes = 0
        self._pages = OrderedDict()
        self._lock = Lock()
        self._making = {}

    def __len__(self):
        return len(self._pages)

    def get(self, key):
        """Return the page, or None."""
        with self._lock:
            if key not in self._pages:
                return None
            self._pages.move_to_end(key)
            return self._pages[key][0]

    def put(self, key, page):
        """Keep ``page``, or weigh it again where it is kept: its encodings are made when asked."""
        with self._lock:
            self._drop(key)
            self._pages[key] = page, page.weight
            self.bytes += page.weight
            while self.bytes > self.most_bytes:
                self._drop(next(iter(self._pages)))

    def drop(self, key):
        """Keep the page no longer: it is no more what would be made."""
        with self._lock:
            self._drop(key)

    @contextmanager
    def alone(self, key):
        """Let one thread at a time make the page of ``key``: the others find it made."""
        with self._lock:
            lock, threads = self._making.get(key, (Lock(), 0))
            self._making[key] = lock, threads + 1
        try:
            with lock:
                yield
        finally:
            with self._lock:
                lock, threads = self._making.pop(key)
                if threads > 1:
                    self._making[key] = lock, threads - 1

    def _drop(self, key):
        _, weight = self._pages.pop(key, (None, 0))
        self.bytes -= weight
