"""What lies beside each backup and says what it holds: JSON."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import file_digest
from pathlib import Path

from .refusing import RefusedError

FORMAT = 1
MADE_BY = "aes_cms"

ANOTHER = "Prenez une autre sauvegarde."


@dataclass(frozen=True)
class Manifest:
    """``head`` was read before the copy, which so contains it; None where nothing was sealed.

    ``size`` and ``sha256`` are those of the file, ``unpacked_size`` is what it takes once put back
    (bytes, about), ``tables`` the rows of each, ``last_migration`` the app's own.
    """

    file: str
    at: str
    engine: str
    size: int
    sha256: str
    unpacked_size: int
    head: dict | None
    last_migration: str
    tables: dict
    made_by: str = MADE_BY
    format: int = FORMAT

    @property
    def moment(self):
        return datetime.fromisoformat(self.at)

    @property
    def digest_of_head(self):
        return self.head and self.head["digest"]

    def write(self, path):
        """Write it to ``path``, for its owner alone, down to the disk."""
        with open(path, "x", encoding="utf-8", opener=for_owner) as file:
            json.dump(asdict(self), file, ensure_ascii=False, indent=2)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())

    def fits(self, path):
        """Whether the file at ``path`` is the one that was described, to the byte."""
        return path.stat().st_size == self.size and digest_of_file(path) == self.sha256


def for_owner(path, flags):
    return os.open(path, flags, 0o600)


def digest_of_file(path):
    with open(path, "rb") as file:
        return file_digest(file, "sha256").hexdigest()


def path_beside(path):
    """Return where the manifest of the backup at ``path`` lies."""
    return Path(f"{path}.json")


def read(path):
    """Return the ``Manifest`` of the backup at ``path``. Raises RefusedError."""
    beside = path_beside(path)
    try:
        said = json.loads(beside.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RefusedError(
            f"Il manque {beside}, qui dit ce que contient la sauvegarde : sans lui, rien ne peut "
            "être vérifié. Remettez-le à côté d’elle, ou prenez une autre sauvegarde."
        ) from None
    except (OSError, ValueError) as error:
        raise RefusedError(f"{beside} ne se lit pas ({_why(error)}). {ANOTHER}") from None
    if not isinstance(said, dict) or said.get("made_by") != MADE_BY:
        raise RefusedError(f"{beside} n’est pas d’une sauvegarde de ce site. {ANOTHER}")
    if said.get("format") != FORMAT:
        raise RefusedError(
            f"{beside} est d’un format que cette version du site ne connaît pas : prenez la "
            "version du site qui a fait la sauvegarde."
        )
    try:
        manifest = Manifest(**said)
        is_whole = manifest.moment.tzinfo and (manifest.head is None or manifest.digest_of_head)
    except (TypeError, ValueError, LookupError):
        is_whole = False
    if not is_whole:
        raise RefusedError(f"{beside} est abîmé. {ANOTHER}")
    return manifest


def _why(error):
    return error.strerror if isinstance(error, OSError) else "ce n’est pas du JSON"
