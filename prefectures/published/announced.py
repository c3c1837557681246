"""What is announced to readers: the changesets that changed what they see, but minor ones.

As much is read of a changeset of a thousand sheets as of one of a few: the database counts the
rest. Nothing of it is read but what it tells readers.
"""

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value, Window
from django.db.models.functions import Coalesce, RowNumber

from ..models import Changeset, Procedure, PublishedDocument

NEW, CHANGED, WITHDRAWN = "new", "changed", "withdrawn"


@dataclass
class Announced:
    """A changeset with the first ``rows`` that it gave readers, of ``count``.

    Of each row ``is_online`` says whether its sheet is there now; its content comes when asked for.
    """

    changeset: Changeset
    rows: list
    count: int

    @property
    def others(self):
        return self.count - len(self.rows)

    @property
    def at(self):
        return self.rows[0].at


def rows_announced(departements=None, kind=None, until=None):
    """Return the rows of ``PublishedDocument`` that are announced, of some départements only (their
    codes), of one ``kind`` only, from before a moment.
    """
    rows = PublishedDocument.objects.filter(changeset__is_minor=False)
    if departements is not None:
        rows = rows.filter(departement__in=departements)
    if until is not None:
        rows = rows.filter(at__lt=until)
    if kind == WITHDRAWN:
        return rows.filter(sha256="")
    if kind is not None:
        rows = rows.exclude(sha256="").annotate(
            sha256_before=Coalesce(_before("sha256"), Value(""))
        )
        is_new = Q(sha256_before="")
        rows = rows.filter(is_new if kind == NEW else ~is_new)
    return rows


def online(rows):
    """Return those of ``rows`` whose sheet readers can open now."""
    return rows.filter(procedure__publication=Procedure.Publication.PUBLISHED)


def latest(rows, *, changesets, sheets, before=None):
    """Return the last ``changesets`` of ``rows`` as ``Announced``, of each its first ``sheets``.

    Only those older than the changeset ``before``, where one is given.
    """
    own = rows.order_by().filter(changeset=OuterRef("pk"))
    count = own.values("changeset").annotate(count=Count("pk")).values("count")
    found = Changeset.objects.filter(Exists(own)).annotate(count=Subquery(count))
    if before is not None:
        found = found.filter(pk__lt=before)
    found = found.only("public_reason").order_by("-pk")[:changesets]
    return _with_sheets(rows, list(found), sheets)


def change(rows, changeset, *, sheets):
    """Return what is announced of a changeset (its number), with its first ``sheets``, or None."""
    found = Changeset.objects.filter(pk=changeset).only("public_reason")
    found = found.annotate(count=Value(rows.filter(changeset=changeset).count()))
    return next(iter(_with_sheets(rows, list(found), sheets)), None)


def _with_sheets(rows, changesets, sheets):
    rank = Window(RowNumber(), partition_by=F("changeset_id"), order_by="pk")
    ranked = rows.filter(changeset__in=changesets).order_by().annotate(rank=rank)
    first = PublishedDocument.objects.filter(pk__in=ranked.filter(rank__lte=sheets).values("pk"))
    is_online = Procedure.objects.published().filter(pk=OuterRef("procedure"))
    first = first.annotate(before_pk=_before("pk"), is_online=Exists(is_online))
    first = first.select_related("departement").defer("content").order_by("pk")
    own = {changeset.pk: [] for changeset in changesets}
    for row in first:
        own[row.changeset_id].append(row)
    found = [Announced(each, own[each.pk], each.count) for each in changesets]
    # Nothing is announced any more of what somebody took back between the questions.
    return [announced for announced in found if announced.rows]


def with_contents(found):
    """Give the rows of several ``Announced`` their content, and the row that each follows."""
    rows = [row for announced in found for row in announced.rows]
    pks = {row.before_pk for row in rows if row.before_pk} | {row.pk for row in rows}
    whole = PublishedDocument.objects.in_bulk(pks)
    for row in rows:
        row.content, row.before = whole[row.pk].content, whole.get(row.before_pk)
    return found


def _before(name):
    """Return ``name`` of the row before, of the same sheet: NULL where there is none."""
    before = PublishedDocument.objects.filter(
        procedure=OuterRef("procedure"), pk__lt=OuterRef("pk")
    )
    return Subquery(before.order_by("-pk").values(name)[:1])
