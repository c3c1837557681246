"""A plan becomes a fact: one changeset, one transaction, the file's name as its reason."""

from collections import defaultdict

from django.db.models import Max

from ..models import Changeset, Prefecture, Procedure, StaleVersionError, changeset
from ..models.bulk import add_all
from ..models.reading_back import batches
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
            _write_owners([row for row in plan.rows if row.kind is kind])
        for kind in PARTS:
            _write_parts(kind.model, [row for row in plan.rows if row.kind is kind])
        _quote([row for row in plan.rows if row.quoted_link])
        writing.close()
    return writing.record


def _lock(plan, writing):
    """Wait for whoever writes the same sheets, then refuse if they did."""
    written = plan.with_status(ADDED, CHANGED, REMOVED)
    sheets = {_sheet(row).pk: _sheet(row) for row in written if row.kind is not OFFICES}
    for some in batches(sorted(pk for pk in sheets if pk)):
        locked = Procedure.objects.select_for_update().filter(pk__in=some).order_by("pk")
        versions = dict(locked.values_list("pk", "version"))
        for pk in some:
            if versions.get(pk) != sheets[pk].version:
                raise StaleVersionError(sheets[pk])
            writing.expect_version(sheets[pk])
    offices = [row for row in written if row.kind is OFFICES and not row.is_new]
    list(Prefecture.objects.select_for_update().filter(pk__in=[row.instance.pk for row in offices]))
    for row in offices:
        newest = row.instance.history.aggregate(newest=Max("history_id"))["newest"]
        if newest != plan.versions[row.key]:
            raise StaleVersionError(row.instance)


def _sheet(row):
    return row.instance if row.kind is SHEETS else row.instance.procedure


def _write_owners(rows):
    for row in rows:
        if row.status == REMOVED:
            row.instance.delete()
        elif row.status == CHANGED:
            row.instance.save()
            for name, keys in row.related.items():
                getattr(row.instance, name).set(keys)
    new = [row for row in rows if row.status == ADDED]
    if new:
        names = {name for row in new for name in row.related}
        add_all(
            [row.instance for row in new],
            {name: [row.related.get(name, ()) for row in new] for name in names},
        )


def _write_parts(model, rows):
    for row in rows:
        if row.status == REMOVED:
            row.instance.delete()
        elif row.status == CHANGED:
            row.instance.save()
    new = [row.instance for row in rows if row.status == ADDED]
    for part in new:
        # The sheet may have had no key when the part was planned.
        part.procedure_id = part.procedure.pk
    _give_numbers(model, new)
    add_all(new)


def _give_numbers(model, parts):
    """Number the new parts that have none; the history knows those that were removed, too."""
    sheets = {part.procedure_id for part in parts if part.number is None}
    last = defaultdict(int)
    for some in batches(sorted(sheets)):
        for rows in (model._base_manager, model.history):
            given = rows.filter(procedure_id__in=some).order_by().values_list("procedure_id")
            for pk, number in given.annotate(Max("number")):
                last[pk] = max(last[pk], number)
    for part in parts:
        if part.number is not None:
            last[part.procedure_id] = max(last[part.procedure_id], part.number)
    for part in parts:
        if part.number is None:
            last[part.procedure_id] += 1
            part.number = last[part.procedure_id]


def _quote(rows):
    for row in rows:
        row.instance.quoted_from = row.instance.links.get(number=row.quoted_link)
        row.instance.save()
