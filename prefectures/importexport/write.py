"""A plan becomes a fact: one changeset, one transaction, the file's name as its reason."""

from ..gate.locking import locked
from ..gate.reading_back import newest_ids
from ..models import Changeset, Prefecture, Procedure, StaleVersionError, changeset
from ..sheets.kinds import OFFICES
from ..sheets.writing import write


def write_plan(plan, *, author, file_name, file_digest, reason=""):
    """Write what ``plan`` says; return the changeset.

    Raises StaleVersionError when a sheet or office changed since the plan was made, ValidationError
    and IntegrityError as every write does; then nothing was written.
    """
    words = f"Import de « {file_name} »" + (f" : {reason}" if reason else "")
    with changeset(
        words,
        origin=Changeset.Origin.IMPORT,
        author=author,
        file_name=file_name,
        file_digest=file_digest,
    ) as writing:
        _lock(plan, writing)
        write([row.change for row in plan.to_write])
        writing.close()
    return writing.record


def _lock(plan, writing):
    """Wait for whoever writes the same offices or sheets, then refuse if they did."""
    written = plan.to_write
    offices = {row.before.pk: row.key for row in written if row.kind is OFFICES and row.before}
    present = locked(Prefecture, offices)
    newest = newest_ids(Prefecture, offices)
    for pk, key in offices.items():
        if pk not in present or newest[pk] != plan.versions[key]:
            raise StaleVersionError(key)
    keys = {row.sheet_pk: row.key for row in written if row.sheet_pk}
    present = locked(Procedure, keys)
    for pk, key in keys.items():
        if pk not in present or present[pk].version != plan.versions[key]:
            raise StaleVersionError(key)
        writing.expect_version(present[pk])
