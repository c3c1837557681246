"""Text pasted from a préfecture's page or a word processor, in the few tags that the site keeps.

The sense is kept, the looks are not: a list stays a list though Word writes it as paragraphs, the
cells of a table stay apart, bold by style is bold. ``rich_text.py`` cleans what comes out.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import count
from urllib.parse import urljoin

import nh3

from .pasted_blocks import Block, Level, Look, Piece, tidied, without_start, written

INLINE = {"strong", "em", "b", "i", "span", "font", "a"}
TITLES = {"h1": "h3", "h2": "h3", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
LISTS = {"ul", "ol"}
CELLS = {"td", "th"}
KEPT = {
    *INLINE, *TITLES, *LISTS, *CELLS, "p", "br", "hr", "li", "blockquote", "div", "section",
    "article", "header", "footer", "main", "aside", "figure", "figcaption", "address", "center",
    "pre", "table", "caption", "thead", "tbody", "tfoot", "tr", "dl", "dt", "dd", "fieldset",
    "legend", "form", "nav", "details", "summary", "button", "option",
}  # fmt: skip
# What is struck out is no longer said: as plain text it would be.
UNSAID = {
    "script", "style", "title", "noscript", "template", "svg", "math", "del", "s", "strike",
}  # fmt: skip
# First made well-formed and harmless; the styles are read here and never come out.
_tidy = nh3.Cleaner(
    tags=KEPT,
    clean_content_tags=UNSAID,
    attributes={
        "*": {"style", "class"},
        "a": {"href"},
        "ol": {"start"},
        "li": {"data-aria-level", "data-listid"},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)
DEEPEST = 100
DEEPEST_LIST = 6
DEPTHS = tuple("123456789")
# A cell with more paragraphs lays out a page; it is no entry of a table.
MOST_IN_A_CELL = 3

SPACES = re.compile(r"[ \t\r\n\f]+")
UNSEEN = re.compile("[\xad\u200b\ufeff]")
BOLD = re.compile(r"(?<![-\w])font-weight\s*:\s*(bold|[6-9]\d\d)", re.IGNORECASE)
NOT_BOLD = re.compile(r"(?<![-\w])font-weight\s*:\s*(normal|[1-5]\d\d)", re.IGNORECASE)
ITALIC = re.compile(r"(?<![-\w])font-style\s*:\s*italic", re.IGNORECASE)
NOT_ITALIC = re.compile(r"(?<![-\w])font-style\s*:\s*normal", re.IGNORECASE)
# Struck out, hidden, or a remark that colleagues left in the margin of their document.
LEFT_OUT = re.compile(
    r"text-decoration[^;]*line-through|display\s*:\s*none|mso-hide\s*:\s*all|"
    r"mso-element\s*:\s*comment|mso-special-character\s*:\s*comment",
    re.IGNORECASE,
)
REMARK = re.compile(r"mso(com|comment)(anchor|txt|reference|text)", re.IGNORECASE)
WORD_LIST = re.compile(r"mso-list\s*:\s*(l\d+)\s+level(\d)(\s+lfo\d+)?", re.IGNORECASE)
WORD_MARKER = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
NUMBERED = re.compile(r"\s*\(?(\d+|[a-z]|[ivx]+)\s*[.)°]", re.IGNORECASE)
# Of letters only "a)": "M." and "L." begin a name and an article of law.
TYPED_MARKER = re.compile(
    r"\s*(?:[·•▪◦■●§o–➢✓\uf0a7\uf0b7\uf0d8-]|\(?\d{1,2}[.)]|[a-z]\))[\s\xa0]+"
)
BREAKS = re.compile("\n+")
ENDINGS = (".", ",", ";", ":", "!", "?", "…")
RELATIVE = re.compile(r"(?![a-z][a-z0-9+.-]*:)", re.IGNORECASE)


def normalise_pasted(html, base=""):
    """Return ``html`` in paragraphs, titles, lists and quotations, with bold, italics and links.

    ``base`` is the address of the page that it comes from: incomplete links are completed from it;
    without it they stay as they are, for the field to refuse with a sentence.
    """
    tree = _Tree()
    tree.feed(_tidy.clean(html))
    tree.close()
    reader = _Reader(base)
    reader.read(tree.root, Look())
    reader.end_block()
    return written(reader.blocks)


# --- The tree ---------------------------------------------------------------------------------


@dataclass
class _Node:
    tag: str = ""
    attrs: dict = field(default_factory=dict)
    children: list = field(default_factory=list)

    @property
    def style(self):
        return self.attrs.get("style", "")

    def text(self):
        return "".join(each if isinstance(each, str) else each.text() for each in self.children)

    def is_left_out(self):
        return bool(LEFT_OUT.search(self.style) or REMARK.search(self.attrs.get("class", "")))

    def word_marker(self):
        """Return the bullet or number that Word wrote before the text, "" if there is none."""
        for child in self.children:
            if isinstance(child, str):
                continue
            found = child.text() if WORD_MARKER.search(child.style) else child.word_marker()
            if found:
                return found
        return ""


class _Tree(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = _Node()
        self.open = [self.root]

    def handle_starttag(self, tag, attrs):
        node = _Node(tag, {name: value or "" for name, value in attrs})
        if len(self.open) > DEEPEST:
            # Its content goes to the last one that is not too deep.
            node = self.open[-1]
        else:
            self.open[-1].children.append(node)
        if tag not in ("br", "hr"):
            self.open.append(node)

    def handle_endtag(self, tag):
        if tag not in ("br", "hr"):
            self.open.pop()

    def handle_data(self, data):
        self.open[-1].children.append(UNSEEN.sub("", data))


# --- Reading it -------------------------------------------------------------------------------


class _Reader:
    def __init__(self, base):
        self.base = base
        self.blocks = []
        # Of the block that is being read.
        self.pieces = []
        self.numbers = count(1)
        # (depth, level) of the items of Word that the next one may lie in.
        self.word_items = []
        self.last_numbered = None

    def read(self, node, look):
        for child in node.children:
            if isinstance(child, str):
                text = child if look.is_pre else SPACES.sub(" ", child)
                self.pieces.append(Piece(text, look))
            elif child.tag == "br":
                self.pieces.append(Piece("\n", look))
            elif child.is_left_out() or WORD_MARKER.search(child.style):
                continue
            elif child.tag in INLINE:
                self.read(child, self.inline_look(child, look))
            else:
                self.end_block()
                self.read_block(child, self.inline_look(child, look))
                self.end_block()

    def read_block(self, node, look):
        tag = node.tag
        if tag == "tr":
            self.read_row(node, look)
        elif tag in TITLES:
            marker = node.word_marker().strip()
            if not any(level.tag in LISTS for level in look.path):
                look = look._replace(kind=TITLES[tag])
            self.pieces.append(Piece(f"{marker} " if marker else "", look))
            self.read(node, look)
        elif tag in LISTS:
            self.read_list(node, look)
        elif WORD_LIST.search(node.style) or "MsoListParagraph" in node.attrs.get("class", ""):
            self.read_word_item(node, look)
        elif tag == "blockquote" and not any(level.tag == tag for level in look.path):
            self.read(node, look._replace(path=(*look.path, Level(tag, next(self.numbers)))))
        else:
            self.read(node, look._replace(is_pre=look.is_pre or tag == "pre"))

    def inline_look(self, node, look):
        style = node.style
        if node.tag in ("b", "strong") or BOLD.search(style):
            look = look._replace(is_bold=True)
        # Google Docs puts everything in <b style="font-weight:normal">.
        if NOT_BOLD.search(style):
            look = look._replace(is_bold=False)
        if node.tag in ("i", "em") or ITALIC.search(style):
            look = look._replace(is_italic=True)
        if NOT_ITALIC.search(style):
            look = look._replace(is_italic=False)
        if node.tag == "a":
            look = look._replace(href=self.link(node.attrs.get("href", "").strip()))
        return look

    def link(self, href):
        if href.startswith("#"):
            return ""
        if self.base and href and RELATIVE.match(href):
            try:
                return urljoin(self.base, href)
            except ValueError:
                return href
        return href

    def end_block(self):
        pieces, self.pieces = tidied(self.pieces), []
        if not pieces:
            return
        self.blocks.append(Block(pieces))
        path = pieces[0].look.path
        if self.word_items and self.word_items[-1][1] not in path:
            self.word_items = []

    def blocks_of(self, node, look):
        """Return the blocks in ``node``, apart from those read so far."""
        before, self.blocks = self.blocks, []
        self.read(node, look)
        self.end_block()
        found, self.blocks = self.blocks, before
        return found

    # --- Lists --------------------------------------------------------------------------------

    def read_list(self, node, look):
        key = None
        if node.tag == "ol":
            if self.last_numbered is None or node.attrs.get("start", "1") in ("", "0", "1"):
                self.last_numbered = next(self.numbers)
            key = self.last_numbered
        item = 0
        for child in node.children:
            if isinstance(child, str):
                self.pieces.append(Piece(SPACES.sub(" ", child), look))
                continue
            self.end_block()
            level = child.attrs.get("data-aria-level")
            if child.tag == "li" and level:
                path = self.word_path(level, node.tag, child.attrs.get("data-listid"), look)
            else:
                # A list right in a list belongs to the item before it.
                item = next(self.numbers) if child.tag == "li" else item
                path = (*look.path, Level(node.tag, key, item))
            inner = look if len(look.path) > DEEPEST_LIST else look._replace(path=path)
            self.read(_Node(children=[child]), inner)
            self.end_block()

    def read_word_item(self, node, look):
        found = WORD_LIST.search(node.style)
        marker = node.word_marker()
        typed = None if marker else TYPED_MARKER.match(node.text())
        if found or marker or typed:
            tag = "ol" if NUMBERED.match(marker or (typed and typed[0]) or "") else "ul"
            key = f"{found[1]}{found[3]}" if found else ""
            path = self.word_path(found[2] if found else "1", tag, key, look)
        else:
            # Without a mark of its own, it goes on with the item before, if there is one.
            path = (*look.path, *(level for _, level in self.word_items))
        first = len(self.blocks)
        self.read(node, look._replace(path=path))
        self.end_block()
        if typed and len(self.blocks) > first:
            self.blocks[first] = without_marker(self.blocks[first])

    def word_path(self, depth, tag, key, look):
        """Return where an item of a list lies whose depth is written on the item itself."""
        depth = min(int(depth), DEEPEST_LIST) if depth in DEPTHS else 1
        while self.word_items and self.word_items[-1][0] >= depth:
            self.word_items.pop()
        level = Level(tag, key if tag == "ol" else None, next(self.numbers))
        self.word_items.append((depth, level))
        return (*look.path, *(each for _, each in self.word_items))

    # --- Tables -------------------------------------------------------------------------------

    def read_row(self, row, look):
        """Make one paragraph of a row, "lundi : 9 h | 14 h", unless its cells hold more."""
        cells = [
            self.blocks_of(child, self.inline_look(child, look))
            for child in row.children
            if not isinstance(child, str) and not child.is_left_out()
        ]
        blocks = [block for cell in cells for block in cell]
        is_entry = all(
            block.look.kind == "p" and block.look.path == look.path and not block.is_row
            for block in blocks
        )
        is_short = all(len(cell) <= MOST_IN_A_CELL for cell in cells)
        if len([cell for cell in cells if cell]) < 2 or not (is_entry and is_short):
            self.blocks += blocks
            return
        self.blocks.append(Block(tidied(joined(cells, look)), is_row=True))


def without_marker(block):
    typed = TYPED_MARKER.match("".join(piece.text for piece in block.pieces))
    return Block(without_start(block.pieces, typed.end())) if typed else block


def joined(cells, look):
    """Return the pieces of a row: ":" after its first cell, "|" after the others, "–" for none."""
    while not cells[-1]:
        cells = cells[:-1]
    pieces = []
    for number, cell in enumerate(cells):
        if pieces:
            pieces.append(Piece(" : " if number == 1 else " | ", look))
        elif not cell:
            continue
        pieces += in_one_line(cell, look) or [Piece("–", look)]
    return pieces


def in_one_line(cell, look):
    """Return the pieces of a cell; its lines are parted by "/", or by their own punctuation."""
    pieces = [piece for block in cell for piece in (Piece("\n", look), *block.pieces)][1:]
    kept, before = [], ""
    for text, its_look in pieces:
        line = ""
        for number, part in enumerate(BREAKS.split(text)):
            if number:
                line += " " if before.endswith(ENDINGS) else " / "
            line += part
            before = part.rstrip() or before
        kept.append(Piece(line, its_look))
    return kept
