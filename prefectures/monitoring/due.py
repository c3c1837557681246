"""Which addresses the next run visits: the oldest first, site by site."""

from collections import defaultdict
from datetime import timedelta

from django.db.models import F, Q

from ..models import WatchedAddress, WatchedHost
from .visiting import MOST_IN_VAIN

# Once a day, though a run is never at the same minute.
EVERY = timedelta(hours=20)
# Two days that were missed.
OVERDUE_AFTER = timedelta(hours=68)


def due(now, most):
    """Return {host: addresses}, oldest first, of the ``most`` that have waited longest.

    Those of sites that asked to be left alone until later are left alone. Of a site that did not
    answer last time there are only as many as are tried in vain: the rest of it would stay the
    oldest, and take the place of others.
    """
    silent = set(WatchedHost.objects.filter(failures__gt=0).values_list("host", flat=True))
    alone = WatchedHost.objects.filter(retry_at__gt=now).values("host")
    rows = WatchedAddress.objects.in_use().exclude(host__in=alone)
    rows = rows.filter(Q(checked_at=None) | Q(checked_at__lte=now - EVERY))
    rows = rows.order_by(F("checked_at").asc(nulls_first=True), "pk")
    by_host, count = defaultdict(list), 0
    for row in rows.iterator(chunk_size=most):
        if row.host in silent and len(by_host[row.host]) >= MOST_IN_VAIN:
            continue
        by_host[row.host].append(row)
        count += 1
        if count == most:
            break
    return dict(by_host)


def is_overdue(now):
    """Say of an address that nobody visited it for too long, whatever kept the watch from it."""
    long_ago = now - OVERDUE_AFTER
    return Q(checked_at__lte=long_ago) | Q(checked_at=None, first_given_at__lte=long_ago)
