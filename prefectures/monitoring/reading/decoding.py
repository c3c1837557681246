"""Bytes of a page as text, whatever charset it declares.

What is UTF-8 can hardly be anything else, and what is not, in a French page, is Windows-1252: so
each byte that is no UTF-8 is read so, and a page that mixes both is read right.
"""

import codecs
import re

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
IN_THE_PAGE = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
# A browser looks no further for it.
HEAD = 1024
# What browsers mean by these names.
MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "utf-8": "cp1252"}
# Python knows others, of which some are not even of text.
OF_PAGES = re.compile(r"ascii|utf-(?:8|16|32)|iso8859|cp\d|koi8|mac|big5|gb|euc|shift")
WIDE = ("utf-16", "utf-32")
NO_UTF8 = re.compile("[\udc80-\udcff]+")


def decoded(body, charset=""):
    """Return ``body`` as text; ``charset`` is what the answer declared, perhaps wrongly."""
    for mark, name in MARKS.items():
        if body.startswith(mark):
            return body.decode(name, "replace")
    declared = _known(charset)
    if declared.startswith(WIDE) and b"\0" in body[:HEAD]:
        return body.decode(declared, "replace")
    written = IN_THE_PAGE.search(body, 0, HEAD)
    other = declared or _known(written[1].decode("ascii", "ignore") if written else "")
    # Of two bytes a letter it has none: the tags would not be read either.
    is_wide = other.startswith(WIDE)
    return _utf8_or("cp1252" if is_wide or not other else MEANT.get(other, other), body)


def _known(charset):
    """Return Python's name of ``charset``; "" if it is none of a page."""
    try:
        name = codecs.lookup(charset.strip()).name
    except (LookupError, ValueError):
        return ""
    return name if OF_PAGES.match(name) else ""


def _utf8_or(other, body):
    """Decode UTF-8, and by ``other`` the bytes that are none."""
    text = body.decode("utf-8", "surrogateescape")
    return NO_UTF8.sub(lambda run: _bytes_of(run[0]).decode(other, "replace"), text)


def _bytes_of(escaped):
    return escaped.encode("utf-8", "surrogateescape")
