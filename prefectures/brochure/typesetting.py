"""A brochure set as a PDF: A4, tagged, PDF/UA-1 (ISO 14289-1), with fonts of its own.

A process of its own sets it and ends: what Typst remembers would grow by hundreds of megabytes in
one that stays (docs/decisions/0037-brochure.md).
"""

import json
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore, Lock

ROOT = Path(__file__).resolve().parents[2]
SETTER = "prefectures.brochure.setter"
# The largest région takes a second: what takes so long will not end.
MOST_SECONDS = 60
# Who waits for a brochure holds a thread of the server: half of them are left to who reads pages.
AT_ONCE = 4
_places = BoundedSemaphore(AT_ONCE)
_turn = Lock()


class NotSetError(Exception):
    """Typst refused a booklet; the text is what it said."""


class BusyError(Exception):
    """As many are waited for as may be."""


def typeset(booklet):
    """Return the PDF of ``booklet``, a dictionary as ``public/printed/booklet.py`` makes them.

    Raises ``NotSetError`` or ``BusyError``.
    """
    said = json.dumps(booklet, ensure_ascii=False).encode()
    if not _places.acquire(blocking=False):
        raise BusyError
    try:
        # One at a time: a burst of brochures leaves a processor to who reads pages.
        with _turn:
            return _set(said)
    finally:
        _places.release()


def _set(said):
    command = [sys.executable, "-m", SETTER]
    try:
        done = subprocess.run(
            command, input=said, capture_output=True, cwd=ROOT, timeout=MOST_SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise NotSetError(str(error)) from None
    if done.returncode:
        raise NotSetError(done.stderr.decode(errors="replace").strip())
    return done.stdout
