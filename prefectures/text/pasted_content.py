"""What a page says, without what stands around it on every page of its site."""

import re

from .pasted_tree import LISTS, Node

ROLES_AROUND = {"navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar"}
AROUND = {"nav", "footer", "aside"}
# As the State's sites name them (Système de design de l'État, eZ, SPIP).
NAMED_AROUND = re.compile(
    r"\b(?:menu|nav|navbar|navigation|breadcrumbs?|fil-?d-?ariane|fr-(?:header|footer|nav|share|"
    r"breadcrumb|skiplinks?|sidemenu|follow|consent\w*)|footer|pied(?:-de-page)?|cookies?|"
    r"share|partage[r]?|social|skip-?links?|evitement|sidebar|retour-haut|colophon)\b",
    re.IGNORECASE,
)
# A page is no menu, whatever its body is called.
MOST_OF_THE_PAGE = 0.6


def content_of(tree):
    """Return ``tree``, from ``tree_of``, with its content alone; as it is if that is nothing."""
    main = _mains(tree)
    root = main[0] if len(main) == 1 else tree
    whole = _length(tree)
    kept = _without(root, whole)
    return kept if _length(kept) else tree


def _mains(node):
    found = []
    for child in _elements(node):
        if child.tag == "main" or child.attrs.get("role") == "main":
            found.append(child)
        else:
            found += _mains(child)
    return found


def _without(node, whole):
    children = [
        child if isinstance(child, str) else _without(child, whole)
        for child in node.children
        if isinstance(child, str) or not _is_around(child, whole)
    ]
    return Node(node.tag, node.attrs, children, node.styles, node.start, node.marker)


def _is_around(node, whole):
    if node.tag in AROUND or node.attrs.get("role") in ROLES_AROUND:
        return True
    if node.tag == "header":
        return any(child.tag in ("nav", *LISTS) for child in _elements(node))
    if not node.attrs:
        return False
    named = f"{node.attrs.get('class', '')} {node.attrs.get('id', '')}"
    return bool(NAMED_AROUND.search(named)) and _length(node) < whole * MOST_OF_THE_PAGE


def _elements(node):
    return [child for child in node.children if not isinstance(child, str)]


def _length(node):
    """Return how many characters ``node`` holds, white space apart."""
    return sum(
        len(child.strip()) if isinstance(child, str) else _length(child) for child in node.children
    )
