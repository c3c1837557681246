"""What readers saw of a sheet, and when: one question, however long its history is."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise

from django.db.models import Q
from django.utils import timezone

from ..models import PublishedDocument
from .document import kept


@dataclass
class Shown:
    """What readers saw from ``row.at`` ``until`` another moment (None: they see it still)."""

    row: PublishedDocument
    until: datetime | None

    @property
    def document(self):
        """Return what they saw; None where it was nothing, as the sheet was withdrawn."""
        return document_of(self.row)


def document_of(row):
    """Return the ``Document`` of a ``PublishedDocument``, None of one that withdraws a sheet."""
    return kept(row.format, bytes(row.content)) if row.sha256 else None


def documents_of(procedure):
    """Return the ``PublishedDocument``s of a sheet (its key), newest first, without content."""
    rows = PublishedDocument.objects.filter(procedure=procedure).order_by("-pk")
    return rows.select_related("changeset").defer("content")


def last_at(code, slug):
    """Return the newest ``PublishedDocument`` of the sheet that stood last at an address, or None.

    Without its content; that sheet may stand elsewhere now, or nowhere.
    """
    there = PublishedDocument.objects.filter(departement=code, slug=slug).order_by("-pk")
    pk = there.values_list("procedure", flat=True).first()
    return documents_of(pk).first() if pk else None


def during(procedure, day):
    """Return what readers saw of a sheet (its key) at some time of ``day``, in Paris, in order.

    Empty before it was ever published.
    """
    begins, ends = (
        timezone.make_aware(datetime.combine(each, time.min))
        for each in (day, day + timedelta(days=1))
    )
    own = PublishedDocument.objects.filter(procedure=procedure)
    at_first = own.filter(at__lte=begins).order_by("-at", "-pk").values("pk")[:1]
    after = own.filter(at__gte=ends).order_by("at", "pk").values("pk")[:1]
    on_the_day = Q(at__gt=begins, at__lt=ends)
    rows = own.filter(Q(pk__in=at_first) | on_the_day | Q(pk__in=after)).order_by("pk")
    pairs = pairwise([*rows.select_related("changeset"), None])
    return [Shown(row, next_.at if next_ else None) for row, next_ in pairs if row.at < ends]
