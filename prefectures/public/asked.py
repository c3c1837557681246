"""What is asked for in an address: a place, a day, a version; what makes no sense is told."""

import re
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from .pages import NoAnswerError
from .wording import long_day

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Keys of the database are shorter.
NUMBER = re.compile(r"[1-9][0-9]{0,17}")
# Nothing was published before; far earlier, a day of Paris is none of the database.
FIRST_YEAR = 2000
LONGEST_SHOWN = 40


def shortened(text):
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def code_of(slug):
    """Return the code of the département that an address names: "34" of "34-herault"."""
    return slug.partition("-")[0].upper()


def day_of(text, links=(), status=404):
    """Return the day of an address, "2026-03-09"; what is no day, or yet to come, has no answer."""
    day = None
    if DAY.fullmatch(text):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = None
    if day is None:
        raise NoAnswerError(
            _("Ce n’est pas une date"),
            _(
                "« %(text)s » n’est pas une date. Écrivez l’année, le mois et le jour, "
                "ainsi : 2026-03-09."
            )
            % {"text": shortened(text)},
            links,
            status,
        )
    if day.year < FIRST_YEAR:
        raise NoAnswerError(
            _("Ce jour est trop ancien"),
            _("Ce site n’existait pas le %(day)s.") % {"day": long_day(day)},
            links,
            status,
        )
    if day > timezone.localdate():
        raise NoAnswerError(
            _("Ce jour n’est pas encore venu"),
            _("Nous ne savons pas encore ce que dira cette page le %(day)s.")
            % {"day": long_day(day)},
            links,
            status,
        )
    return day


def number_of(text, links=()):
    """Return the number of a version in an address; what is none has no answer."""
    if not NUMBER.fullmatch(text):
        raise NoAnswerError(
            _("Cette version n’existe pas"),
            _("« %(text)s » n’est pas le numéro d’une version.") % {"text": shortened(text)},
            links,
            400,
        )
    return int(text)
