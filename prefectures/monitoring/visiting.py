"""Visiting addresses: several sites at once, each of them one page at a time, with a pause.

Threads ask, and touch nothing else: what they are answered is handed to whoever goes through
``answers``, who is waited for, so that a few answers at most are in memory.
"""

from queue import Empty, Queue
from threading import Event, Thread
from time import monotonic

# Without an answer to so many in a row, the rest of a site is left for another run.
MOST_IN_VAIN = 3
ANSWERS_IN_MEMORY = 4


class Visits:
    """``by_host`` is {host: addresses}; ``ask`` returns what an address answers (``Fetched``).

    ``at_once`` sites, ``pause`` seconds between two pages of one; none is begun after ``seconds``.
    """

    def __init__(self, by_host, ask, *, at_once, pause, seconds):
        self._ask, self._pause = ask, pause
        self._until = monotonic() + seconds
        self._hosts, self._answers = Queue(), Queue(maxsize=ANSWERS_IN_MEMORY)
        self._is_over = Event()
        for addresses in by_host.values():
            self._hosts.put(addresses)
        self._threads = [
            Thread(target=self._visit, daemon=True) for _ in range(min(at_once, len(by_host)))
        ]

    def stop(self):
        """Begin no other page."""
        self._is_over.set()

    def answers(self):
        """Yield (address, what it answered) as they come, until all have, or time is over."""
        for thread in self._threads:
            thread.start()
        at_work = len(self._threads)
        try:
            while at_work:
                answer = self._answers.get()
                if answer is None:
                    at_work -= 1
                elif isinstance(answer, BaseException):
                    raise answer
                else:
                    yield answer
        finally:
            self.stop()

    def _visit(self):
        try:
            while not self._is_over.is_set():
                self._visit_site(self._hosts.get_nowait())
        except Empty:
            pass
        except BaseException as error:
            self._answers.put(error)
        self._answers.put(None)

    def _visit_site(self, addresses):
        in_vain = 0
        for number, address in enumerate(addresses):
            if number:
                self._is_over.wait(self._pause)
            if self._is_over.is_set() or monotonic() > self._until:
                return
            fetched = self._ask(address.url)
            self._answers.put((address, fetched))
            in_vain = 0 if fetched.status is not None else in_vain + 1
            if fetched.retry_after or in_vain >= MOST_IN_VAIN:
                return
