"""Zip containers (.xlsx, .ods, .zip): looked at before anything in them is unpacked."""

import io
import zipfile
import zlib

from .limits import MEGABYTE, MOST_BYTES_UNPACKED, refuse

MOST_MEMBERS = 500
DAMAGED_FILE = "Ce fichier est abîmé : enregistrez-le à nouveau depuis votre tableur."
# What reading a damaged member raises.
DAMAGED = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError,
    ValueError, KeyError,
)  # fmt: skip


def open_archive(content):
    """Return the ``ZipFile``. Raises FileRefusedError for one that would swell, or is broken."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        refuse(DAMAGED_FILE)
    members = archive.infolist()
    if not all(member.filename for member in members):
        refuse(DAMAGED_FILE)
    if len(members) > MOST_MEMBERS:
        refuse("Ce fichier contient trop de fichiers : ce n’est pas un tel tableau.")
    if sum(member.file_size for member in members) > MOST_BYTES_UNPACKED:
        size = MOST_BYTES_UNPACKED // MEGABYTE
        refuse(f"Une fois décompressé, ce fichier dépasse {size} Mo : il est refusé.")
    if any(member.flag_bits & 1 for member in members):
        refuse("Ce fichier est protégé par un mot de passe : enregistrez-le sans protection.")
    return archive


def read_member(archive, name):
    """Return the bytes of one file: never more than its entry said."""
    try:
        return archive.read(name)
    except DAMAGED:
        refuse(DAMAGED_FILE)
