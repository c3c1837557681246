"""Rich text, the closed set of HTML that the site keeps, made blocks of a brochure."""

import re

from ..text.html_tokens import END, TEXT, tokens
from . import blocks

LOOKS = {"strong": "strong", "em": "emphasised"}
LISTS = {"ul": blocks.bullets, "ol": blocks.numbered}
# What holds blocks, and what holds words.
HOLDS_BLOCKS = {"li", "blockquote", *LISTS}
HOLDS_WORDS = {"p", "h3", "h4"}
# What is deeper stands beside what it would stand in: a page has no room for more, nor has Typst.
DEEPEST = 8
# What people leave out of an address when they say it.
PLAIN_SCHEME = re.compile("^(?:https?://|mailto:|tel:)", re.IGNORECASE)


def rich(html, level):
    """Return the blocks of ``html`` in a section whose title is of ``level``.

    Its own titles follow that of the section, and skip no level, as on the site's pages.
    """
    reading = _Reading(level)
    for token in tokens(html):
        reading.take(token)
    return reading.whole()


class _Reading:
    def __init__(self, level):
        self.level, self.depth = level, 0
        # Of each tag that holds blocks: (name, blocks); the first holds the whole.
        self.within = [("", [])]
        self.runs, self.title, self.looks, self.urls = [], "", [], []
        self.words_of_link = ""

    def take(self, token):
        name = token.name
        if token.kind == TEXT:
            self._say(name)
        elif name == "br":
            self.runs.append(blocks.LINE_END)
        elif name in LOOKS:
            self._change(self.looks, token, LOOKS[name])
        elif name == "a":
            self._enter_or_leave_link(token)
        elif name in HOLDS_WORDS:
            self._end_words()
            self.title = name if token.kind != END and name != "p" else ""
        elif name in HOLDS_BLOCKS:
            self._end_words()
            if token.kind == END:
                self._leave(name)
            else:
                self.within.append((name, []))

    def whole(self):
        self._end_words()
        while len(self.within) > 1:
            self._leave(self.within[-1][0])
        return self.within[0][1]

    def _say(self, text):
        looks = {look: look in self.looks for look in LOOKS.values()}
        # As browsers do: a line end in the source is a space.
        words = " ".join(text.split("\n"))
        self.runs.append(blocks.run(words, **looks, url=self.urls[-1] if self.urls else ""))
        self.words_of_link += words

    def _enter_or_leave_link(self, token):
        if token.kind == END and self.urls:
            address = PLAIN_SCHEME.sub("", self.urls[-1])
            if address.rstrip("/") not in self.words_of_link:
                # Paper cannot be pressed.
                self.runs.append(blocks.run(f" ({address})"))
        self.words_of_link = ""
        self._change(self.urls, token, token.attrs.get("href", ""))

    @staticmethod
    def _change(opened, token, value):
        if token.kind != END:
            opened.append(value)
        elif opened:
            opened.pop()

    def _end_words(self):
        runs, self.runs = self.runs, []
        if not any("".join(run.get("pieces", [])).strip() for run in runs):
            return
        if self.title:
            self.depth = min(int(self.title[1]) - 2, self.depth + 1)
            self._add(
                blocks.heading(self.level + self.depth, "") | {"runs": _without_line_ends(runs)}
            )
            self.title = ""
        else:
            self._add(blocks.paragraph(*runs))

    def _add(self, block):
        self.within[-1][1].append(block)

    def _leave(self, name):
        """Close the tag ``name``, and those that were left open within it."""
        if name not in [opened for opened, _ in self.within]:
            return
        while self.within[-1][0] != name:
            self._close()
        self._close()

    def _close(self):
        name, held = self.within.pop()
        if not held:
            return
        if len(self.within) > DEEPEST:
            self.within[-1][1].extend(held)
        elif name == "blockquote":
            self._add(blocks.quote(held))
        elif name == "li":
            self._add({"is": "item", "blocks": held})
        else:
            self._add(LISTS[name]([_item(block) for block in held]))


def _item(block):
    return block["blocks"] if block["is"] == "item" else [block]


def _without_line_ends(runs):
    return [run for run in runs if run != blocks.LINE_END]
