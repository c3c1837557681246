"""The content of a page in lines: a block or a row of a table is one, links say where they lead."""

import re

from . import addresses
from .content import is_of_the_screen

BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd",
    "details", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "html", "legend", "li", "main", "menu", "ol",
    "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
}  # fmt: skip
# Where tables serve to put things in their place, these are in them.
LAYS_OUT = ("table", "h1", "h2", "h3", "h4", "h5", "h6", "article", "section")
SPACES = re.compile(r"[\s\u200b\ufeff]+")
UNSEEN = str.maketrans("", "", "\xad\u200b\u200c\u2060\ufeff")
BEFORE_A_SIGN = re.compile(r"> (?=[.,)])")
ADDRESS = re.compile(r" ?<(?:https?|mailto|tel):[^<>\s]+>")
# What asks readers what they think of the page: each visit has its own address.
OF_NO_PAGE = re.compile(
    r"https?://(?:[\w-]+\.)*(?:voxusagers\.numerique\.gouv\.fr|jedonnemonavis\.numerique\.gouv\.fr"
    r"|facebook\.com/shar|twitter\.com/(?:share|intent)|x\.com/intent|linkedin\.com/shar|addtoany\.com)"
)


def lines_of(node, page):
    """Return the lines of ``node``, of the page at the address ``page``."""
    lines = _Lines(page)
    lines.read(node)
    lines.end()
    return [line for line in lines.found if not is_of_the_screen(without_addresses(line))]


def without_addresses(text):
    return ADDRESS.sub("", text)


class _Lines:
    def __init__(self, page):
        self.page, self.found, self.said = page, [], []

    def end(self, joined=""):
        """End a line; it goes on the one before, behind ``joined``, if there is any."""
        line = SPACES.sub(" ", "".join(self.said).translate(UNSEEN)).strip()
        line = BEFORE_A_SIGN.sub(">", line)
        self.said = []
        if line and joined and self.found:
            self.found[-1] += joined + line
        elif line:
            self.found.append(line)

    def read(self, node):
        if node.tag == "br":
            self.end()
        elif node.tag == "a":
            self._link(node)
        elif node.tag == "pre":
            self._as_written(node)
        elif node.tag == "table":
            self._table(node)
        elif node.tag == "dl":
            self._terms(node)
        elif node.tag in BLOCKS:
            self.end()
            self._all_of(node)
            self.end()
        else:
            self._all_of(node)

    def _all_of(self, node):
        for child in node.children:
            if isinstance(child, str):
                self.said.append(child)
            else:
                self.read(child)

    def _link(self, node):
        address = addresses.told(node.attrs.get("href", ""), self.page)
        if OF_NO_PAGE.match(address):
            return
        before = len(self.found)
        self._all_of(node)
        words = node.words or _image_words(node)
        if not node.words:
            self.said.append(words)
        if not (address and words):
            return
        # What a link has within may have ended its line.
        if "".join(self.said).strip() or len(self.found) == before:
            self.said = ["".join(self.said).rstrip(), f" <{address}> "]
        else:
            self.found[-1] += f" <{address}>"

    def _as_written(self, node):
        self.end()
        for line in node_text(node).splitlines():
            self.said.append(line)
            self.end()

    def _table(self, table):
        self.end()
        rows = table.find("tr")
        is_layout = any(each.tag in LAYS_OUT for each in table.walk() if each is not table)
        if is_layout or table.says("role") in ("presentation", "none") or not rows:
            self._all_cells(table)
            return
        for caption in table.find("caption"):
            self.found += lines_of(caption, self.page)
        for row in rows:
            cells = [" ".join(lines_of(cell, self.page)) for cell in row.find("td", "th")]
            if any(cells):
                self.found.append(" | ".join(cell for cell in cells if cell))

    def _all_cells(self, node):
        for child in node.children:
            if isinstance(child, str):
                self.said.append(child)
            elif child.tag in ("td", "th"):
                self.end()
                self._all_of(child)
                self.end()
            elif child.tag in ("tbody", "thead", "tfoot", "tr"):
                self._all_cells(child)
            else:
                self.read(child)

    def _terms(self, node):
        """A term and what is said of it are one line: by itself the second says nothing."""
        self.end()
        is_after_term = False
        for child in node.elements:
            if child.tag == "div":
                self._terms(child)
            elif child.tag == "dd" and is_after_term:
                own = lines_of(child, self.page)
                self.said.append(own[0] if own else "")
                self.end(" " if self.found and self.found[-1].endswith(":") else " : ")
                self.found += own[1:]
            else:
                self.read(child)
            is_after_term = child.tag == "dt" and bool(child.words)


def _image_words(node):
    images = [each.attrs.get("alt", "") for each in node.find("img")]
    return next((words for words in [*images, node.attrs.get("aria-label", "")] if words), "")


def node_text(node):
    return "".join(child if isinstance(child, str) else node_text(child) for child in node.children)
