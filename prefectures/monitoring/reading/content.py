"""What of a page is its own, without what stands around it on every page of its site."""

import re

from ..plain_words import plain
from .outside import NEVER_SAID, is_around, is_hidden, is_menu
from .tree import Node

# In this order: what a site calls the part of its pages that changes.
OWN_PART = ("main", "main-content", "maincontent", "content", "contenu", "contenu-principal")
# In characters: less is no page, whatever it is called.
ENOUGH = 80


def content_of(root):
    """Return the tree of what the page at ``root`` says itself; the whole body if no part is."""
    everything = list(root.walk())
    for found in _candidates(everything):
        if len(found) == 1:
            own = _without(found[0], is_inside=True)
            if len(own.words) >= ENOUGH:
                return own
    return _without(root, menus=_above_the_title(everything))


def _candidates(everything):
    yield [node for node in everything if node.tag == "main" or node.says("role") == "main"]
    for name in OWN_PART:
        yield [node for node in everything if node.says("id") == name]


def _above_the_title(everything):
    """Return the ids of the boxes of links before the first title: no name tells that they are."""
    tags = [node.tag for node in everything]
    above = everything[: tags.index("h1")] if "h1" in tags else []
    return {id(node) for node in above if is_menu(node)}


def _without(node, is_inside=False, menus=frozenset()):
    kept = []
    for child in node.children:
        if isinstance(child, str):
            kept.append(child)
        elif child.tag not in NEVER_SAID and id(child) not in menus and not is_hidden(child):
            is_own = is_inside or child.tag in ("article", "main") or child.says("id") in OWN_PART
            if not is_around(child, is_own):
                kept.append(_without(child, is_own, menus))
    return Node(node.tag, node.attrs, kept)


# A whole line that says nothing of its page.
OF_THE_SCREEN = re.compile(
    r"(?:retour (?:en )?|revenir (?:en |au )?|aller (?:en )?|remonter (?:en )?)?(?:haut|debut) de "
    r"(?:la )?page|retour en haut|remonter|(?:retour a l |page d )?accueil|retour|imprimer"
    r"(?: (?:la|cette) page)?|partager(?: (?:la|cette) page| sur (?:facebook|twitter|x|linkedin|"
    r"whatsapp).*)?|envoyer(?: (?:la|cette) page)? (?:par (?:e ?mail|courriel)|a un ami)"
    r"|copier(?: le lien| dans le presse papier)?|fermer|ouvrir|menu|rechercher"
    r"|tout (?:de|re)plier|"
    r"afficher (?:plus|moins)|lire la suite|ecouter|agrandir|reduire|augmenter la taille du texte|"
    r"facebook|twitter|linkedin|whatsapp|instagram|youtube|"
    r"(?:cette|la) page vous a t elle (?:ete utile|aide).*|je donne mon avis.*|"
    r"aller au (?:contenu|menu)|acces direct au contenu"
)
TRAIL = re.compile(r"(?:vous etes ici :? ?)?accueil ?[>›»/|]", re.IGNORECASE)


def is_of_the_screen(words):
    """Whether a line, without its addresses, is a button of the site, or says where one is."""
    if TRAIL.match(words.replace("ê", "e")):
        return True
    return len(words) < 80 and bool(OF_THE_SCREEN.fullmatch(plain(words)))
