"""Making a backup: what is in it is known before it counts."""

from typing import NamedTuple

from django.db import DatabaseError, connection

from ..models import Seal
from ..sealing.sealing import head
from . import contents, engines
from .folder import BackupFolder
from .manifest import Manifest, digest_of_file
from .refusing import RefusedError


class Made(NamedTuple):
    """``dropped`` are older ones that were deleted, ``left`` those that may not be ours."""

    path: object
    manifest: Manifest
    dropped: list
    left: list


def make(folder, keep):
    """Make a backup in ``folder``, keep the ``keep`` newest; return it as ``Made``.

    Raises RefusedError, with nothing half made.
    """
    there = BackupFolder(folder)
    try:
        return _make(there, keep)
    except OSError as error:
        place = error.filename or folder
        raise RefusedError(
            f"Rien n’a été sauvegardé : {place}, {error.strerror or error}. Vérifiez le dossier, "
            "ses droits et la place qui reste."
        ) from error
    except DatabaseError as error:
        raise RefusedError(
            f"Rien n’a été sauvegardé : la base ne répond pas comme il faut ({error})."
        ) from error


def _make(folder, keep):
    engine = engines.of(connection)
    with folder.drafting() as draft:
        size = engine.size(connection)
        folder.require_room(engine.room_for_copy(connection))
        # Before the copy, which so contains it.
        sealed = head()
        packed = draft / "packed"
        moment, name = folder.free_name(engine.SUFFIX)
        with engine.copied(connection, draft, packed):
            _require_head(sealed)
            tables, last_migration = contents.counts(), contents.last_migration()
        manifest = Manifest(
            file=name,
            at=moment.isoformat(),
            engine=engine.NAME,
            size=packed.stat().st_size,
            sha256=digest_of_file(packed),
            unpacked_size=size,
            head=sealed and _told(sealed),
            last_migration=last_migration,
            tables=tables,
        )
        path = folder.add(packed, manifest)
        return Made(path, manifest, *folder.drop_old(keep))


def _require_head(sealed):
    found = Seal.objects.filter(number=sealed.number, digest=sealed.digest) if sealed else None
    if found is not None and not found.exists():
        raise RefusedError(
            f"La copie ne contient pas le sceau n° {sealed.number}, qui était là avant elle : la "
            "base a été remplacée entre-temps. Relancez la sauvegarde."
        )


def _told(sealed):
    return {
        "number": sealed.number,
        "digest": sealed.digest,
        "sealed_at": sealed.sealed_at.isoformat(),
    }
