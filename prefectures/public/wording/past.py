"""When something was read, and what became of it since."""

from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.utils.translation import pgettext

KINDS = {
    "new": noop("nouvelle fiche"),
    "back": noop("remise en ligne"),
    "changed": noop("fiche modifiée"),
    "verified": noop("fiche vérifiée, rien n’a changé"),
    "withdrawn": noop("fiche retirée"),
}


def long_day(day):
    """Return a day as one says it: "1er mars 2026"."""
    number = pgettext("premier jour du mois", "1er") if day.day == 1 else day.day
    return _("%(number)s %(month)s %(year)s") % {
        "number": number,
        "month": date_format(day, "F"),
        "year": day.year,
    }


def clock(moment):
    """Return the time of ``moment`` in Paris: "10 h 12"."""
    moment = timezone.localtime(moment)
    return _("%(hours)s h %(minutes)s") % {
        "hours": moment.hour,
        "minutes": f"{moment.minute:02}",
    }


def long_moment(moment):
    return _("%(day)s à %(time)s") % {
        "day": long_day(timezone.localtime(moment)),
        "time": clock(moment),
    }


def hours(day, begins, ends):
    """Return at what time of ``day`` something was there that ``begins`` and ``ends`` (or None)."""
    first, last = (
        timezone.make_aware(datetime.combine(each, time.min))
        for each in (day, day + timedelta(days=1))
    )
    is_from, is_until = begins > first, ends is not None and ends < last
    if is_from and is_until:
        if clock(begins) == clock(ends) and ends - begins < timedelta(minutes=1):
            return _("à %(time)s, moins d’une minute") % {"time": clock(begins)}
        return _("de %(begins)s à %(ends)s") % {"begins": clock(begins), "ends": clock(ends)}
    if is_from:
        return _("à partir de %(time)s") % {"time": clock(begins)}
    if is_until:
        return _("jusqu’à %(time)s") % {"time": clock(ends)}
    # Of a day that is not over nobody knows the rest.
    return _("depuis minuit") if timezone.now() < last else _("toute la journée")
