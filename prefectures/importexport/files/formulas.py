"""What a spreadsheet would run or alter: harmless when it leaves, exact when it returns.

In CSV, whose cells have no type, an apostrophe is put in front, as people do by hand: before what
looks like a formula, at the head of a cell or behind a sign that separates cells elsewhere, and
before a number or date that would be rewritten (0467000000, 8/12, avril 2021). Reading takes one
off in the very same places. An XLSX or ODS cell says that it is text and needs none; but a CSV may
have been saved as such a workbook, so that reading takes one off there too, and an apostrophe of
the text's own gets a second one.
"""

import re

# "|" and "%" start a formula in some spreadsheets; some skip spaces and quotes before it.
FORMULA = r"(?:[^\S\t\r\n]|\")*[=+\-@|%＝＋－＠]"
# An excerpt of what spreadsheets take for a number or a date, when nothing else is in the cell:
# digits, signs and at most the words of a date. A short whole number stays as it is.
MONTHS = (
    "janvier|janv|jan|février|fevrier|févr|fevr|fév|fev|feb|mars|mar|avril|avr|apr|mai|may|juin|"
    "juillet|juil|jun|jul|août|aout|aug|septembre|sept|sep|octobre|oct|novembre|nov|décembre|"
    "decembre|déc|dec"
)
DAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mer|jeu|ven|sam|dim"
NUMBER_OR_DATE = (
    r"(?!(?:0|[1-9][0-9]{0,10})\Z)(?=[^0-9]*[0-9])"
    rf"(?:{MONTHS}|{DAYS}|er|am|pm|[\s0-9.,:/()°’'€$£%+\-eEhH])+\Z"
)
TRUTH = r"(?:vrai|faux|true|false)\Z"
AT_THE_HEAD = rf"(?:{FORMULA}|[\t\r\n]|{NUMBER_OR_DATE}|{TRUTH})"
BEHIND_A_SEPARATOR = r"(?<=[,;\t\r\n])"


def _places(apostrophes):
    return rf"(?:\A(?={apostrophes}{AT_THE_HEAD})|{BEHIND_A_SEPARATOR}(?={apostrophes}{FORMULA}))"


TO_PROTECT = re.compile(_places("'*"), re.IGNORECASE)
TO_DOUBLE = re.compile(_places("'+"), re.IGNORECASE)
PROTECTED = re.compile(
    rf"\A'(?='*{AT_THE_HEAD})|{BEHIND_A_SEPARATOR}'(?='*{FORMULA})", re.IGNORECASE
)


def made_harmless(text):
    """Return ``text`` for a cell without type."""
    return TO_PROTECT.sub("'", text)


def kept_as_it_is(text):
    """Return ``text`` for a cell that is text: what ``as_it_was`` would take off is doubled."""
    return TO_DOUBLE.sub("'", text) if "'" in text else text


def as_it_was(text):
    return PROTECTED.sub("", text) if "'" in text else text
