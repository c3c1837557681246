"""A brochure set as a PDF: A4, tagged, PDF/UA-1 (ISO 14289-1), with fonts of its own.

A process of its own sets it and ends: what Typst remembers would grow by hundreds of megabytes in
one that stays (docs/decisions/0037-brochure.md).
"""

import json
import subprocess
import sys
from pathlib import Path
from threading import Lock

ROOT = Path(__file__).resolve().parents[2]
SETTER = "prefectures.brochure.setter"
_turn = Lock()


class NotSetError(Exception):
    """Typst refused a booklet; the text is what it said."""


def typeset(booklet):
    """Return the PDF of ``booklet``, a dictionary as ``public/printed/booklet.py`` makes them."""
    said = json.dumps(booklet, ensure_ascii=False).encode()
    # One at a time: a burst of brochures leaves a processor to who reads pages.
    with _turn:
        done = subprocess.run(
            [sys.executable, "-m", SETTER], input=said, capture_output=True, cwd=ROOT
        )
    if done.returncode:
        raise NotSetError(done.stderr.decode(errors="replace").strip())
    return done.stdout
