"""What readers saw of a sheet, and when: one question, however long its history is.

Of a changeset nothing else is read than what it tells readers.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple

from django.db.models import Q, Subquery, Value
from django.db.models.functions import Coalesce
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


class Now(NamedTuple):
    """Where a sheet stands, or stood last; whether readers see it, and as it was in a row."""

    departement: str
    slug: str
    is_online: bool
    is_as_it_was: bool


def document_of(row):
    """Return the ``Document`` of a ``PublishedDocument``, None of one that withdraws a sheet."""
    return kept(row.format, bytes(row.content)) if row.sha256 else None


def documents_of(procedure):
    """Return the ``PublishedDocument``s of a sheet (its key), newest first, without content."""
    return versions_of(procedure).defer("content")


def versions_of(procedure):
    """Return the ``PublishedDocument``s of a sheet (its key), newest first."""
    rows = PublishedDocument.objects.filter(procedure=procedure).order_by("-pk")
    return rows.select_related("changeset").only(*OWN, *TOLD)


LAST_KEY = 2**63 - 1
# What is read of a row, and of its changeset.
OWN = [field.name for field in PublishedDocument._meta.concrete_fields]
TOLD = ["changeset__public_reason", "changeset__is_minor"]


def last_at(code, slug):
    """Return the newest ``PublishedDocument`` of the sheet that stood last at an address, or None.

    Without its content; that sheet may stand elsewhere now, or nowhere.
    """
    there = PublishedDocument.objects.filter(departement=code, slug=slug).order_by("-pk")
    pk = there.values_list("procedure", flat=True).first()
    return documents_of(pk).first() if pk else None


def now_of(row):
    """Return what is ``Now`` of the sheet of a ``PublishedDocument``.

    Nothing else is read: pages of what is long past stay as they are when a sheet changes again.
    """
    own = PublishedDocument.objects.filter(procedure=row.procedure_id).order_by("-pk")
    said = own.annotate(is_online=~Q(sha256=""), is_as_it_was=Q(pk=row.pk))
    return Now(*said.values_list("departement", "slug", "is_online", "is_as_it_was")[0])


def version_of(procedure, changeset):
    """Return the ``PublishedDocument`` that a changeset (its number) gave a sheet, or None."""
    return versions_of(procedure).filter(changeset=changeset).first()


def first_of(procedure):
    """Return the first ``PublishedDocument`` of a sheet (its key), without content."""
    return documents_of(procedure).last()


def standing_at(code, slug, day=None):
    """Return the key of the sheet that stood last at an address, until the end of ``day`` if given.

    Where none had stood there by then, that of the first to come; None where none ever did.
    """
    there = PublishedDocument.objects.filter(departement=code, slug=slug)
    keys = there.values_list("procedure", flat=True)
    if day is None:
        return keys.order_by("-pk").first()
    return keys.filter(at__lt=_ends(day)).order_by("-pk").first() or keys.order_by("pk").first()


def standing_with(code, slug, changeset):
    """Return the key of the sheet to which ``changeset`` gave its content at this address."""
    there = PublishedDocument.objects.filter(departement=code, slug=slug, changeset=changeset)
    return there.exclude(sha256="").order_by("pk").values_list("procedure", flat=True).first()


def stood_before(code, slug, procedure):
    """Return the last ``PublishedDocument`` at an address before this sheet came there, or None."""
    there = PublishedDocument.objects.filter(departement=code, slug=slug)
    came = there.filter(procedure=procedure).order_by("pk").values("pk")[:1]
    before = there.filter(pk__lt=Subquery(came)).exclude(sha256="")
    return before.order_by("-pk").defer("content").first()


def during(procedure, day):
    """Return what readers saw of a sheet (its key) at some time of ``day``, in Paris, in order.

    Empty before it was ever published.
    """
    begins, ends = _begins(day), _ends(day)
    own = PublishedDocument.objects.filter(procedure=procedure)
    at_first = own.filter(at__lte=begins).order_by("-at", "-pk").values("pk")[:1]
    after = own.filter(at__gte=ends).order_by("at", "pk").values("pk")[:1]
    # In the order of their keys they were seen: what lies between two of them is read, no more.
    rows = own.filter(
        pk__gte=Coalesce(Subquery(at_first), Value(0)),
        pk__lte=Coalesce(Subquery(after), Value(LAST_KEY)),
    )
    rows = rows.select_related("changeset").only(*OWN, *TOLD).order_by("pk")
    pairs = pairwise([*rows, None])
    return [Shown(row, next_.at if next_ else None) for row, next_ in pairs if row.at < ends]


def _begins(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def _ends(day):
    return _begins(day + timedelta(days=1))
