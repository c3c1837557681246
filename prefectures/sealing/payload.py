"""What a seal covers, as bytes that are always the same: pure.

Format 1. A row is the JSON list of its values, by the alphabet of its columns, its key left out; a
payload is JSON, its names sorted, without a space. Whoever has Python and the database can do it
again: ``docs/decisions/0022-seals.md``.
"""

import json
import zlib
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

FORMAT = 1
# What the first seal follows.
NOTHING = "0" * 64


def canonical(found):
    """Return ``found`` as JSON in bytes: the same on every database, at every time."""
    text = json.dumps(
        found,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
        default=_in_json,
    )
    return text.encode()


def _in_json(value):
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case bytes() | memoryview():
            return {"sha256": sha256(value).hexdigest()}
        case Decimal() | UUID():
            return str(value)
    raise TypeError(f"{type(value).__name__}: say here how a seal writes it down.")


def digest_of(found):
    """Return the SHA-256 of ``found``: of the values of a row, say."""
    return sha256(canonical(found)).hexdigest()


def digest_of_bytes(content):
    return sha256(content).hexdigest()


def packed(content):
    return zlib.compress(content, 9)


def unpacked(content):
    """Return the bytes of a payload as it was sealed. Raises zlib.error."""
    inside = zlib.decompressobj()
    found = inside.decompress(content)
    if inside.unused_data or not inside.eof:
        raise zlib.error("there is more, or less, than what was packed")
    return found
