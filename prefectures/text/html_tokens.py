"""HTML taken apart into its tags and texts in one pass, as browsers do it.

The work grows with the length and no faster, whatever is written: html.parser and regular
expressions that go back do not promise it. What never ends (a comment, a tag) takes the rest along.
"""

import re
from html import unescape
from html.entities import html5
from typing import NamedTuple

START, END, TEXT = "start", "end", "text"
BLANK = r"[ \t\n\r\f]"
NAME = re.compile(r"[a-z][^ \t\n\r\f/>]*", re.IGNORECASE)
ATTRIBUTE = re.compile(
    r"[ \t\n\r\f/]*(?:(>)|(=[^ \t\n\r\f/>=]*|[^ \t\n\r\f/>=]+)"
    rf"(?:{BLANK}*={BLANK}*(?:\"([^\"]*)\"|'([^']*)'|([^ \t\n\r\f>]*)))?)"
)
COMMENT_END = re.compile("--!?>")
# What is in them is no HTML.
OPAQUE = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in ("script", "style")}
# Python refuses to make a number of more than 4,300 digits; no character has more than seven.
NO_CHARACTER = re.compile("&#[0-9]{8,};?")
REFERENCE = re.compile(
    r"&(?:#[0-9]{1,7}(?![0-9]);?|#x[0-9a-f]{1,6}(?![0-9a-f]);?|[a-z][a-z0-9]{1,31}(?:;|(?![=a-z0-9])))",
    re.IGNORECASE,
)


class Token(NamedTuple):
    kind: str
    # The name of a tag in small letters, or the text itself.
    name: str
    attrs: dict
    is_closed: bool = False


def tokens(html):
    """Yield the ``Token``s of ``html``: comments, declarations, scripts and styles left out."""
    read = 0
    at = html.find("<")
    while at >= 0:
        tag = NAME.match(html, at + (2 if html.startswith("/", at + 1) else 1))
        after = None if tag else _after_what_is_not_said(html, at)
        if after is None and tag is None:
            at = html.find("<", at + 1)
            continue
        if at > read:
            yield Token(TEXT, text_of_source(html[read:at]), {})
        if tag:
            token, after = _tag(html, at, tag)
            if token:
                yield token
                after = _after_what_is_opaque(html, token, after)
        if after < 0:
            return
        read = after
        at = html.find("<", read)
    if read < len(html):
        yield Token(TEXT, text_of_source(html[read:]), {})


def _after_what_is_not_said(html, at):
    """Return where a comment or the like at ``at`` ends, -1 for nowhere, None if there is none."""
    if html.startswith("<!--", at):
        if html.startswith((">", "->"), at + 4):
            return html.index(">", at) + 1
        end = COMMENT_END.search(html, at + 4)
        return end.end() if end else -1
    is_declaration = html.startswith(("<!", "<?"), at)
    is_end_of_nothing = html.startswith("</", at) and at + 2 < len(html)
    if not (is_declaration or is_end_of_nothing):
        return None
    return html.find(">", at + 2) + 1 or -1


def _tag(html, at, name):
    """Return the token of the tag at ``at`` and where it ends; (None, -1) if it never does."""
    attrs, place = {}, name.end()
    while not html.startswith(">", place):
        found = ATTRIBUTE.match(html, place)
        if not found:
            return None, -1
        if found[1]:
            place = found.start(1)
            break
        place = found.end()
        values = [value for value in found.groups()[2:] if value is not None]
        attrs.setdefault(found[2].lower(), _attribute_value(values[0]) if values else "")
    kind = END if html[at + 1] == "/" else START
    return Token(kind, name[0].lower(), attrs, html[place - 1] == "/"), place + 1


def _after_what_is_opaque(html, token, place):
    if token.kind == END or token.is_closed or token.name not in OPAQUE:
        return place
    end = OPAQUE[token.name].search(html, place)
    return end.start() if end else -1


def text_of_source(source):
    return unescape(NO_CHARACTER.sub("\ufffd", source)) if "&" in source else source


def _attribute_value(source):
    """As in a text, but "?a=1&copy=2" of an address stays."""
    if "&" not in source:
        return source
    return REFERENCE.sub(
        lambda found: (
            unescape(found[0]) if found[0][1] == "#" or found[0][1:] in html5 else found[0]
        ),
        source,
    )
