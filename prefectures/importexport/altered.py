"""Texts that a spreadsheet has probably rewritten on its own: pointed out, never refused."""

import re

from django.db import models

from ..models import Contact
from ..models.fields import RichTextField

MONTH = (
    "(?:janv|févr|fevr|feb|mars|mar|avr|apr|mai|may|juin|jun|juil|jul|août|aug|sept|sep|oct|nov|"
    "déc|dec)"
)
NINE_DIGITS = re.compile(r"[1-9](?:[ .]?[0-9]){8}")
A_DATE = re.compile(
    rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?: [0-9:]+)?|{MONTH}\.?-[0-9]{{2}}|[0-9]{{1,2}}-{MONTH}\.?",
    re.IGNORECASE,
)
POWER_OF_TEN = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]+", re.IGNORECASE)


def doubt(planned, field, before, after):
    """Return a sentence if the text ``after`` of a row looks like a spreadsheet's doing, or ""."""
    is_text = isinstance(field, (models.CharField, models.TextField)) and not field.choices
    if not is_text or isinstance(field, RichTextField) or not after:
        return ""
    if before and before != after and before.lstrip("0") == after:
        return f"le zéro du début a disparu (« {before} »)."
    if _is_telephone(planned, field) and NINE_DIGITS.fullmatch(after):
        return "ce numéro n’a que neuf chiffres : un tableur a peut-être ôté le zéro du début."
    if A_DATE.fullmatch(after):
        return "un tableur a peut-être pris ce texte pour une date."
    if POWER_OF_TEN.fullmatch(after):
        return "un tableur a abrégé ce nombre : retapez-le en entier."
    return ""


def _is_telephone(planned, field):
    if field.model is Contact:
        return field.name == "value" and planned.after.values["kind"] == Contact.Kind.PHONE
    return field.name == "phone"
