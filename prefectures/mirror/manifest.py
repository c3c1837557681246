"""What a mirror holds, to the byte: written into it, so that any copy of it can be verified."""

import json
import os
import stat
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from .faults import MirrorError
from .folder import SERVED

NAME = "manifest.json"
FORMAT = 1
# Of each kind, the names that are said; the others are counted.
MOST_NAMES = 20


@dataclass
class Manifest:
    """``files`` is {name: (SHA-256, size)} of all files but this one."""

    made_on: str
    site: str
    content: str
    files: dict

    def save(self, folder):
        content = {
            "format": FORMAT,
            "made_on": self.made_on,
            "site": self.site,
            "content": self.content,
            "files": {
                name: {"sha256": digest, "size": size}
                for name, (digest, size) in sorted(self.files.items())
            },
        }
        text = json.dumps(content, ensure_ascii=False)
        # A copy made of links shares the file that is there.
        (folder / NAME).unlink(missing_ok=True)
        (folder / NAME).write_text(text, encoding="utf-8")


def read(folder):
    """Return the ``Manifest`` of a mirror, or raise ``MirrorError`` where there is none."""
    try:
        content = json.loads((folder / NAME).read_text(encoding="utf-8"))
        files = {name: (each["sha256"], each["size"]) for name, each in content["files"].items()}
        return Manifest(content["made_on"], content["site"], content["content"], files)
    except FileNotFoundError:
        raise MirrorError(f"{folder} n’est pas un miroir : {NAME} n’y est pas.") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise MirrorError(f"{folder / NAME} ne se lit pas : il est abîmé.") from error


def checked(path, progress):
    """Return the manifest of any copy of a mirror, and what is wrong with it, in sentences."""
    path = Path(path)
    folder = path / SERVED if (path / SERVED / NAME).exists() else path
    manifest = read(folder)
    there = {_named(each, folder) for each in _files(folder)} - {NAME}
    missing = sorted(manifest.files.keys() - there)
    altered = []
    told = sorted(there & manifest.files.keys())
    for done, name in enumerate(told, 1):
        if not _is_as_told(folder / name, *manifest.files[name]):
            altered.append(name)
        progress("Vérification", done, len(told))
    extra = sorted(there - manifest.files.keys())
    faults = [
        *_said("Il manque", missing),
        *_said("N’est plus ce qu’il était :", altered),
        *_said("Est en trop :", extra),
    ]
    return manifest, faults


def _files(folder):
    for where, folders, names in os.walk(folder):
        # A link to a folder is one too many: nothing behind it is looked at.
        links = [name for name in folders if (Path(where) / name).is_symlink()]
        yield from (Path(where) / name for name in (*names, *links))


def _named(path, folder):
    return path.relative_to(folder).as_posix()


def _is_as_told(path, digest, size):
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode) or state.st_size != size:
            return False
        return sha256(path.read_bytes()).hexdigest() == digest
    except OSError:
        return False


def _said(words, names):
    yield from (f"{words} {name}" for name in names[:MOST_NAMES])
    left = len(names) - MOST_NAMES
    if left > 0:
        yield f"{words} {left} autres fichiers"
