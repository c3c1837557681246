"""An address in the place of another within texts: to the letter, and never a part of a longer one.

Pure. Rich text holds "&amp;" where the address has "&", in its links and among its words.
"""

from html import escape, unescape

from ..text.rich_text import HREF, WRITTEN_TAG
from .given import IN_WORDS, without_end


def in_words(text, old, new):
    """Return plain ``text`` with ``new`` wherever ``old`` stands among its words."""

    def put(found):
        address = without_end(found[0])
        return new + found[0][len(address) :] if address == old else found[0]

    return IN_WORDS.sub(put, text)


def in_links(html, old, new):
    """Return rich text whose links lead to ``new`` where they led to ``old``."""

    def put(found):
        return f'<a href="{escape(new)}"' if unescape(found[1]) == old else found[0]

    return HREF.sub(put, html)


def in_rich_words(html, old, new):
    """Return rich text with ``new`` wherever ``old`` can be read; its links stay as they are."""
    found, at = [], 0
    for tag in WRITTEN_TAG.finditer(html):
        found += [_between_tags(html[at : tag.start()], old, new), tag[0]]
        at = tag.end()
    return "".join([*found, _between_tags(html[at:], old, new)])


def _between_tags(text, old, new):
    words = unescape(text)
    put = in_words(words, old, new)
    return text if put == words else escape(put, quote=False)
