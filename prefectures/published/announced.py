"""What is announced to readers: the changesets that changed what they see, but minor ones.

As much is read of a changeset of a thousand sheets as of one of a few: the database counts the
rest. Nothing of it is read but what it tells readers.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, Min, OuterRef, Q, Subquery, Value, Window
from django.db.models.functions import Concat, RowNumber

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


@dataclass(frozen=True)
class Asked:
    """Which changes are asked for: of some départements (their codes), of one ``kind``, from before
    a moment (``until``), of sheets only that readers can open now (``is_online``).
    """

    departements: list | None = None
    kind: str | None = None
    until: datetime | None = None
    is_online: bool = False

    @property
    def is_rare(self):
        """Whether nearly no change is of that kind: most are changes of what is there already."""
        return self.kind in (NEW, WITHDRAWN)

    @property
    def rows(self):
        """Return the rows of ``PublishedDocument``, those of minor changesets among them."""
        rows = PublishedDocument.objects.all()
        if self.departements is not None:
            # Not by their index, which holds all that ever stood there: changesets are few.
            place = Concat("departement_id", Value(""))
            rows = rows.annotate(place=place).filter(place__in=self.departements)
        if self.until is not None:
            rows = rows.filter(at__lt=self.until)
        if self.is_online:
            rows = rows.filter(procedure__publication=Procedure.Publication.PUBLISHED)
        return rows.filter(KINDS[self.kind]()) if self.kind else rows


def _is_new():
    """Whether a row is the first of its sheet, or the first after it was withdrawn."""
    first = PublishedDocument.objects.order_by().values("procedure").annotate(first=Min("pk"))
    after = PublishedDocument.objects.filter(procedure=OuterRef("procedure"), pk__gt=OuterRef("pk"))
    back = PublishedDocument.objects.filter(sha256="").annotate(
        next=Subquery(after.order_by("pk").values("pk")[:1])
    )
    back = back.exclude(next=None).order_by().values("next")
    return Q(pk__in=first.values("first")) | Q(pk__in=back)


KINDS = {
    NEW: _is_new,
    CHANGED: lambda: ~Q(sha256="") & ~_is_new(),
    WITHDRAWN: lambda: Q(sha256=""),
}


def latest(asked, *, changesets, sheets, before=None):
    """Return the last ``changesets`` that are ``Asked`` for, of each its first ``sheets``.

    Only those older than the changeset ``before``, where one is given.
    """
    own = asked.rows.order_by().filter(changeset=OuterRef("pk"))
    count = own.values("changeset").annotate(count=Count("pk")).values("count")
    by_their_rows = Q(pk__in=asked.rows.order_by().values("changeset"))
    touching = by_their_rows if asked.is_rare else Exists(own)
    found = Changeset.objects.filter(touching, is_minor=False).annotate(count=Subquery(count))
    if before is not None:
        found = found.filter(pk__lt=before)
    found = found.only("public_reason").order_by("-pk")[:changesets]
    return _with_sheets(asked, list(found), sheets)


def change(changeset, *, sheets):
    """Return what is announced of a changeset (its number), with its first ``sheets``, or None."""
    asked = Asked()
    found = Changeset.objects.filter(pk=changeset, is_minor=False).only("public_reason")
    found = found.annotate(count=Value(asked.rows.filter(changeset=changeset).count()))
    return next(iter(_with_sheets(asked, list(found), sheets)), None)


def _with_sheets(asked, changesets, sheets):
    rank = Window(RowNumber(), partition_by=F("changeset_id"), order_by="pk")
    ranked = asked.rows.filter(changeset__in=changesets).order_by().annotate(rank=rank)
    first = PublishedDocument.objects.filter(pk__in=ranked.filter(rank__lte=sheets).values("pk"))
    is_online = Procedure.objects.published().filter(pk=OuterRef("procedure"))
    first = first.annotate(before_pk=of_row_before("pk"), is_online=Exists(is_online))
    first = first.select_related("departement").defer("content").order_by("pk")
    if asked.is_online:
        # The sheets as they are now, with what a link is made of, and of when they are.
        names = ("title", "slug", "updated_on", "departement__slug")
        now = [f"procedure__{name}" for name in names]
        first = first.select_related("departement", "procedure__departement").defer(None)
        own_columns = [field.name for field in PublishedDocument._meta.fields]
        first = first.only(*(name for name in own_columns if name != "content"), *now)
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
    whole = PublishedDocument.objects.order_by("pk").in_bulk(pks)
    for row in rows:
        row.content, row.before = whole[row.pk].content, whole.get(row.before_pk)
    return found


def of_row_before(name):
    """Return ``name`` of the row before, of the same sheet: NULL where there is none."""
    before = PublishedDocument.objects.filter(
        procedure=OuterRef("procedure"), pk__lt=OuterRef("pk")
    )
    return Subquery(before.order_by("-pk").values(name)[:1])
