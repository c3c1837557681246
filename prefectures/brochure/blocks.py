"""What a brochure is made of: dictionaries of texts, which ``brochure.typ`` sets.

All that people wrote is in them as data. Nothing of it is read as markup, whatever it holds.
"""

import unicodedata
from urllib.parse import urlsplit, urlunsplit

from django.utils.encoding import iri_to_uri

from .breaking import pieces
from .coverage import printable

# No sheet has a longer one; a PDF leads to none of 8,000 bytes, three for a letter of ours.
LONGEST_URL = 2000
# Of a title, which has to have one (ISO 14289-1, 7.4).
NO_WORDS = "(sans titre)"

# --- Runs: what stands within a line -----------------------------------------------------------


def run(text, *, strong=False, emphasised=False, url="", label=""):
    """Return words that look alike; they lead to ``url``, or to what bears the ``label``."""
    return {
        "pieces": pieces(printable(text)),
        "strong": strong,
        "emphasised": emphasised,
        "url": _in_ascii(url),
        "label": label,
    }


def _in_ascii(url):
    """Return ``url`` in the letters that one in a PDF is made of (ISO 32000-1, 12.6.4.7), or ""."""
    if len(url) > LONGEST_URL:
        return ""
    try:
        parts = urlsplit(url)
        host = parts.netloc.encode("idna").decode()
    except ValueError:
        # A host that is none: browsers will say so.
        return iri_to_uri(url)
    return iri_to_uri(urlunsplit(parts._replace(netloc=host)) if host else url)


LINE_END = {"line_end": True}


def lines(text, **look):
    """Return the runs of a plain text on one or several lines."""
    found = []
    for line in text.split("\n"):
        found += [LINE_END] if found else []
        found.append(run(line, **look))
    return found


def address(url):
    """Return the runs of an address in full, which leads where it says."""
    return [run(url, url=url)]


# --- Blocks ------------------------------------------------------------------------------------


def heading(level, words, *, is_listed=False, label=""):
    """Return a title; one that ``is_listed`` stands in the contents and among the bookmarks."""
    return {
        "is": "heading",
        "level": level,
        "runs": lines(words if _is_seen(words) else NO_WORDS),
        "is_listed": is_listed,
        "label": label,
    }


def _is_seen(text):
    """Whether anything of ``text`` is to be seen."""
    return any(unicodedata.category(sign) not in ("Cc", "Cf", "Zs", "Zl", "Zp") for sign in text)


def paragraph(*runs, look=""):
    """Return a paragraph; ``look`` is "lead", "note" or "" for any other."""
    return {"is": "paragraph", "runs": [*runs], "look": look}


def said(text, look="", **kind):
    """Return the paragraph of a plain text."""
    return paragraph(*lines(text, **kind), look=look)


def bullets(items):
    """Return a list of ``items``, each a list of blocks."""
    return {"is": "list", "items": items, "is_numbered": False}


def numbered(items):
    return {"is": "list", "items": items, "is_numbered": True}


def quote(blocks):
    return {"is": "quote", "blocks": blocks}


def framed(blocks):
    """Return what must not be overlooked, within a line around it."""
    return {"is": "framed", "blocks": blocks}


def envelope(text):
    """Return a postal address, as one writes it on an envelope."""
    return {"is": "envelope", "runs": lines(text)}


def new_page():
    return {"is": "new_page"}


def beside_a_code(blocks, code, alt):
    """Return ``blocks`` with a QR code (SVG) at their side."""
    return {"is": "beside", "blocks": blocks, "code": code, "alt": printable(alt)}
