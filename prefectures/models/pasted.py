"""Text pasted from a préfecture's page or a word processor, in the few tags that the site keeps.

The sense is kept, the looks are not: a list stays a list though Word writes it as paragraphs, the
cells of a table stay apart, bold by style is bold. ``rich_text.py`` cleans what comes out.
"""

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from itertools import groupby
from urllib.parse import urljoin

import nh3

KEPT = {
    "p", "br", "strong", "em", "ul", "ol", "li", "a", "h1", "h2", "h3", "h4", "h5", "h6",
    "blockquote", "b", "i", "span", "font", "div", "section", "article", "header", "footer", "main",
    "aside", "figure", "figcaption", "address", "center", "pre", "table", "caption", "thead",
    "tbody", "tfoot", "tr", "td", "th", "dl", "dt", "dd", "fieldset", "form", "nav",
}  # fmt: skip
# First made well-formed and harmless; the styles are read here and never come out.
_tidy = nh3.Cleaner(
    tags=KEPT,
    clean_content_tags={"script", "style", "title", "noscript", "template", "svg", "math"},
    attributes={"*": {"style", "class"}, "a": {"href", "style"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)

INLINE = {"strong", "em", "b", "i", "span", "font", "a", "br"}
TITLES = {"h1": "h3", "h2": "h3", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
CELLS = {"td", "th"}

SPACES = re.compile(r"[ \t\r\n\f]+")
# Word fills up with non-breaking spaces; a single one is French typography ("14 h").
PADDING = re.compile(r"[ \xa0]*(?:\xa0[ \xa0]|[ ]\xa0)[ \xa0]*")
BOLD = re.compile(r"(?<![-\w])font-weight\s*:\s*(bold|[6-9]00)")
NOT_BOLD = re.compile(r"(?<![-\w])font-weight\s*:\s*(normal|[1-5]00)")
ITALIC = re.compile(r"(?<![-\w])font-style\s*:\s*italic")
NOT_ITALIC = re.compile(r"(?<![-\w])font-style\s*:\s*normal")
WORD_LIST = re.compile(r"mso-list\s*:\s*l\d+\s+level(\d)")
WORD_MARKER = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
NUMBERED = re.compile(r"\s*(\d+|[a-z]|[ivx]+)\s*[.)]", re.IGNORECASE)
BULLET = re.compile(r"^\s*[·•▪§o–-][\s\xa0]+")
RELATIVE = re.compile(r"(?![a-z][a-z0-9+.-]*:)", re.IGNORECASE)


def normalise_pasted(html, base=""):
    """Return ``html`` in paragraphs, titles, lists and quotations, with bold, italics and links.

    ``base`` is the address of the page that it comes from: incomplete links are completed from it;
    without it they stay as they are, for the field to refuse with a sentence.
    """
    reader = _Reader(base)
    reader.feed(_tidy.clean(html))
    reader.close()
    reader.end_block()
    return _assembled(reader.blocks)


@dataclass
class _Block:
    """``kind`` is a tag: p, h3, h4, or li with the ``depth`` and order of its list."""

    kind: str
    html: str
    depth: int = 0
    is_ordered: bool = False
    is_quoted: bool = False


@dataclass
class _Look:
    """What an element says of the text in it."""

    tag: str
    is_bold: bool = False
    is_italic: bool = False
    href: str = ""
    is_silent: bool = False
    word_depth: int = 0


@dataclass
class _Reader(HTMLParser):
    base: str
    blocks: list = field(default_factory=list)

    def __post_init__(self):
        super().__init__(convert_charrefs=True)
        self.looks = [_Look("")]
        # (text, is bold, is italic, link) of the block that is being read; "\n" is a line break.
        self.pieces = []
        self.marker = ""
        self.cells = 0

    # --- Elements -----------------------------------------------------------------------------

    def handle_starttag(self, tag, attrs):
        if tag == "br":
            self._add(" " if self._is_in("td", "th") else "\n")
            return
        attrs = {name: value or "" for name, value in attrs}
        style = attrs.get("style", "")
        before = self.looks[-1]
        look = _Look(tag, before.is_bold, before.is_italic, before.href, before.is_silent)
        self._read_style(look, tag, style)
        if tag == "a":
            look.href = self._link(attrs.get("href", ""))
        if tag in CELLS:
            self._begin_cell(tag)
        elif tag not in INLINE:
            self.end_block()
            if tag == "tr":
                self.cells = 0
        if WORD_MARKER.search(style):
            look.is_silent = True
        found = WORD_LIST.search(style)
        if found and tag not in INLINE:
            look.word_depth = int(found[1])
        elif "MsoListParagraph" in attrs.get("class", ""):
            look.word_depth = 1
        self.looks.append(look)

    def handle_endtag(self, tag):
        if tag == "br":
            return
        if tag not in INLINE and tag not in CELLS:
            self.end_block()
        if len(self.looks) > 1:
            self.looks.pop()

    def handle_data(self, data):
        if self.looks[-1].is_silent:
            self.marker += data
        else:
            self._add(SPACES.sub(" ", data))

    @staticmethod
    def _read_style(look, tag, style):
        if tag in ("b", "strong") or BOLD.search(style):
            look.is_bold = True
        # Google Docs puts everything in <b style="font-weight:normal">.
        if NOT_BOLD.search(style):
            look.is_bold = False
        if tag in ("i", "em") or ITALIC.search(style):
            look.is_italic = True
        if NOT_ITALIC.search(style):
            look.is_italic = False

    def _link(self, href):
        href = href.strip()
        if href.startswith("#"):
            return ""
        if self.base and href and RELATIVE.match(href):
            return urljoin(self.base, href)
        return href

    def _begin_cell(self, tag):
        if self.cells and any(text.strip() for text, *_ in self.pieces):
            self._add(" : " if self.cells == 1 else " | ")
        self.cells += 1

    def _add(self, text):
        look = self.looks[-1]
        self.pieces.append((text, look.is_bold, look.is_italic, look.href))

    def _is_in(self, *tags):
        return any(look.tag in tags for look in self.looks)

    # --- Blocks -------------------------------------------------------------------------------

    def end_block(self):
        if self._is_in(*CELLS):
            # A paragraph in a cell: the row goes on.
            self._add(" ")
            return
        pieces, self.pieces = self.pieces, []
        marker, self.marker = self.marker, ""
        block = self._block(marker, pieces)
        block.html = _inline(pieces)
        if block.html:
            self.blocks.append(block)

    def _block(self, marker, pieces):
        tags = [look.tag for look in self.looks]
        lists = [tag for tag in tags if tag in ("ul", "ol")]
        is_quoted = "blockquote" in tags
        title = next((TITLES[tag] for tag in reversed(tags) if tag in TITLES), "")
        word_depth = max(look.word_depth for look in self.looks)
        if word_depth and not marker and pieces:
            first = "".join(text for text, *_ in pieces)
            if not (BULLET.match(first) or NUMBERED.match(first)):
                word_depth = 0
            else:
                marker = _without_marker(pieces)
        if word_depth:
            return _Block("li", "", word_depth, bool(NUMBERED.match(marker)), is_quoted)
        if lists and "li" in tags:
            return _Block("li", "", len(lists), lists[-1] == "ol", is_quoted)
        return _Block(title or "p", "", is_quoted=is_quoted)


def _without_marker(pieces):
    """Take the bullet or number off the first piece that holds it; return it."""
    for index, (text, *look) in enumerate(pieces):
        found = BULLET.match(text) or NUMBERED.match(text)
        if found:
            pieces[index] = (text[found.end() :], *look)
            return found[0]
        if text.strip():
            break
    return "·"


def _inline(pieces):
    """Return the HTML of a block: neighbours that look the same are one, ends are trimmed."""
    joined = [
        ("".join(text for text, *_ in group), *look)
        for look, group in groupby(pieces, key=lambda piece: piece[1:])
        for look in [look]
    ]
    joined = _trimmed([(PADDING.sub(" ", text), *look) for text, *look in joined])
    return "".join(_marked_up(*piece) for piece in joined)


def _trimmed(pieces):
    """Leave out spaces and line breaks at both ends, and the second of two spaces."""
    kept = []
    for text, *look in pieces:
        if not kept or kept[-1][0].endswith((" ", "\n")):
            text = text.lstrip(" \n") if not kept else text.lstrip(" ")
        text = re.sub(r" *\n *", "\n", re.sub(" +", " ", text))
        if text:
            kept.append((text, *look))
    while kept:
        text, *look = kept.pop()
        text = text.rstrip(" \n\xa0")
        if text:
            return [*kept, (text, *look)]
    return []


def _marked_up(text, is_bold, is_italic, href):
    html = escape(text, quote=False).replace("\n", "<br>")
    if not text.strip():
        return html
    if is_italic:
        html = f"<em>{html}</em>"
    if is_bold:
        html = f"<strong>{html}</strong>"
    return f'<a href="{escape(href)}">{html}</a>' if href else html


# --- Putting blocks together ------------------------------------------------------------------


def _assembled(blocks):
    parts = []
    for is_quoted, quoted in groupby(blocks, key=lambda block: block.is_quoted):
        html = ""
        for is_list, group in groupby(quoted, key=lambda block: block.kind == "li"):
            items = list(group)
            html += _list(items) if is_list else "".join(map(_alone, items))
        parts.append(f"<blockquote>{html}</blockquote>" if is_quoted else html)
    return "".join(parts)


def _alone(block):
    # A title is bold already.
    html = re.sub(r"</?strong>", "", block.html) if block.kind != "p" else block.html
    return f"<{block.kind}>{html}</{block.kind}>"


def _list(items):
    """Return the lists of these items; deeper ones go into the item before them."""
    depth = min(item.depth for item in items)
    html, open_tag = "", ""
    index = 0
    while index < len(items):
        item = items[index]
        deeper = index + 1
        while deeper < len(items) and items[deeper].depth > depth:
            deeper += 1
        if item.depth > depth:
            # It begins with a deeper one, whose item is missing.
            html += _list(items[index:deeper])
            index = deeper
            continue
        tag = "ol" if item.is_ordered else "ul"
        if tag != open_tag:
            html += (f"</{open_tag}>" if open_tag else "") + f"<{tag}>"
            open_tag = tag
        inner = _list(items[index + 1 : deeper]) if deeper > index + 1 else ""
        html += f"<li><p>{item.html}</p>{inner}</li>" if inner else f"<li>{item.html}</li>"
        index = deeper
    return html + (f"</{open_tag}>" if open_tag else "")
