"""What stands around the content of a page: menus, banners, buttons, the news of the site.

By what elements are, and by what the State's sites call them: its design system (DSFR), the older
pages of préfectures (eZ Publish) and what is usual elsewhere (Drupal, SPIP, WordPress).
"""

import re

from ..plain_words import plain

NEVER_SAID = {
    "head", "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed",
    "video", "audio", "canvas", "map", "select", "datalist", "textarea", "input", "progress",
    "meter", "dialog", "nav", "footer", "del", "s", "strike",
}  # fmt: skip
ROLES = {
    "navigation", "banner", "contentinfo", "search", "menu", "menubar", "dialog", "alertdialog",
    "toolbar",
}  # fmt: skip
# One name of a class, or an id, as a whole.
AROUND = re.compile(
    r"fr-(?:header|footer|nav|sidemenu|breadcrumb|skiplinks?|consent|share|follow|search|modal"
    r"|pagination|summary|back-to-top|btn--close|translate)(?:[-_].*)?"
    r"|(?:[a-z]+[-_])?(?:menu|nav|navbar|navigation|breadcrumbs?|sommaire|footer|pied|share|sharing"
    r"|partager?|social|socials|search|recherche|pagination|pager|toolbar|outils|cookies?|consent"
    r"|rgpd|skip|meteo|weather|compteur|counter|visites|comments?|commentaires|pub)"
    r"(?:[-_](?:links?|bar|box|list|items?|wrapper|container|content|inner|zone|bloc|block|form"
    r"|buttons?|top|bottom|left|right|main|principale?|page|secondaire|media|area|banner|bandeau"
    r"|notice|manager|root|modal|popup|gauche|droite|horizontal|vertical|site|jour|\d+))*"
    r"|fil[-_]?d?[-_]?ariane|ariane|arbo(?:rescence)?|reseaux|skip-?links?|evitement|acces-?rapides?|liens-?evitement"
    r"|tarteaucitron.*|cookie.*|axeptio.*|didomi.*|orejime.*|addthis.*|a2a_.*|reseaux-?sociaux"
    r"|imprimer|print|haut-?de-?page|retour-?haut|back-?to-?top|scroll-?top|toplink|colophon"
    r"|date-?(?:du-?)?jour|aujourdhui|horloge|actualites|actus|news(?:letter)?(?:[-_].*)?"
    r"|bloc-?actus?|related(?:[-_].*)?|a-?lire-?aussi|(?:articles?|contenus?)-?(?:lies|similaires)"
    r"|en-?relation|satisfaction|feedback|jdma|captcha|g-recaptcha|h-captcha|respond|bandeau|banner"
    r"|site-?(?:banner|header|footer)|temps-?de-?lecture|reading-?time|nb-?vues|page-?views?"
)
HEADER = re.compile(r"(?:page|site|main|top)?[-_]?(?:header|entete|en-tete)")
SIDE = re.compile(
    r"(?:[a-z]+[-_])?(?:sidebar|side|aside|complementary|colonne-?(?:droite|gauche)|right-?col(?:umn)?)"
    r"(?:[-_](?:left|right|first|second|inner|content))?"
)
UNSEEN = {
    "fr-sr-only", "sr-only", "visually-hidden", "visuallyhidden", "element-invisible", "invisible",
    "hidden", "d-none", "hide", "fr-hidden", "print-only", "screen-reader-text", "cache",
}  # fmt: skip
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
# Hidden until somebody opens it.
OPENED = re.compile(
    r"accordion|accordeon|collaps|tab-?(?:pane|panel|content)|panel|toggle|faq|depli"
)
NEWS = re.compile(
    r"(?:(?:les |nos |toutes? les? |l )?(?:dernieres? |autres )?(?:actualites|actus|a la une)"
    r"|a lire (?:aussi|egalement)|(?:dans la|de la) meme rubrique|sur le meme (?:sujet|theme)"
    r"|(?:articles|contenus|pages) (?:lies|similaires|associes|recents)"
    r"|les plus (?:consultes|lus)|suivez nous|partager|commentaires|restez informes?|meteo"
    r"|\d+ commentaires?)(?: \w+){0,2}"
)
TITLES = ("h2", "h3", "h4", "h5", "h6")
# A box of links to these is no menu.
TO_CONTENT = re.compile(
    r"\.(?:pdf|docx?|odt|ods|xlsx?|rtf|zip)\b|/download/|^(?:mailto|tel):|rdv|demarches?-simplif"
    r"|demarche\.numerique|administration-etrangers",
    re.IGNORECASE,
)
BOXES = {"div", "section", "aside", "ul"}
FEWEST_ITEMS = 3
CONSENT = re.compile(r"accept|refus|personnalis|parametr|continuer|fermer|ok\b|savoir plus", re.I)
# In characters: a longer text that speaks of cookies is about them.
LONGEST_NOTICE = 800
SEARCHES = re.compile("search|recherche", re.I)


def is_hidden(node):
    names = _names(node)
    hidden = (
        "hidden" in node.attrs
        or node.says("aria-hidden") == "true"
        or HIDING.search(node.says("style"))
        or UNSEEN.intersection(names)
    )
    # A whole page is shown by a script once it is there, or its banner has been answered.
    return bool(hidden) and not _is_opened(node, names) and not _holds_the_page(node)


def _is_opened(node, names):
    return node.says("role") == "tabpanel" or any(OPENED.search(name) for name in names)


def is_around(node, is_inside):
    """Whether ``node`` is none of the page's own; ``is_inside`` of its article, or the like."""
    if node.tag in ("html", "body", "main", "article"):
        return False
    names = _names(node)
    if node.says("role") in ROLES or any(AROUND.fullmatch(name) for name in names):
        return not _holds_the_page(node)
    if node.tag == "header" or any(HEADER.fullmatch(name) for name in names):
        return not (is_inside and node.find("h1", *TITLES))
    if node.tag == "form":
        return bool(SEARCHES.search(node.says("action")))
    if node.tag == "aside" or any(SIDE.fullmatch(name) for name in names):
        return _is_of_links(node) or _begins_with_news(node)
    return node.tag in BOXES and (_begins_with_news(node) or _asks_for_cookies(node))


def is_menu(node):
    """Whether ``node`` is a box of links, and of nothing else to speak of."""
    if node.tag not in BOXES | {"ol", "table", "td"} or _holds_the_page(node):
        return False
    return len(node.find("a")) >= FEWEST_ITEMS and _is_of_links(node)


def _names(node):
    return [*node.says("class").split(), *node.says("id").split()]


def _holds_the_page(node):
    """A page is no menu, whatever the boxes around it are called."""
    return any(each.tag in ("h1", "main") or each.says("role") == "main" for each in node.walk())


def _is_of_links(node):
    links = node.find("a")
    if any(TO_CONTENT.search(link.attrs.get("href", "")) for link in links):
        return False
    in_links = sum(len(link.words) for link in links)
    return 2 * in_links > len(node.words)


def _begins_with_news(node):
    first = next(iter(node.elements), None)
    while first is not None and first.tag in ("div", "header", "span"):
        first = next(iter(first.elements), None)
    if first is None or first.tag not in TITLES or node.find("h1"):
        return False
    return bool(NEWS.fullmatch(plain(first.words)))


def _asks_for_cookies(node):
    words = node.words if "cookie" in "".join(_first_texts(node)).lower() else ""
    if not words or len(words) > LONGEST_NOTICE or node.find("h1"):
        return False
    return any(CONSENT.search(asked.words) for asked in node.find("a", "button"))


def _first_texts(node):
    """Yield the texts of a box that may be a notice; those of a longer one cost too much."""
    left = LONGEST_NOTICE
    for each in node.walk():
        for child in each.children:
            if isinstance(child, str):
                left -= len(child.strip())
                yield child
        if left < 0:
            return
