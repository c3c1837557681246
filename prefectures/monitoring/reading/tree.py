"""A page as a tree of elements, as a browser would build it, never too deep to be walked.

resiliparse builds and writes it again, well nested, in C; what is walked are objects of our own,
as each step in its tree costs more than reading what it wrote.
"""

from dataclasses import dataclass, field

from resiliparse.parse.html import HTMLTree

from ...text.html_tokens import END, TEXT, tokens

WITHOUT_END = {
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input",
    "keygen", "link", "meta", "param", "source", "track", "wbr",
}  # fmt: skip
# Deeper, elements are left out and their words stay: no page that people read is.
DEEPEST = 120


@dataclass(slots=True)
class Node:
    tag: str = ""
    attrs: dict = field(default_factory=dict)
    children: list = field(default_factory=list)

    @property
    def elements(self):
        return [child for child in self.children if not isinstance(child, str)]

    def walk(self):
        """Yield the node and all in it, in their order."""
        yield self
        for child in self.elements:
            yield from child.walk()

    def find(self, *tags):
        """Return the nodes of these ``tags`` in it, in their order."""
        return [node for node in self.walk() if node.tag in tags]

    @property
    def words(self):
        """Its text on one line."""
        return " ".join(" ".join(self._texts()).split())

    def _texts(self):
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child._texts()

    def says(self, name):
        """Return an attribute in small letters, "" if it has none."""
        return self.attrs.get(name, "").strip().lower()


def tree_of(html):
    """Return the root of ``html``: a node without a tag, that holds "html"."""
    root = Node()
    opened, too_deep = [root], 0
    for token in tokens(HTMLTree.parse(html).document.html):
        name = token.name
        if token.kind == TEXT:
            opened[-1].children.append(name)
        elif token.kind == END:
            if too_deep:
                too_deep -= 1
            elif len(opened) > 1:
                opened.pop()
        elif name in WITHOUT_END:
            opened[-1].children.append(Node(name, token.attrs))
        elif len(opened) > DEEPEST:
            too_deep += 1
        else:
            node = Node(name, token.attrs)
            opened[-1].children.append(node)
            opened.append(node)
    return root
