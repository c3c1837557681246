"""The tree of a pasted text: elements in elements, as browsers nest them, never too deep.

Built in one pass. What is no longer said (struck out, hidden by its tag) is not in it.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from .html_tokens import END, TEXT, tokens

INLINE = {"strong", "em", "b", "i", "span", "font", "a"}
TITLES = {"h1": "h3", "h2": "h3", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
LISTS = {"ul", "ol"}
CELLS = {"td", "th"}
ROWS_OF_A_TABLE = {"thead", "tbody", "tfoot", "tr", *CELLS, "caption"}
KEPT = {
    *INLINE, *TITLES, *LISTS, *ROWS_OF_A_TABLE, "table", "p", "br", "hr", "li", "blockquote", "div",
    "section", "article", "header", "footer", "main", "aside", "figure", "figcaption", "address",
    "center", "pre", "dl", "dt", "dd", "fieldset", "legend", "form", "nav", "details", "summary",
    "button", "option",
}  # fmt: skip
# What is struck out is no longer said: as plain text it would be.
UNSAID = {
    "script", "style", "title", "noscript", "template", "svg", "math", "del", "s", "strike",
}  # fmt: skip
WITHOUT_END = {"br", "hr"}
DEEPEST = 100
# More than any mark before an item of a list.
LONGEST_START = 50

# Nothing in one of these ends what is around it.
WALLS = {"", "table", "caption", *CELLS, "button", "noscript", "template"}
# What begins ends what nobody ended: {tag: (what it ends, how far it looks)}.
ENDED_BY = {
    "li": ({"li"}, LISTS | WALLS),
    "dt": ({"dt", "dd"}, {"dl"} | WALLS),
    "dd": ({"dt", "dd"}, {"dl"} | WALLS),
    "option": ({"option"}, WALLS),
    "a": ({"a"}, KEPT - INLINE | WALLS),
    "td": (CELLS | {"caption"}, {"", "tr", "table"}),
    "th": (CELLS | {"caption"}, {"", "tr", "table"}),
    "tr": ({"tr", "caption"}, {"", "table"}),
    **dict.fromkeys(
        ("thead", "tbody", "tfoot"), ({"thead", "tbody", "tfoot", "tr"}, {"", "table"})
    ),
    **{title: (set(TITLES), KEPT - INLINE - set(TITLES) | WALLS) for title in TITLES},
}
PARAGRAPH = {"p"}
BLOCKS = KEPT - INLINE - ROWS_OF_A_TABLE - {"br", "button", "option", "legend"}

UNSEEN = re.compile("[\xad\u200b\ufeff]")
REMARK = re.compile(r"mso(com|comment)(anchor|txt|reference|text)", re.IGNORECASE)
BOLD = re.compile("bold|[6-9][0-9][0-9]")
NOT_BOLD = re.compile("normal|[1-5][0-9][0-9]")
ITALIC, NOT_ITALIC = re.compile("italic"), re.compile("normal")
WORD_LIST = re.compile(r"(l[0-9]+)\s+level([0-9])(\s+lfo[0-9]+)?")


def declarations(style):
    """Return {property: value} of an attribute ``style``, in small letters."""
    pairs = (each.partition(":") for each in style.lower().split(";") if ":" in each)
    return {name.strip(): value.strip() for name, _, value in pairs}


@dataclass(slots=True)
class Node:
    """``start`` is how its text begins, ``marker`` the bullet or number that Word wrote in it."""

    tag: str = ""
    attrs: dict = field(default_factory=dict)
    children: list = field(default_factory=list)
    styles: dict = field(default_factory=dict)
    start: str = ""
    marker: "Node | None" = None

    def says(self, name, value):
        return self.styles.get(name, "").startswith(value)

    @property
    def is_left_out(self):
        """Struck out, hidden, or a remark that colleagues left in the margin of their document."""
        return (
            any(
                "line-through" in value
                for name, value in self.styles.items()
                if name.startswith("text-decoration")
            )
            or self.says("display", "none")
            or self.says("mso-hide", "all")
            or self.says("mso-element", "comment")
            or self.says("mso-special-character", "comment")
            or bool(REMARK.search(self.attrs.get("class", "")))
        )

    @property
    def is_marker(self):
        return self.says("mso-list", "ignore")

    @property
    def marker_text(self):
        return self.marker.start if self.marker else ""

    @property
    def word_list(self):
        """Return the match of (list, level, format) of an item of Word, None of anything else."""
        return WORD_LIST.match(self.styles.get("mso-list", ""))

    @property
    def is_bold(self):
        """Return True, False, or None if it does not say."""
        return self._one_of("font-weight", BOLD, NOT_BOLD)

    @property
    def is_italic(self):
        return self._one_of("font-style", ITALIC, NOT_ITALIC)

    def _one_of(self, name, yes, no):
        value = self.styles.get(name, "")
        return True if yes.match(value) else False if no.match(value) else None


def tree_of(html):
    builder = _Builder()
    for token in tokens(html):
        if token.kind == TEXT:
            builder.add_text(UNSEEN.sub("", token.name))
        elif token.kind == END:
            builder.end(token.name)
        else:
            builder.begin(token)
    return builder.root


class _Builder:
    def __init__(self):
        self.root = Node()
        self.open = [self.root]
        # Begun where it is too deep: their content goes to the last one that is not.
        self.too_deep = Counter()

    def begin(self, token):
        tag = token.name
        if tag not in KEPT and tag not in UNSAID:
            return
        if tag in UNSAID and token.is_closed:
            return
        if tag in ENDED_BY:
            self._close(*ENDED_BY[tag])
        if tag in BLOCKS:
            self._close(PARAGRAPH, WALLS)
        if len(self.open) > DEEPEST and tag not in WITHOUT_END:
            self.too_deep[tag] += 1
            return
        style = token.attrs.get("style")
        node = Node(tag, token.attrs, styles=declarations(style) if style else {})
        if tag not in UNSAID:
            self._add(node)
        if tag in WITHOUT_END:
            return
        self.open.append(node)
        if node.is_marker:
            for around in reversed(self.open):
                if around.marker:
                    break
                around.marker = node

    def end(self, tag):
        if self.too_deep[tag]:
            self.too_deep[tag] -= 1
        elif tag == "table":
            self._close({tag}, {""})
        elif tag in ROWS_OF_A_TABLE:
            self._close({tag}, {"", "table"})
        elif tag in TITLES:
            self._close(set(TITLES), WALLS)
        else:
            self._close({tag}, (WALLS | LISTS if tag == "li" else WALLS) - {tag})

    def add_text(self, text):
        self._add(text)
        for node in reversed(self.open):
            if node.tag in UNSAID or len(node.start) >= LONGEST_START:
                break
            node.start += (text if node.start else text.lstrip())[:LONGEST_START]

    def _add(self, child):
        """Put ``child`` in its place, with the row and the cell around it that nobody wrote."""
        is_text = isinstance(child, str)
        is_cell = not is_text and child.tag in CELLS
        top = self.open[-1]
        if is_cell and top.tag in ("table", "thead", "tbody", "tfoot"):
            self._open_unwritten("tr")
        elif top.tag == "tr" and not is_cell and not (is_text and child.isspace()):
            self._open_unwritten("td")
        self.open[-1].children.append(child)

    def _open_unwritten(self, tag):
        node = Node(tag)
        self.open[-1].children.append(node)
        self.open.append(node)

    def _close(self, tags, walls):
        """End the nearest open element of ``tags``, with all in it, unless a wall is nearer."""
        for place in range(len(self.open) - 1, 0, -1):
            tag = self.open[place].tag
            if tag in tags:
                del self.open[place:]
                return
            if tag in walls:
                return
