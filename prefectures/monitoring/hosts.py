"""What is known of a site, besides its pages: whether it answers, and when it may be asked."""

from datetime import timedelta

from ..models import WatchedAddress, WatchedHost

# Tries in a row without any answer after which somebody is told: a day or more, of most sites.
FAILURES_TOLD = 5
# Sites that answered so far, and fall silent in one run.
FEWEST_AT_ONCE = 3
LONGEST_ALONE = timedelta(days=7)


def note_host(host, fetched, detail, at):
    """Note that ``host`` was asked ``at`` that moment: whether it answered, and how long to wait.

    ``detail`` says what went wrong, if anything did.
    """
    row, _ = WatchedHost.objects.get_or_create(host=host)
    if fetched.status is not None:
        row.failures, row.failing_since, row.detail = 0, None, ""
    else:
        row.failures += 1
        row.failing_since = row.failing_since or at
        row.detail = detail[:500]
    wait = timedelta(seconds=fetched.retry_after or 0)
    row.retry_at = at + min(wait, LONGEST_ALONE) if wait else None
    row.save()


def is_our_network(silent, heard):
    """Whether it is rather this machine that reaches nobody: where most sites fall silent at once.

    ``silent`` and ``heard`` are the sites that did not answer in a run, and those that did.
    """
    if not heard:
        # Of one site alone, nobody can tell.
        return len(silent) > 1
    answered_before = WatchedHost.objects.filter(host__in=silent, failures=0).count()
    return answered_before >= FEWEST_AT_ONCE and answered_before > len(heard)


def failing():
    """Return the sites that did not answer so often that somebody is told."""
    asked = WatchedAddress.objects.in_use().order_by().values("host")
    rows = WatchedHost.objects.filter(failures__gte=FAILURES_TOLD, host__in=asked)
    return rows.order_by("failing_since", "host")
