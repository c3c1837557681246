"""A plan becomes a fact: one changeset, one transaction, the file's name as its reason."""

from ..gate.bulk import add_all, change_all, remove_all
from ..gate.locking import locked
from ..gate.reading_back import batches, newest_ids
from ..models import Changeset, Link, Prefecture, Procedure, StaleVersionError, changeset
from ..models.numbering import give_numbers
from .known import PARTS
from .plan import ADDED, CHANGED, REMOVED
from .resources import OFFICES, SHEETS


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
        for kind in (OFFICES, SHEETS):
            _write_owners(kind.model, [row for row in plan.rows if row.kind is kind])
        for kind in PARTS:
            _write_parts(kind.model, [row for row in plan.rows if row.kind is kind])
        _quote([row for row in plan.rows if row.quoted_link])
        writing.close()
    return writing.record


def _lock(plan, writing):
    """Wait for whoever writes the same offices or sheets, then refuse if they did."""
    written = plan.with_status(ADDED, CHANGED, REMOVED)
    offices = {row.instance.pk: row for row in written if row.kind is OFFICES and not row.is_new}
    locked(Prefecture, offices)
    newest = newest_ids(Prefecture, offices)
    for pk, row in offices.items():
        if newest.get(pk) != plan.versions[row.key]:
            raise StaleVersionError(row.instance)
    sheets = {_sheet(row).pk: _sheet(row) for row in written if row.kind is not OFFICES}
    sheets.pop(None, None)
    present = locked(Procedure, sheets)
    for pk, sheet in sheets.items():
        if pk not in present or present[pk].version != sheet.version:
            raise StaleVersionError(sheet)
        writing.expect_version(sheet)


def _sheet(row):
    return row.instance if row.kind is SHEETS else row.instance.procedure


def _write_owners(model, rows):
    remove_all(model, [row.instance.pk for row in rows if row.status == REMOVED])
    changed, new = ([row for row in rows if row.status == status] for status in (CHANGED, ADDED))
    change_all(
        [row.instance for row in changed],
        {
            name: {row.instance.pk: row.related[name] for row in changed if name in row.related}
            for name in _related_names(changed)
        },
    )
    add_all(
        [row.instance for row in new],
        {name: [row.related.get(name, ()) for row in new] for name in _related_names(new)},
    )


def _related_names(rows):
    return {name for row in rows for name in row.related}


def _write_parts(model, rows):
    remove_all(model, [row.instance.pk for row in rows if row.status == REMOVED])
    change_all([row.instance for row in rows if row.status == CHANGED])
    new = [row.instance for row in rows if row.status == ADDED]
    for part in new:
        # The sheet may have had no key when the part was planned.
        part.procedure_id = part.procedure.pk
    give_numbers(model, new)
    add_all(new)


def _quote(rows):
    """Let the sheets quote links that came with the file."""
    quoting = {(row.instance.pk, row.quoted_link): row.instance for row in rows}
    for some in batches({pk for pk, _ in quoting}):
        links = Link.objects.filter(procedure__in=some).values_list("procedure", "number", "pk")
        for pk, number, link in links:
            if (pk, number) in quoting:
                quoting[pk, number].quoted_from_id = link
    change_all([row.instance for row in rows])
