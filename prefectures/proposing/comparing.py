"""A page held against the sheet that was made of it: what is new on it, what is no longer there."""

from ..models import Contact, Step
from ..text.naming import normalised
from . import found
from .proposal import digits, key_of


def is_known(proposal, sheet_keys):
    """Whether a sheet with ``sheet_keys`` leads already to what is proposed."""
    return bool(proposal.keys) and proposal.keys <= sheet_keys


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
