"""Whether what a sheet says holds, and of when it is."""

from django.utils.formats import date_format

from .sentences import SENTENCES

VERIFY = "vérifiez auprès de la préfecture"

PROVISIONAL = "C’est provisoire : cela peut changer bientôt."
BLOCKED = "Des personnes n’arrivent pas à déposer leur demande."
SAID = {"provisional": PROVISIONAL, "blocked": BLOCKED}
# Where a sheet has steps all the same.
ASK_FIRST = "Demandez-lui d’abord si ces étapes valent pour vous."

APPLIED = {
    "suspended": "L’ancienne façon de faire, à ne pas suivre",
    "blocked": "La démarche habituelle, bloquée",
}
APPLIED_ELSEWHERE = "Ce que disait la fiche, à ne pas suivre"

# Before a month that begins with a vowel.
ELIDED = ("avril", "août", "octobre")


def age(sheet):
    """Return of when the information is, and what that asks of its reader."""
    day = sheet.confirmed_on
    if day is None:
        return _warned("Information sans date", sheet.is_stale)
    if day == sheet.last_verified_on:
        return _warned(f"Information vérifiée en {_month(day)}", sheet.is_stale)
    return _warned(f"Information {_of_month(day)}", sheet.is_stale)


def ages(sheets):
    """Return of when the information of several sheets is, in one line."""
    said = {age(sheet) for sheet in sheets}
    if len(said) == 1:
        return said.pop()
    days = sorted(sheet.confirmed_on for sheet in sheets if sheet.confirmed_on)
    months = list(dict.fromkeys(_of_month(day) for day in days))
    of = months[0] if len(months) == 1 else f"{months[0]} à {_month(days[-1])}"
    undated = ", ou sans date" if len(days) < len(sheets) else ""
    return _warned(f"Informations {of}{undated}", any(sheet.is_stale for sheet in sheets))


def _warned(said, is_stale):
    return f"{said} : {VERIFY}" if is_stale else said


def _month(day):
    return date_format(day, "F Y")


def _of_month(day):
    month = _month(day)
    return f"d’{month}" if month.startswith(ELIDED) else f"de {month}"


def validity(sheet):
    """Return between which days the sheet holds, where it says so."""
    if sheet.has_ended:
        return f"C’était valable jusqu’au {date_format(sheet.valid_until)}."
    if sheet.has_not_begun:
        return f"Ce sera valable à partir du {date_format(sheet.valid_from)}."
    if sheet.valid_until:
        return f"C’est valable jusqu’au {date_format(sheet.valid_until)}."
    return ""


def situation(sheet):
    """Return what the title does not say of the situation, and when it was seen."""
    said = SAID.get(sheet.situation, "")
    if sheet.situation == sheet.Situation.NOT_STATED and sheet.step_groups:
        said = ASK_FIRST
    if sheet.is_closed and not (sheet.has_ended or sheet.has_not_begun) and sheet.confirmed_on:
        known = f"Constaté le {date_format(sheet.confirmed_on)}."
        said = f"{said} {known}".strip()
    return said


def meanwhile(sheet):
    """Return what one can do where there is nothing to file, or no way to."""
    return SENTENCES["closed_meanwhile" if sheet.is_closed else "meanwhile"]


def applied_title(sheet):
    """Return the title of the steps of a closed sheet, which nobody can take now."""
    if sheet.has_ended:
        return f"Ce qui valait jusqu’au {date_format(sheet.valid_until)}"
    if sheet.has_not_begun:
        return f"Ce qui vaudra à partir du {date_format(sheet.valid_from)}"
    return APPLIED.get(sheet.situation, APPLIED_ELSEWHERE)
