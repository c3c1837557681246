"""Rich text: HTML of a closed set, cleaned by its field: imports and commands pass it too."""

import re

import nh3

from .pasted import normalise_pasted

RICH_TEXT_TAGS = {
    "p", "br", "strong", "em", "ul", "ol", "li", "a", "h3", "h4", "blockquote",
}  # fmt: skip
RICH_TEXT_SCHEMES = {"http", "https", "mailto", "tel"}
_cleaner = nh3.Cleaner(
    tags=RICH_TEXT_TAGS,
    attributes={"a": {"href"}},
    url_schemes=RICH_TEXT_SCHEMES,
    link_rel=None,
)
MOST_PASSES = 10
HREF = re.compile(r'<a href="([^"]*)"')
# Tags outside the closed set, or looks given by style: from elsewhere than the site's own editor.
IS_PASTED = re.compile(
    rf"<(?!/?(?:{'|'.join(sorted(RICH_TEXT_TAGS))})\b)[a-z!]|<[a-z0-9]+\s(?:[^<>]*\s)?(?:style|class)\s*=",
    re.IGNORECASE,
)
ANYTHING_TO_READ = re.compile(r"[^\s<>](?![^<]*>)")


def clean_rich_text(html):
    """Return ``html`` with nothing but the closed set of tags; "" where there is nothing to read.

    What was pasted keeps its sense: lists of a word processor, cells of a table, bold by style.
    Cleaning twice changes nothing.
    """
    if IS_PASTED.search(html):
        html = normalise_pasted(html)
    # What is dropped leaves "<p><p>" or "<a><a>" behind, which the next pass takes apart.
    for _ in range(MOST_PASSES):
        before = html
        html = _cleaner.clean(html.replace("\r\n", "\n").replace("\r", "\n")).strip()
        if html == before:
            break
    return html if ANYTHING_TO_READ.search(html.replace("&nbsp;", " ")) else ""
