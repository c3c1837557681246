"""A process that reads documents, as the process that fetched them sees it."""

import json
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import NamedTuple

from ..page_state import PageState

ROOT = Path(__file__).resolve().parents[3]
PROCESS = "prefectures.monitoring.reading.process"
# What takes so long will not end: pages take milliseconds, a long PDF a few seconds.
MOST_SECONDS = 20
LENGTH_BYTES = 4
LONGEST_ANSWER = 4_000_000
# Half a letter, or no letter at all: no database takes them.
NO_LETTERS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class Read(NamedTuple):
    """``text`` is in lines; without a text, ``state`` says why."""

    state: PageState
    title: str = ""
    text: str = ""


UNREADABLE = Read(PageState.UNREADABLE)


class Reader:
    """``with Reader() as reader: reader.read(...)``, one document after another.

    The process is begun with the first, and again after one that it did not survive.
    """

    def __init__(self, most_seconds=MOST_SECONDS):
        self._most_seconds = most_seconds
        self._process = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._stop()

    def read(self, body, content_type="", charset="", url=""):
        """Return the ``Read`` of ``body``, bytes, as the answer declared them; never raises."""
        asked = {"content_type": content_type, "charset": charset, "url": url}
        if self._process is None or self._process.poll() is not None:
            self._stop()
            self._process = self._begin()
        # Whatever waits for a process that ends goes on: nothing is left to be asked in time.
        deadline = Timer(self._most_seconds, self._process.kill)
        deadline.start()
        try:
            return _read(self._ask(json.dumps(asked).encode(), body))
        except (OSError, EOFError, ValueError, TypeError):
            # It died, or what is read has taken hold of it and made it say something else.
            self._stop()
            return UNREADABLE
        finally:
            deadline.cancel()

    def _begin(self):
        return subprocess.Popen(
            [sys.executable, "-m", PROCESS],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            # It is told nothing of the site, above all no secret.
            env={"PYTHONDONTWRITEBYTECODE": "1"},
            # What interrupts the one who asks is not for it: it ends with its pipe.
            start_new_session=True,
        )

    def _ask(self, *messages):
        for message in messages:
            self._process.stdin.write(len(message).to_bytes(LENGTH_BYTES, "big") + message)
        self._process.stdin.flush()
        length = int.from_bytes(self._exactly(LENGTH_BYTES), "big")
        if length > LONGEST_ANSWER:
            raise EOFError
        return self._exactly(length)

    def _exactly(self, count):
        said = self._process.stdout.read(count)
        if len(said) < count:
            raise EOFError
        return said

    def _stop(self):
        if self._process is None:
            return
        process, self._process = self._process, None
        process.kill()
        process.stdout.close()
        # What was not taken any more is still to be written when it is closed.
        with suppress(OSError):
            process.stdin.close()
        process.wait()


def _read(answer):
    state, title, text = json.loads(answer)
    return Read(PageState(state), NO_LETTERS.sub("", title), NO_LETTERS.sub("", text))
