"""A page held against the sheet that was made of it: what is new on it, what is no longer there."""

from ..models import Contact, Link, Step
from ..text.naming import normalised
from .flat import flat
from .proposal import digits, keys_of

# The shortest address that can be sought in a text without being found by chance.
LEAST_WORDS = 2


def is_known(proposal, sheet_keys):
    """Whether a sheet with ``sheet_keys`` leads already to what is proposed."""
    return bool(proposal.keys) and proposal.keys <= sheet_keys


def keys_of_rows(rows):
    """Return what the ``rows`` of a sheet (steps, contacts, links) lead to."""
    found = set()
    for row in rows:
        found |= keys_of({field.name: getattr(row, field.name) for field in row._meta.fields})
    return found


def is_gone(row, page):
    """Whether ``row``, of a sheet, leads to something that ``page`` no longer says.

    A link to the page itself, or one without an address, is never gone.
    """
    if isinstance(row, Link):
        return bool(row.url) and row.url != page.address and not _has_url(page, row.url)
    if isinstance(row, Contact):
        return _is_missing(page, row.kind, row.value)
    if isinstance(row, Step):
        told = [(name, getattr(row, name)) for name in ("address", "url", "email", "phone")]
        return any(_is_missing(page, name, value) for name, value in told if value)
    return False


def _is_missing(page, name, value):
    if name == "url":
        return value != page.address and not _has_url(page, value)
    if name == "email":
        return value.lower() not in _emails_of(page)
    if name == "phone":
        return digits(value) not in "".join(sign for sign in page.text if sign.isdigit())
    if name == "address":
        words = normalised(value).split()
        text = f" {normalised(page.text)} "
        # By its lines: an envelope leaves out what a page says between two of them.
        lines = [f" {normalised(line)} " for line in value.splitlines() if line.strip()]
        return len(words) >= LEAST_WORDS and not all(line in text for line in lines)
    return False


def _has_url(page, url):
    hrefs = {href for line in page.lines for _, _, href in line.links}
    return url in hrefs or url.removeprefix("http://").removeprefix("https://") in page.text


def _emails_of(page):
    from .found import emails

    links = {href.lower() for line in page.lines for _, _, href in line.links}
    return {email.value.lower() for email in emails(page)} | {
        link.removeprefix("mailto:") for link in links if link.startswith("mailto:")
    } | set(flat(page.text).split())  # fmt: skip
