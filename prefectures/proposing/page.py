"""A pasted page: the quotation that it makes, and its text in lines that know where they stand."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from ..text.broken_lines import rejoined
from ..text.html_tokens import END, TEXT, tokens
from ..text.pasted import normalise_pasted
from ..text.plain_text import as_rich_text, is_html
from ..text.rich_text import clean_rich_text
from .flat import flat

TITLES = {"h3", "h4"}
BLOCKS = {*TITLES, "p", "li"}
LISTS = {"ul", "ol"}
SPACES = re.compile(r"[ \t\n\r\f]+")
SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÀ-Þ«\d])|\s(?=[>•➢]\s)")
# "1. " begins an item, "art. " and "M. " end nothing.
NO_END = re.compile(
    r"(?:\b(?:art|tél|tel|bd|av|st|n|M|Mme|R|L|ex|cf))\.\s+$|(?:^|\s)\d{1,2}\.\s+$", re.I
)
LONGEST_TITLE = 120
# Before a full stop that ends nothing, in characters; and what is near a place of a text.
LONGEST_START = 12
FAR = 600


@dataclass
class Line:
    """``links`` are (start, end, href) in ``text``; ``start`` is where it stands in the page's.

    ``block`` is the number of the paragraph, item or title that it is in; ``above`` the index of
    the line that announces the list it lies in, None for none; ``is_title`` also of a line in bold
    that ends in a colon, which is how titles are written in a hurry.
    """

    text: str
    start: int
    block: int
    tag: str
    depth: int = 0
    is_title: bool = False
    above: int | None = None
    links: list = field(default_factory=list)

    @property
    def end(self):
        return self.start + len(self.text)

    @property
    def announces(self):
        return self.text.rstrip().endswith(":")


@dataclass
class Page:
    """``quotation`` is its rich text, ``lines`` the same in order; ``address`` its own, or ""."""

    address: str
    quotation: str
    lines: list
    _parted: dict = field(default_factory=dict)

    @cached_property
    def text(self):
        return "\n".join(line.text for line in self.lines)

    @cached_property
    def flat(self):
        return flat(self.text)

    def words_of(self, index):
        """Return the flat words of a line; of a long one, how it ends."""
        line = self.lines[index]
        return self.flat[max(line.start, line.end - FAR) : line.end]

    @cached_property
    def starts(self):
        return [line.start for line in self.lines]

    def at(self, place):
        """Return the index of the line in which ``place`` of the text stands."""
        return bisect_right(self.starts, place) - 1

    def sentence(self, place):
        """Return (start, end), in the page's text, of the sentence around ``place``.

        Of one that never ends, what stands near.
        """
        sentences = self._sentences(self.at(place))
        start, end = sentences[bisect_right(sentences, (place, self.lines[-1].end)) - 1]
        return max(start, place - FAR), min(max(end, place), place + FAR)

    def sentences(self):
        """Yield (start, end) of every sentence."""
        for index in range(len(self.lines)):
            yield from self._sentences(index)

    def _sentences(self, index):
        if index not in self._parted:
            line = self.lines[index]
            starts = [0]
            ends = []
            for found in SENTENCE_END.finditer(line.text):
                if not NO_END.search(line.text, max(0, found.end() - LONGEST_START), found.end()):
                    ends.append(found.start())
                    starts.append(found.end())
            ends.append(len(line.text))
            self._parted[index] = [
                (line.start + start, line.start + end)
                for start, end in zip(starts, ends, strict=True)
            ]
        return self._parted[index]

    @cached_property
    def _titles(self):
        return [index for index, line in enumerate(self.lines) if line.is_title]

    def title_of(self, index):
        """Return the index of the title above a line, None where none is."""
        place = bisect_right(self._titles, index - 1) - 1
        return self._titles[place] if place >= 0 else None


def read_page(source, address="", *, with_menus=False):
    """Return the ``Page`` of what was pasted: HTML of a page, or plain text, of a PDF perhaps."""
    html = source if is_html(source) else as_rich_text(rejoined(source))
    quotation = clean_rich_text(normalise_pasted(html, address, only_content=not with_menus))
    return Page(address, quotation, lines_of(quotation))


def lines_of(html):
    """Return the ``Line``s of a rich text: one for each line break and each block."""
    reader = _Lines()
    for token in tokens(html):
        if token.kind == TEXT:
            reader.add(token.name)
        elif token.kind == END:
            reader.end(token.name)
        else:
            reader.begin(token)
    reader.close()
    return reader.lines


class _Lines:
    def __init__(self):
        self.lines = []
        self.length = 0
        self.text, self.links = "", []
        self.block, self.tag = 0, "p"
        self.lists = []
        self.href = None
        self.bold, self.plain = 0, 0
        self.is_bold = 0

    def begin(self, token):
        tag = token.name
        if tag == "br":
            self.close()
        elif tag == "a":
            self.href = (token.attrs.get("href", ""), len(self.text))
        elif tag == "strong":
            self.is_bold += 1
        elif tag in LISTS:
            self.close()
            announcing = len(self.lines) - 1 if self.lines else None
            self.lists.append(announcing)
        elif tag in BLOCKS:
            self.close()
            self.block += 1
            self.tag = tag

    def end(self, tag):
        if tag == "a" and self.href:
            href, start = self.href
            if href:
                self.links.append((start, len(self.text), href))
            self.href = None
        elif tag == "strong":
            self.is_bold = max(0, self.is_bold - 1)
        elif tag in LISTS:
            self.close()
            if self.lists:
                self.lists.pop()
        elif tag in BLOCKS:
            self.close()
            self.tag = "p"

    def add(self, text):
        text = SPACES.sub(" ", text)
        if not self.text:
            text = text.lstrip(" ")
        if self.is_bold:
            self.bold += len(text.strip())
        else:
            self.plain += len(text.strip())
        self.text += text

    def close(self):
        href = None
        if self.href:
            # A link that goes on over a line break is one in each line.
            href, start = self.href
            if start < len(self.text):
                self.links.append((start, len(self.text), href))
            self.href = (href, 0)
        text = self.text.rstrip(" ")
        if text:
            self.lines.append(
                Line(
                    text,
                    self.length,
                    self.block,
                    self.tag,
                    depth=len(self.lists),
                    is_title=self._is_title(text),
                    above=self.lists[-1] if self.lists else None,
                    links=self.links,
                )
            )
            self.length += len(text) + 1
        self.text, self.links = "", []
        self.bold = self.plain = 0

    def _is_title(self, text):
        if self.tag in TITLES:
            return True
        if self.tag != "p" or len(text) > LONGEST_TITLE:
            return False
        # A question alone is one, in a text that has lost its looks.
        is_bold = self.bold and not self.plain
        return text.endswith("?") or (is_bold and text.endswith(":"))
