"""A plan becomes a fact: one changeset, one transaction, the file's name as its reason."""

from ..models import Changeset, changeset
from ..sheets.kinds import ALONE
from ..sheets.locking import lock_as_read
from ..sheets.writing import write


def write_plan(plan, *, author, file_name, file_digest, reason=""):
    """Write what ``plan`` says; return the changeset.

    Raises StaleVersionError when something changed since the plan was made, ValidationError
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
    """Wait for whoever writes the same things, then refuse if they did."""
    old = [row for row in plan.to_write if row.kind not in ALONE and row.sheet_pk]
    sheets = {row.sheet_pk: plan.versions[row.owner] for row in old}
    alone = {
        kind.model: {
            row.before.pk: plan.versions[row.owner]
            for row in plan.to_write
            if row.kind is kind and row.before
        }
        for kind in ALONE
    }
    for sheet in lock_as_read(sheets, alone).values():
        writing.expect_version(sheet)
