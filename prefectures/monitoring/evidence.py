"""What was fetched, as evidence: which of it goes with a version of a sheet, and how long it stays.

The digests, the days and who gave the address stay for ever. When the contents take more than
``settings.EVIDENCE_MB``, those of the readings that were seen longest ago go first: files before
texts, and never what a sheet is still held against.
"""

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q, Sum

from ..gate.reading_back import batches
from ..models import GivenAddress, KeptBytes, PageReading

HELD_AGAINST = ("accepted", "pending", "changed")


def readings_during(sheet, start, end):
    """Return the ``PageReading``s of the sources of a sheet (its key) between two moments.

    Of a source that nobody read within, the last one before. ``end`` is None where it is now.
    """
    own = PageReading.objects.filter(
        address__given_by__procedure=sheet, address__given_by__is_source=True
    )
    if end is not None:
        own = own.filter(first_seen_at__lt=end)
    within = Q(last_seen_at__gte=start)
    last = own.order_by().values("address").annotate(last=Max("pk")).values("last")
    found = own.filter(within | Q(pk__in=last)).select_related("address")
    return found.order_by("address", "pk")


def make_room():
    """Let go of the oldest contents until the rest fits; return how many went."""
    _forget_what_nobody_names()
    too_much = _weight() - settings.EVIDENCE_MB * 2**20
    gone = []
    for pk, size in _oldest_first() if too_much > 0 else ():
        gone.append(pk)
        too_much -= size
        if too_much <= 0:
            break
    for some in batches(gone):
        with transaction.atomic():
            KeptBytes.objects.filter(pk__in=some).update(content=None, kept_size=0)
    return len(gone)


def _forget_what_nobody_names():
    """Delete what a run that was killed kept, and did not come to note."""
    alone = KeptBytes.objects.filter(texts_of=None, originals_of=None).order_by()
    for some in batches(alone.values_list("pk", flat=True)):
        with transaction.atomic():
            KeptBytes.objects.filter(pk__in=some, texts_of=None, originals_of=None).delete()


def _weight():
    return KeptBytes.objects.aggregate(weight=Sum("kept_size"))["weight"] or 0


def _oldest_first():
    """Yield (key, size) of what may go: files, then texts, those last seen longest ago first."""
    needed = Q()
    for name in HELD_AGAINST:
        needed |= Q(pk__in=GivenAddress.objects.exclude(**{name: None}).values(name))
    kept = PageReading.objects.filter(needed).order_by()
    rows = KeptBytes.objects.filter(kept_size__gt=0).exclude(
        Q(pk__in=kept.values("text")) | Q(pk__in=kept.values("original"))
    )
    for kind in ("originals_of", "texts_of"):
        own = rows.annotate(last=Max(f"{kind}__last_seen_at")).exclude(last=None)
        yield from own.order_by("last", "pk").values_list("pk", "kept_size")
