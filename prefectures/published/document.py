"""The document of a sheet: the one description of it that leaves the site, as it is kept.

Kept compressed, with its format and the SHA-256 of its canonical JSON (``sheets/canonical.py``):
anybody who has the JSON can compute it again. Formats come and go; all of them stay readable.
"""

import json
import zlib
from hashlib import sha256
from typing import NamedTuple

from ..sheets.canonical import canonical_json
from . import format_1

CURRENT = format_1

# What makes of a document of this format one of the next.
UPGRADES = {}


class Document(NamedTuple):
    """``json`` are the canonical bytes, ``format`` the number of what they say."""

    format: int
    json: bytes

    @property
    def sha256(self):
        return sha256(self.json).hexdigest()

    @property
    def compressed(self):
        return zlib.compress(self.json, 9)

    @property
    def content(self):
        """Return what it says, as the current format has it."""
        found, number = json.loads(self.json), self.format
        while number != CURRENT.FORMAT:
            found, number = UPGRADES[number](found), number + 1
        return found


def written(content):
    """Return the ``Document`` of what the current format says."""
    return Document(CURRENT.FORMAT, canonical_json(content))


def kept(number, compressed):
    """Return the ``Document`` of what was kept."""
    return Document(number, zlib.decompress(compressed))
