"""The last changesets, and the first sheets of each: the database counts the rest."""

from django.db.models import Count, Exists, F, OuterRef, Window
from django.db.models.functions import RowNumber

from ..models import Changeset


def latest(revisions, *, changesets, sheets, order_by=("procedure_id",)):
    """Return the last ``changesets`` of ``revisions``: [(changeset, revisions, how many others)].

    Of each, the first ``sheets`` revisions in this order: no more rows are read after an import of
    a thousand sheets than after the correction of a few.
    """
    touching = revisions.order_by().filter(changeset=OuterRef("pk"))
    last = Changeset.objects.filter(Exists(touching)).select_related("author").order_by("-pk")
    found = {changeset.pk: (changeset, []) for changeset in last[:changesets]}
    of_each = {"partition_by": F("changeset_id")}
    ranked = revisions.filter(changeset__in=found).annotate(
        rank=Window(RowNumber(), order_by=order_by, **of_each),
        count=Window(Count("pk"), **of_each),
    )
    for revision in ranked.filter(rank__lte=sheets).order_by("changeset_id", "rank"):
        found[revision.changeset_id][1].append(revision)
    # A colleague may have taken back, between the two questions, all that one touched.
    return [
        (changeset, rows, rows[0].count - len(rows)) for changeset, rows in found.values() if rows
    ]
