"""Putting a backup back: all that can be known of it is known before it replaces anything."""

from datetime import UTC, datetime
from typing import NamedTuple

import psycopg
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from ..gate.migrated import is_behind
from ..models import changeset
from ..sealing import guarding
from ..sealing.sealing import Head, head
from ..sealing.verifying import Verifier
from . import contents, engines
from . import manifest as manifests
from .folder import STAMP
from .manifest import ANOTHER
from .refusing import RefusedError
from .standing_in import standing_in


class Restored(NamedTuple):
    """``head`` is that of the history now, ``kept`` what the database of before is called."""

    head: Head
    kept: str


def restore(path, confirm, on_progress=None):
    """Put the backup at ``path`` in the place of the site's database; return ``Restored``.

    ``confirm(manifest, name, lost)`` is called when all is verified: what it raises stops
    everything. ``name`` is what the database is called that will be replaced, ``lost`` the head of
    its history, None if it has none or cannot be read.

    Raises RefusedError, with the site's database as it was.
    """
    try:
        return _restore(path, confirm, on_progress)
    except OSError as error:
        raise RefusedError(f"{error.filename or path} : {error.strerror or error}.") from error
    except (DatabaseError, psycopg.Error, CommandError) as error:
        raise RefusedError(
            f"La sauvegarde n’a pas pu être remise ({str(error).strip()}). La base du site est "
            "telle qu’elle était."
        ) from error


def _restore(path, confirm, on_progress):
    manifest = manifests.read(path)
    engine = engines.of(connection)
    if manifest.engine != engine.NAME:
        raise RefusedError(
            f"Cette sauvegarde est celle d’une base {engines.in_words(manifest.engine)}, et le "
            f"site est réglé sur {engine.IN_WORDS} : voyez DATABASE_URL."
        )
    if not manifest.fits(path):
        raise RefusedError(
            f"{path} n’est pas, à l’octet près, ce qui a été sauvegardé : ce fichier est abîmé, ou "
            f"c’en est un autre. {ANOTHER}"
        )
    with engine.aside(connection, path, manifest) as aside:
        with standing_in(aside.connection):
            verify(manifest, on_progress)
            _leave_a_trace(manifest)
            now = head()
        confirm(manifest, engine.named(connection), _head_of_site(engine))
        kept = aside.put_in_place(datetime.now(UTC).strftime(STAMP))
    return Restored(now, kept)


def verify(manifest, on_progress=None):
    """Refuse a copy, which stands in, that is not whole, or not what was backed up."""
    unknown = contents.unknown_migration()
    if unknown:
        raise RefusedError(
            f"Cette sauvegarde vient d’une autre version du site, plus récente : sa base a la "
            f"migration {unknown}, que celle-ci ne connaît pas. Installez cette version, puis "
            "relancez cette commande."
        )
    if contents.counts() != manifest.tables:
        raise RefusedError(
            f"La sauvegarde ne contient pas ce que dit son fichier {manifests.path_beside('')} : "
            f"une table a plus de lignes, ou moins. {ANOTHER}"
        )
    was_behind = is_behind(connection)
    call_command("migrate", interactive=False, verbosity=0)
    guarding.install()
    verifier = Verifier(manifest.digest_of_head, on_progress)
    fault = next(verifier.faults(), None)
    if fault:
        raise RefusedError(f"L’historique de la sauvegarde a été touché. {fault} {ANOTHER}")
    if manifest.head and verifier.head_at is None:
        raise RefusedError(
            "La sauvegarde n’a pas la tête de l’historique que dit son fichier : la fin en a été "
            f"coupée, ou toute la chaîne refaite. {ANOTHER}"
        )
    # A migration that was run just now may have to change history, and says so.
    if not was_behind and any(s.number > (verifier.head_at or 0) for s in verifier.rewritten):
        raise RefusedError(
            "Après la tête que dit le fichier de la sauvegarde, son historique a été réécrit. "
            f"{ANOTHER}"
        )


def _leave_a_trace(manifest):
    """Have readers see the content anew, the history tell of it, and everybody sign in again.

    Sessions that were ended since would be open again.
    """
    Session.objects.all().delete()
    at = timezone.localtime(manifest.moment)
    reason = f"Retour à la sauvegarde du {at:%d/%m/%Y à %H:%M}"
    with changeset(reason, is_minor=True, is_kept_empty=True) as writing:
        writing.changes_names_everywhere = True


def _head_of_site(engine):
    """Return the head of the database that is about to be replaced, None where it tells of none."""
    try:
        return head() if engine.is_there(connection) else None
    except DatabaseError:
        return None
    finally:
        connection.close()
