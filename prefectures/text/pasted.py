"""Text pasted from a préfecture's page or a word processor, in the few tags that the site keeps.

The sense is kept, the looks are not: a list stays a list though Word writes it as paragraphs, the
cells of a table stay apart, bold by style is bold. ``rich_text.py`` cleans what comes out.
"""

import re
from itertools import count
from urllib.parse import urljoin

from .pasted_blocks import Block, Level, Look, Piece, tidied, without_start, written
from .pasted_content import content_of
from .pasted_tree import INLINE, LISTS, TITLES, Node, tree_of

RICH_TEXT_SCHEMES = {"http", "https", "mailto", "tel"}
DEEPEST_LIST = 6
DEPTHS = tuple("123456789")
# A cell with more paragraphs lays out a page; it is no entry of a table.
MOST_IN_A_CELL = 3
# A link is written anew in each paragraph that it goes over: the addresses of all, in characters.
MOST_OF_LINKS = 200_000

MARKED_UP = {"b", "strong", "i", "em", "a"}
SPACES = re.compile(r"[ \t\r\n\f]+")
NUMBERED = re.compile(r"\s*\(?(\d+|[a-z]|[ivx]+)\s*[.)°]", re.IGNORECASE)
# Of letters only "a)": "M." and "L." begin a name and an article of law.
TYPED_MARKER = re.compile(
    r"\s*(?:[·•▪◦■●§o–➢✓\uf0a7\uf0b7\uf0d8-]|\(?\d{1,2}[.)]|[a-z]\))[\s\xa0]+"
)
BREAKS = re.compile("\n+")
ENDINGS = (".", ",", ";", ":", "!", "?", "…")
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def normalise_pasted(html, base="", *, only_content=False):
    """Return ``html`` in paragraphs, titles, lists and quotations, with bold, italics and links.

    ``base`` is the address of the page that it comes from: incomplete links are completed from it;
    without it they stay as they are, for the field to refuse with a sentence. ``only_content``
    leaves out what stands around it on every page of a site: menus, header, footer.
    """
    reader = _Reader(base)
    tree = tree_of(html)
    reader.read(content_of(tree) if only_content else tree, Look())
    reader.end_block()
    return written(reader.blocks)


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
        self.room_for_links = MOST_OF_LINKS

    def read(self, node, look):
        for child in node.children:
            if isinstance(child, str):
                text = child if look.is_pre else SPACES.sub(" ", child)
                self.pieces.append(Piece(text, look))
            elif child.tag == "br":
                self.pieces.append(Piece("\n", look))
            elif child.attrs and (child.is_left_out or child.is_marker):
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
            marker = node.marker_text.strip()
            if not any(level.tag in LISTS for level in look.path):
                look = look._replace(kind=TITLES[tag])
            self.pieces.append(Piece(f"{marker} " if marker else "", look))
            self.read(node, look)
        elif tag in LISTS:
            self.read_list(node, look)
        elif node.word_list or "MsoListParagraph" in node.attrs.get("class", ""):
            self.read_word_item(node, look)
        elif tag == "blockquote" and not any(level.tag == tag for level in look.path):
            self.read(node, look._replace(path=(*look.path, Level(tag, next(self.numbers)))))
        else:
            self.read(node, look._replace(is_pre=look.is_pre or tag == "pre"))

    def inline_look(self, node, look):
        if not node.attrs and node.tag not in MARKED_UP:
            return look
        # The style last: Google Docs puts everything in <b style="font-weight:normal">.
        for is_bold in (node.tag in ("b", "strong") or None, node.is_bold):
            look = look if is_bold is None else look._replace(is_bold=is_bold)
        for is_italic in (node.tag in ("i", "em") or None, node.is_italic):
            look = look if is_italic is None else look._replace(is_italic=is_italic)
        if node.tag == "a":
            look = look._replace(href=self.link(node.attrs.get("href", "").strip()))
        return look

    def link(self, href):
        scheme = SCHEME.match(href)
        if href.startswith("#") or (scheme and scheme[1].lower() not in RICH_TEXT_SCHEMES):
            return ""
        if self.base and href and not scheme:
            try:
                return urljoin(self.base, href)
            except ValueError:
                return href
        return href

    def end_block(self):
        if not self.pieces:
            return
        pieces, self.pieces = tidied(self.pieces), []
        if not pieces:
            return
        self.room_for_links -= sum(map(len, {piece.look.href for piece in pieces}))
        if self.room_for_links < 0:
            pieces = [piece._replace(look=piece.look._replace(href="")) for piece in pieces]
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
            self.read(Node(children=[child]), inner)
            self.end_block()

    def read_word_item(self, node, look):
        found, marker = node.word_list, node.marker_text
        typed = None if marker else TYPED_MARKER.match(node.start)
        if found or marker or typed:
            tag = "ol" if NUMBERED.match(marker or (typed and typed[0]) or "") else "ul"
            key = f"{found[1]}{found[3]}" if found else ""
            path = self.word_path(found[2] if found else "1", tag, key, look)
        else:
            # Without a mark of its own, it goes on with the item before, if there is one.
            path = (*look.path, *(level for _, level in self.word_items))
        first = len(self.blocks)
        self.read(node, look if len(look.path) > DEEPEST_LIST else look._replace(path=path))
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
            if not isinstance(child, str) and not child.is_left_out
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
    last = max(number for number, cell in enumerate(cells) if cell)
    pieces = []
    for number, cell in enumerate(cells[: last + 1]):
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
