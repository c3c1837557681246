"""Rich text: HTML of a closed set, cleaned by its field: imports and commands pass it too."""

import re
from functools import lru_cache

import nh3

from .pasted import RICH_TEXT_SCHEMES, normalise_pasted

RICH_TEXT_TAGS = {
    "p", "br", "strong", "em", "ul", "ol", "li", "a", "h3", "h4", "blockquote",
}  # fmt: skip
_cleaner = nh3.Cleaner(
    tags=RICH_TEXT_TAGS,
    attributes={"a": {"href"}},
    url_schemes=RICH_TEXT_SCHEMES,
    link_rel=None,
)
MOST_PASSES = 10
HREF = re.compile(r'<a href="([^"]*)"')
# Deeper than anything that is written here: lists of six levels, in a quotation.
DEEPEST = 50
PLAIN_TAG = re.compile(
    r'<(/?)([a-z][a-z0-9]*)((?:[ \n]+[a-z][a-z0-9-]*(?:="[^"]*")?)*)[ \n]*/?>', re.ASCII
)
A_LOOK = re.compile(r"[ \n](?:style|class)[ \n=]")
BEGINS_A_TAG = re.compile("[a-zA-Z/!?]")
WRITTEN_TAG = re.compile(r'<[^">]*(?:"[^"]*"[^">]*)*>')
# What is remembered: many texts as people write them, a few of those that are long to clean.
SHORT = 10_000


def clean_rich_text(html):
    """Return ``html`` with nothing but the closed set of tags; "" where there is nothing to read.

    What was pasted keeps its sense: lists of a word processor, cells of a table, bold by style.
    Cleaning twice changes nothing, and the second time costs nothing: a form cleans a text to check
    it and again to save it.
    """
    return _clean_short(html) if len(html) <= SHORT else _clean_long(html)


def _clean(html):
    # What is dropped leaves "<p><p>" or "<a><a>" behind, which the next pass takes apart.
    for _ in range(MOST_PASSES):
        before = html
        html = html.replace("\r\n", "\n").replace("\r", "\n")
        if not is_plain(html):
            html = normalise_pasted(html)
        html = _cleaner.clean(html).strip()
        if html == before:
            break
    return html if WRITTEN_TAG.sub("", html).replace("&nbsp;", " ").strip() else ""


_clean_short = lru_cache(maxsize=1000)(_clean)
_clean_long = lru_cache(maxsize=20)(_clean)


def is_plain(html):
    """Whether ``html`` is of the closed set, well nested, not deep and without looks of its own.

    Anything else comes from elsewhere than the site's own editor. The cleaner, a browser's parser,
    needs time that grows with the square of the depth and of the tags that are left open.
    """
    opened = []
    at = html.find("<")
    while at >= 0:
        tag = PLAIN_TAG.match(html, at)
        if tag is None:
            if BEGINS_A_TAG.match(html, at + 1):
                return False
            at = html.find("<", at + 1)
            continue
        is_end, name, attrs = tag.groups()
        if name not in RICH_TEXT_TAGS or A_LOOK.search(attrs + " "):
            return False
        if name == "br":
            if is_end:
                return False
        elif not is_end:
            opened.append(name)
            if len(opened) > DEEPEST:
                return False
        elif not opened or opened.pop() != name:
            return False
        at = html.find("<", tag.end())
    return not opened
