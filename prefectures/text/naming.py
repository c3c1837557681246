"""French names: the article that a place takes, and the form under which a name is searched."""

import re
import unicodedata

from django.db import models
from django.utils.text import slugify

from ..languages import is_french


class Article(models.TextChoices):
    """What stands between a noun and a place: "préfecture **de** Foix", "**du** Gard"."""

    DE = "de", "de (Mayotte, Foix)"
    D = "d'", "d’ (Auch, Albi)"
    DU = "du", "du (Gard, Le Mans)"
    DE_LA = "de la", "de la (Haute-Garonne)"
    DES = "des", "des (Landes, Les Andelys)"
    DE_L = "de l'", "de l’ (Ariège)"


# typeLiaison in the Code officiel géographique (INSEE, variable TNCC). 6 to 8 are Aux, Las, Los:
# the name of such a commune holds the word itself, so that only "de" or "d'" stands before it.
ARTICLE_OF_TNCC = {
    0: Article.DE,
    1: Article.D,
    2: Article.DU,
    3: Article.DE_LA,
    4: Article.DES,
    5: Article.DE_L,
    6: Article.D,
    7: Article.DE,
    8: Article.DE,
}

CONTRACTED = {Article.DU: "Le ", Article.DES: "Les "}
KEPT_IN_NAME = ("La ", "L'", "L’")
# What "à" makes of a town's name that begins so.
AT = {"Le ": "au ", "Les ": "aux "}


def with_article(article, name):
    """Return ``name`` behind its article: "de l'Ariège", "du Vigan", "de La Rochelle".

    "Le" and "Les" at the head of a town's name melt into the article; "La" and "L'" stay.
    """
    melted = CONTRACTED.get(article)
    if melted and name.startswith(melted):
        name = name.removeprefix(melted)
    elif name.startswith(KEPT_IN_NAME):
        article = Article.DE
    return f"{article}{name}" if article.endswith("'") else f"{article} {name}"


def of_place(article, name):
    """Return ``name`` behind its article; where another language is spoken, the bare name."""
    return with_article(article, name) if is_french() else name


def at_place(name):
    """Return where something is, in a town: "à Lodève", "au Vigan", "aux Angles", "à La Rochelle".

    Whatever the article that INSEE gives it: "au Vernet-Chaméane", which it says has none. Where
    another language is spoken, the bare name.
    """
    if not is_french():
        return name
    for article, melted in AT.items():
        if name.startswith(article):
            return f"{melted}{name.removeprefix(article)}"
    return f"à {name}"


def office_name(label, article, city, printed_name=""):
    """Return the name of an office: "Sous-préfecture de Lodève", or its own where it has one."""
    return printed_name or f"{label[:1].upper()}{label[1:]} {with_article(article, city)}"


# Accents come off by themselves; these would leave nothing behind.
IN_AN_ADDRESS = {"'": "-", "’": "-", "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"}


def address_of(name):
    """Return ``name`` as it stands in an address: "Préfecture d'Albi" → "prefecture-d-albi"."""
    for letters, written in IN_AN_ADDRESS.items():
        name = name.replace(letters, written)
    return slugify(name)[:120]


SAINTS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
NOT_OF_A_WORD = re.compile(r"[^a-z0-9]")


def _letters_of(sign):
    sign = sign.casefold().replace("œ", "oe").replace("æ", "ae")
    sign = unicodedata.normalize("NFKD", sign)
    return NOT_OF_A_WORD.sub(" ", "".join(c for c in sign if not unicodedata.combining(c)))


class _Letters(dict):
    """What each sign is where texts are searched, by its code: "É" → "e", "œ" → "oe", "-" → " ".

    An accent by itself is nothing: it belongs to the letter before it.
    """

    # Beyond these are few that anybody writes here, and a million that somebody may send.
    MOST_KEPT = 0x2100

    def __missing__(self, code):
        letters = _letters_of(chr(code))
        if code < self.MOST_KEPT:
            self[code] = letters
        return letters


LETTERS = _Letters()


def normalised(text):
    """Return ``text`` as it is searched: "L'Haÿ-les-Roses" → "l hay les roses".

    Lower case without accents or punctuation, œ and æ as two letters, st and ste in full.
    """
    return " ".join(SAINTS.get(word, word) for word in text.translate(LETTERS).split())
