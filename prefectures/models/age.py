"""How old a piece of information is, in whole months, and from when on a reader is warned."""

from calendar import monthrange
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.exceptions import ValidationError
from django.utils import timezone

MONTHS_BEFORE_STALE = 6

_day_looked_from = ContextVar("day_looked_from", default=None)


def today():
    """Return the day on which readers are, in Paris; inside ``looked_from``, the day they asked."""
    return _day_looked_from.get() or timezone.localdate()


@contextmanager
def looked_from(day):
    """Say of what is old, ended or not begun yet what was said on ``day``."""
    token = _day_looked_from.set(day)
    try:
        yield
    finally:
        _day_looked_from.reset(token)


def months_since(day):
    """Return the whole months since ``day``: 0 until the same day of the next month."""
    now = today()
    months = (now.year - day.year) * 12 + now.month - day.month
    return max(0, months - (now.day < day.day))


def is_old(day):
    return months_since(day) >= MONTHS_BEFORE_STALE


def months_ago(months):
    """Return the day on which, or before which, information is that many months old today."""
    today = timezone.localdate()
    years, month = divmod(today.month - 1 - months, 12)
    year, month = today.year + years, month + 1
    return today.replace(year=year, month=month, day=min(today.day, monthrange(year, month)[1]))


def stale_since():
    """Return the day on which, or before which, information is old today."""
    return months_ago(MONTHS_BEFORE_STALE)


def refuse_future(day):
    """Refuse the date of something that was done, when it has yet to come."""
    if day > timezone.localdate():
        raise ValidationError("Cette date est dans l’avenir.", code="future")
