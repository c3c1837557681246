"""A page held against the sheet that was made of it: what is new on it, what is no longer there."""

import re

from ..models import Contact, Procedure, Step
from ..text.differences import text_of
from ..text.naming import normalised
from . import found
from .proposal import digits, key_of

# A step that leads nowhere is known by what one does.
SUM = re.compile(r"\d+(?:[.,]\d{2})?(?=\s?(?:€|euros?))")


def is_said(proposal, sheet, rows, page):
    """Whether ``sheet``, of these ``rows``, says already what is proposed of ``page``."""
    values = proposal.values
    if proposal.model is Procedure:
        if "refused_channels" in values:
            return values["refused_channels"] in sheet.refused_channels
        if "fees" in values:
            return _sums(values["fees"]) <= _sums(text_of(sheet.fees))
        return values["printed_date"] in {link.printed_date for link in sheet.links.all()}
    if not proposal.keys:
        return any(
            isinstance(row, Step) and row.kind == values["kind"]
            for row in rows
        )  # fmt: skip
    return proposal.keys <= keys_of_rows(rows) | {("url", page.address)}


def pairs(new, gone):
    """Return {number: row}: what is ``new`` on a page in the place of what is ``gone`` from it.

    Where one of its kind came and one went; by the number of the proposal among all.
    """
    found = {}
    new = [(number, each) for number, each in new if each.is_sure]
    for number, proposal in new:
        kind = proposal.values.get("kind")
        alike = [
            row for row in gone if isinstance(row, proposal.model) and row.kind == kind
        ]  # fmt: skip
        same = [
            other for _, other in new
            if other.model is proposal.model and other.values.get("kind") == kind and other.keys
        ]  # fmt: skip
        if len(alike) == len(same) == 1 and proposal.keys:
            found[number] = alike[0]
    return found


def gone_channels(sheet, reading):
    """Return the ways that ``sheet`` says are refused, and the page no longer does."""
    if sheet is None:
        return []
    told = {each.values.get("refused_channels") for each in reading.proposals}
    return [channel for channel in sheet.refused_channels if channel not in told]


def says_no_sum(sheet, page):
    """Whether ``sheet`` says what one pays, and ``page`` no longer names any of these sums."""
    if sheet is None or not sheet.fees:
        return False
    sums = _sums(text_of(sheet.fees))
    return bool(sums) and not sums & _sums(page.text)


def _sums(text):
    return set(SUM.findall(text))


def keys_of_rows(rows):
    """Return what the ``rows`` of a sheet (steps, contacts, links) lead to, as it is compared."""
    return {key_of(*each) for row in rows for each in leading_of(row)}


def leading_of(row):
    """Return [(what, value)] of all that a ``row`` of a sheet leads to: ("email", "a@b.fr")."""
    if isinstance(row, Contact):
        return [(row.kind, row.value)]
    names = ["address", "url", "email", "phone"] if isinstance(row, Step) else ["url"]
    return [(name, getattr(row, name)) for name in names if getattr(row, name)]


def is_gone(row, page):
    """Whether ``row``, of a sheet, leads to something that ``page`` no longer says."""
    return any(_is_missing(page, name, value) for name, value in leading_of(row))


def _is_missing(page, name, value):
    if name == "url":
        return value != page.address and not _has_url(page, value)
    if name == "email":
        return value.lower() not in _emails_of(page)
    if name == "phone":
        return digits(value) not in _digits_of(page)
    if name == "address":
        # By its lines: an envelope leaves out what a page says between two of them.
        text = f" {normalised(page.text)} "
        return not all(
            f" {normalised(line)} " in text for line in value.splitlines() if line.strip()
        )
    return False


def _has_url(page, url):
    hrefs = {href for line in page.lines for _, _, href in line.links}
    return url in hrefs or url.partition("://")[2] in page.text


def _emails_of(page):
    return {email.value.lower() for email in found.emails(page)}


def _digits_of(page):
    return "".join(digits(phone.value) + " " for phone in found.phones(page)) + "".join(
        sign for sign in page.text if sign.isdigit()
    )
