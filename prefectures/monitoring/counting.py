"""How many sheets wait for somebody, as the database counts: the desk asks each time it is opened.

What ``risk.py`` says of one sheet, said of all in the database's words; a test holds the two to
each other.
"""

from datetime import timedelta

from django.db.models import Count, Q

from ..models import Procedure, Step, Verdict
from ..models.age import months_ago, stale_since, today
from ..models.verification import confirmed_after
from ..models.watched import DAYS_OUT
from .queue import checked, snoozed, told_addresses
from .risk import MONTHS_OF_WHAT_PASSES, PASSING


def count_waiting():
    """Return how many sheets ``waiting`` would return."""
    published = Procedure.objects.published().order_by()
    counted = published.aggregate(all=Count("pk"), without=Count("pk", filter=without_risk()))
    return counted["all"] - counted["without"] - _asleep()


def _asleep():
    # Each was put off by hand: they are few, however many sheets there are.
    keys = list(snoozed().values_list("procedure", flat=True))
    return sum(bool(item.risks) and item.is_asleep for item in checked(keys)) if keys else 0


def without_risk():
    """Return the condition of a sheet that nothing speaks against."""
    goes_on = Q(valid_until=None) | Q(valid_until__gte=today())
    books = Step.objects.order_by().filter(kind=Step.Kind.BOOK_ONLINE).values("procedure")
    passes = Q(situation__in=PASSING) | Q(pk__in=books)
    seen_lately = ~passes | confirmed_after(months_ago(MONTHS_OF_WHAT_PASSES))
    return confirmed_after(stale_since()) & goes_on & seen_lately & ~Q(pk__in=_told_of())


def _told_of():
    out_lately = Q(
        address__verdict=Verdict.OUT,
        address__since__gt=today() - timedelta(days=DAYS_OUT),
        changed=None,
    )
    return told_addresses().exclude(out_lately).order_by().values("procedure")
