"""What readers of a sheet are told of its addresses: since when one is dead, or a source changed.

Kept for the sheet at its version (``SheetAlert``): an edit takes it away at once, the address may
be another now, and what still holds is told again when the changeset is over. What readers see
moves with it, as with each edit.
"""

from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone

from ..gate.locking import wait_for_turn
from ..models import ContentVersion, GivenAddress, Procedure, SheetAlert
from ..models.watched import DAYS_OUT, WatchedAddress


def renew(pks=None):
    """Bring what readers are told of these sheets, or of all, to what is known of addresses now.

    Returns whether anything else is told than before. One short transaction.
    """
    with transaction.atomic():
        # A run and an editor may want to tell the same.
        wait_for_turn()
        told = SheetAlert.objects.all() if pks is None else SheetAlert.objects.filter(pk__in=pks)
        before = {row.pk: row for row in told}
        now = _alerts(pks)
        gone = [pk for pk in before if pk not in now]
        changed = [row for pk, row in now.items() if not _is_same(before.get(pk), row)]
        if gone:
            SheetAlert.objects.filter(pk__in=gone).delete()
        for row in changed:
            row.save()
        if gone or changed:
            ContentVersion.move()
        return bool(gone or changed)


def _is_same(before, now):
    names = ("version", "dead_since", "changed_since")
    return before is not None and all(getattr(before, name) == getattr(now, name) for name in names)


def _alerts(pks):
    """Return {key of the sheet: its ``SheetAlert``, not saved} of those that need one."""
    today = timezone.localdate()
    given = GivenAddress.objects.filter(
        is_given=True, procedure__publication=Procedure.Publication.PUBLISHED
    ).order_by()
    if pks is not None:
        given = given.filter(procedure__in=pks)
    long_ago = today - timedelta(days=DAYS_OUT)
    dead = WatchedAddress.objects.dead_before(long_ago)
    found = {}
    by_sheet = given.values("procedure", "procedure__version")
    for name, rows, day in (
        ("dead_since", by_sheet.filter(address__in=dead), "address__since"),
        ("changed_since", by_sheet.filter(changed__isnull=False), "changed_on"),
    ):
        for row in rows.annotate(first=models.Min(day)):
            pk = row["procedure"]
            alert = found.setdefault(
                pk, SheetAlert(procedure_id=pk, version=row["procedure__version"])
            )
            setattr(alert, name, row["first"])
    return found
