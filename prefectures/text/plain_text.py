"""Plain text in the place of rich text: what a file brings when nobody wrote tags in it."""

import re
from html import escape, unescape

from .html_tokens import TEXT, tokens
from .pasted_tree import KEPT, UNSAID

# "<www.gouv.fr>" is no tag: a text is HTML if it has one of these.
HTML_TAGS = KEPT | UNSAID | {
    "html", "head", "body", "meta", "link", "img", "picture", "figure", "iframe", "object", "embed",
    "video", "audio", "canvas", "input", "label", "select", "textarea", "u", "ins", "sup", "sub",
    "small", "big", "mark", "abbr", "acronym", "cite", "q", "code", "kbd", "samp", "var", "tt",
    "time", "wbr", "col", "colgroup", "dir", "menu", "o:p",
}  # fmt: skip
REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
BULLET = re.compile(r"(?:[-–—*][ \t\xa0]|[•·▪◦●■])[ \t\xa0]*(?=\S)")
NUMBER = re.compile(r"([0-9]{1,3})[.)][ \t\xa0]+(?=\S)")


def is_html(text):
    return any(token.kind != TEXT and token.name in HTML_TAGS for token in tokens(text))


def as_rich_text(text):
    """Return ``text`` as HTML: as it is if it is HTML, else in paragraphs and lists.

    A line that begins with a dash or a bullet is an item; so is one that begins with a number, if
    they count from 1. An empty line parts paragraphs, any other line end is one.
    """
    if is_html(text):
        return text
    blocks = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        _read(line, blocks)
    return "".join(_written(tag, lines) for tag, lines in blocks if lines)


def _read(line, blocks):
    """Add ``line`` to the last of ``blocks``, [(tag, [pieces of a line])], or begin another."""
    tag, lines = blocks[-1] if blocks else ("p", [])
    words = line.strip()
    bullet, number = BULLET.match(words), NUMBER.match(words)
    if bullet:
        kind, words = "ul", words[bullet.end() :]
    elif number and int(number[1]) == (len(lines) + 1 if tag == "ol" else 1):
        kind, words = "ol", words[number.end() :]
    else:
        kind = "p"
    if kind == "p" and tag != "p" and words and line[0].isspace():
        # Set in, it goes on with the item above.
        lines[-1].append(words)
    elif kind == tag and words and blocks:
        lines.append([words])
    elif words:
        blocks.append((kind, [[words]]))
    elif tag == "p":
        blocks.append(("p", []))


def _written(tag, lines):
    lines = [escape(_without_references(" ".join(pieces)), quote=False) for pieces in lines]
    if tag == "p":
        return f"<p>{'<br>'.join(lines)}</p>"
    return f"<{tag}>{''.join(f'<li>{line}</li>' for line in lines)}</{tag}>"


def _without_references(line):
    """What the site wrote itself, and exported, has "&amp;" for "&"."""
    return REFERENCE.sub(lambda found: unescape(found[0]), line)
