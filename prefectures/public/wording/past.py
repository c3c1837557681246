"""When something was read, and what became of it since."""

from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format

KINDS = {
    "new": "nouvelle fiche",
    "back": "remise en ligne",
    "changed": "fiche modifiée",
    "verified": "fiche vérifiée, rien n’a changé",
    "withdrawn": "fiche retirée",
}


def long_day(day):
    """Return a day as one says it: "1er mars 2026"."""
    number = "1er" if day.day == 1 else day.day
    return f"{number} {date_format(day, 'F Y')}"


def clock(moment):
    """Return the time of ``moment`` in Paris: "10 h 12"."""
    moment = timezone.localtime(moment)
    return f"{moment.hour}\u00a0h\u00a0{moment.minute:02}"


def long_moment(moment):
    return f"{long_day(timezone.localtime(moment))} à {clock(moment)}"


def hours(day, begins, ends):
    """Return at what time of ``day`` something was there that ``begins`` and ``ends`` (or None)."""
    first, last = (
        timezone.make_aware(datetime.combine(each, time.min))
        for each in (day, day + timedelta(days=1))
    )
    is_from, is_until = begins > first, ends is not None and ends < last
    if is_from and is_until:
        if clock(begins) == clock(ends) and ends - begins < timedelta(minutes=1):
            return f"à {clock(begins)}, moins d’une minute"
        return f"de {clock(begins)} à {clock(ends)}"
    if is_from:
        return f"à partir de {clock(begins)}"
    if is_until:
        return f"jusqu’à {clock(ends)}"
    # Of a day that is not over nobody knows the rest.
    return "depuis minuit" if timezone.now() < last else "toute la journée"
