"""Whether what a sheet says holds, and of when it is."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from ...mirrored import copy_being_made
from .past import long_day
from .sentences import said as sentence

PROVISIONAL = noop("C’est provisoire : cela peut changer bientôt.")
BLOCKED = noop("Des personnes n’arrivent pas à déposer leur demande.")
SAID = {"provisional": PROVISIONAL, "blocked": BLOCKED}
# Where a sheet has steps all the same.
ASK_FIRST = noop("Demandez-lui d’abord si ces étapes valent pour vous.")

APPLIED = {
    "suspended": noop("L’ancienne façon de faire, à ne pas suivre"),
    "blocked": noop("La démarche habituelle, bloquée"),
}
APPLIED_ELSEWHERE = noop("Ce que disait la fiche, à ne pas suivre")

# Before a month that begins with a vowel.
ELIDED = ("avril", "août", "octobre")


def age(sheet):
    """Return of when the information is, and what that asks of its reader."""
    day = sheet.confirmed_on
    if day is None:
        return _warned(_("Information sans date"), sheet.is_stale)
    if copy_being_made():
        return _warned(_on_the_day(sheet, day), sheet.is_stale)
    if day == sheet.last_verified_on:
        words = _("Information vérifiée en %(month)s") % {"month": _month(day)}
        return _warned(words, sheet.is_stale)
    words = _("Information d’%(month)s") if _is_elided(day) else _("Information de %(month)s")
    return _warned(words % {"month": _month(day)}, sheet.is_stale)


def _on_the_day(sheet, day):
    """Return the whole date: a copy is read when months are no longer those that one thinks of."""
    is_verified = day == sheet.last_verified_on
    said = _("Information vérifiée le %(day)s") if is_verified else _("Information du %(day)s")
    return said % {"day": long_day(day)}


def ages(sheets):
    """Return of when the information of several sheets is, in one line."""
    said = {age(sheet) for sheet in sheets}
    if len(said) == 1:
        return said.pop()
    days = sorted(sheet.confirmed_on for sheet in sheets if sheet.confirmed_on)
    months = {"month": _month(days[0]), "last": _month(days[-1])}
    if months["month"] == months["last"]:
        of = (
            _("Informations d’%(month)s") if _is_elided(days[0]) else _("Informations de %(month)s")
        )
    elif _is_elided(days[0]):
        of = _("Informations d’%(month)s à %(last)s")
    else:
        of = _("Informations de %(month)s à %(last)s")
    words = of % months
    if len(days) < len(sheets):
        words = _("%(information)s, ou sans date") % {"information": words}
    return _warned(words, any(sheet.is_stale for sheet in sheets))


def _warned(words, is_stale):
    if not is_stale:
        return words
    return _("%(information)s : vérifiez auprès de la préfecture") % {"information": words}


def _month(day):
    return date_format(day, "YEAR_MONTH_FORMAT")


def _is_elided(day):
    """Whether French says "d’août" of the month."""
    return _month(day).startswith(ELIDED)


def alerts(sheet):
    """Return what the watch knows of the sheet's addresses, in sentences for its readers."""
    said = []
    if sheet.changed_since:
        # Not each source is the préfecture's: a lawyer's page may be all there is.
        words = (
            _("La page de la préfecture a changé depuis le %(day)s.")
            if sheet.speaks_for_the_state
            else _("Une page d’où vient l’information a changé depuis le %(day)s.")
        )
        said.append(words % {"day": date_format(sheet.changed_since)})
    if sheet.dead_since:
        words = _("Un lien de cette fiche ne répond plus depuis le %(day)s.")
        said.append(words % {"day": date_format(sheet.dead_since)})
    return said


def validity(sheet):
    """Return between which days the sheet holds, where it says so."""
    if copy_being_made():
        return _dated(sheet)
    if sheet.has_ended:
        return _("C’était valable jusqu’au %(day)s.") % {"day": date_format(sheet.valid_until)}
    if sheet.has_not_begun:
        return _("Ce sera valable à partir du %(day)s.") % {"day": date_format(sheet.valid_from)}
    if sheet.valid_until:
        return _("C’est valable jusqu’au %(day)s.") % {"day": date_format(sheet.valid_until)}
    return ""


def _dated(sheet):
    """Return the same as is true on any day: a copy is read on another one."""
    said = []
    if sheet.valid_from:
        said.append(_("Valable à partir du %(day)s.") % {"day": date_format(sheet.valid_from)})
    if sheet.valid_until:
        said.append(_("Valable jusqu’au %(day)s.") % {"day": date_format(sheet.valid_until)})
    return " ".join(said)


def situation(sheet):
    """Return what the title does not say of the situation, and when it was seen."""
    said = _(SAID[sheet.situation]) if sheet.situation in SAID else ""
    if sheet.situation == sheet.Situation.NOT_STATED and sheet.step_groups:
        said = _(ASK_FIRST)
    if sheet.is_closed and not (sheet.has_ended or sheet.has_not_begun) and sheet.confirmed_on:
        known = _("Constaté le %(day)s.") % {"day": date_format(sheet.confirmed_on)}
        said = f"{said} {known}".strip()
    return said


def meanwhile(sheet):
    """Return what one can do where there is nothing to file, or no way to."""
    return sentence("closed_meanwhile" if sheet.is_closed else "meanwhile")


def applied_title(sheet):
    """Return the title of the steps of a closed sheet, which nobody can take now."""
    if sheet.has_ended:
        return _("Ce qui valait jusqu’au %(day)s") % {"day": date_format(sheet.valid_until)}
    if sheet.has_not_begun:
        return _("Ce qui vaudra à partir du %(day)s") % {"day": date_format(sheet.valid_from)}
    return _(APPLIED.get(sheet.situation, APPLIED_ELSEWHERE))
