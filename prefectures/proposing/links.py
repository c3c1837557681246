"""The links of a page: what each is for, by its words, its address and what is around it."""

import re
from itertools import islice
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from ..models import Link
from ..models.fields import is_web_address
from .flat import either, flat
from .page import FAR

Kind, Publisher = Link.Kind, Link.Publisher
MOST_LINKS = 200
# Some are given again and again.
MOST_PLACES = 500
BARE = re.compile(r"(?:https?://|www\.)[^\s<>«»\"]+[^\s<>«»\".,;:!?')\]]")
BALANCED = re.compile(r"(?:https?://|www\.)\S*\([^()\s]*\)[^\s<>«»\".,;:!?')\]]*")
FILE = re.compile(
    r"\.(?:pdf|odt|docx?|rtf|xlsx?|ods)$|/telechargement/|/content/download/|/download/"
)

# In the order in which they are asked: the more telling word first.
BY_WORDS = {
    Kind.COMMUNE_LIST: either(
        "liste des (?:communes|arrondissements)", "liste entiere", r"communes?[-\s]par[-\s]",
        "communes (?:relevant|de l'arrondissement|rattachees|concernees|de l'arrondissement)",
        "quelle (?:sous-)?prefecture est competente",
    ),
    Kind.DOCUMENT_LIST: either(
        "liste (?:indicative )?(?:des|de|complete des) (?:pieces|documents|justificatifs)",
        "listes? de pieces", r"les pieces\b", r"cf\.? la liste",
        "pieces (?:justificatives|a fournir|a joindre|a produire)", "documents a fournir",
        "justificatifs a fournir",
    ),
    Kind.ANNEX: either(
        r"\bannexes?\b", "attestation (?:employeur|d'hebergement|de l'employeur|sur l'honneur)",
    ),
    Kind.NOTICE: either(
        r"\bnotices?\b", "mode d'emploi", "guide (?:de l'usager|pratique|d'utilisation|du)",
        "tutoriel", r"pas[-\s]a[-\s]pas", "depliant", "brochure",
        "fiche (?:pratique|d'information)",
    ),
    Kind.BOOKING: either(r"rendez[-\s]?vous", r"\brdv\b", "creneau", "planning"),
    Kind.FORM: either(
        "formulaires?", r"imprimes?\b", r"\bcerfa\b",
        "fiche de (?:situation|renseignements?|liaison)", "demande de titre",
        "dossier (?:de demande|a (?:telecharger|completer|remplir))", "questionnaire",
        "teleservice", "demarche en ligne", "deposer (?:ma|votre|une|la) demande",
    ),
    Kind.LEGAL: either(
        r"\bcirculaire\b", r"\bceseda\b", "legifrance", "code de l'entree", r"\barrete\b",
        r"\bdecret\b",
    ),
}  # fmt: skip
# A platform says what it is for by its address.
BY_HOST = {
    Kind.BOOKING: either(
        r"(?:^|\.)(?:rdv|rendezvous|rdvservices|rdv-prefecture|rdv-etrangers)[.-]", "//rdv",
        "rdv-prefecture", "/booking/", "/rdvpref/", "rdv-solidarites", "/rdv",
    ),
    Kind.FORM: either(
        r"(?:demarches?-simplifiees?|demarche\.numerique|demarches\.|administration-etrangers-en-france|sphinxdeclic|sgmap|formulaires?\.service-public)",
    ),
    Kind.LEGAL: either("legifrance", r"immigration\.interieur\.gouv", "circulaires"),
}  # fmt: skip
STATE = either(
    r"(?:demarches?-simplifiees?\.fr|demarche\.numerique\.gouv|service-public\.(?:gouv\.)?fr|interieur\.gouv\.fr|sphinxdeclic|legifrance\.gouv|france-visas\.gouv|\bants\.gouv|info\.gouv|timbres\.impots\.gouv|impots\.gouv)",
)  # fmt: skip
OTHER_PLACES = either(
    "facebook", "twitter", r"x\.com", "instagram", "linkedin", "youtube", "whatsapp",
    "dailymotion", "flickr", "rss", r"data\.gouv", r"gouvernement\.fr", r"www\.gouv", "elysee",
    r"interieur\.gouv\.fr/?$", "marianne",
)  # fmt: skip
OF_A_REQUEST = either(r"\bdossiers?\b", r"\bdemande\b")
SEPARATORS = re.compile(r"[_+-]")
CLICK_HERE = re.compile(
    r"^(?:cliqu(?:er|ez)\s+)?(?:ici|la|ce lien|sur ce lien|lien|le lien|telecharg(?:er|ez|ement)|"
    r"en savoir plus|ce document|ce fichier|imprimer|ci-dessous|acceder|lire la suite|voir|"
    r"consulter)\W*$"
)
ONLINE_FORM = either(
    "formulaire en ligne", "en ligne", r"demarches?[-\s]simplifiees?", "teleservice",
    "demarche en ligne", "remplir sur", "deposer (?:ma|votre|une|la) demande",
    "formulaire a remplir", "completer un formulaire",
)  # fmt: skip


class FoundLink(NamedTuple):
    """``is_known`` is whether its words, or those around it, told what it is."""

    url: str
    label: str
    kind: str
    publisher: str
    start: int
    end: int
    is_online_form: bool
    is_known: bool


def links(page):
    """Return the ``FoundLink``s of a page in order, each address once: the one that tells most."""
    found = {}
    for url, start, end in islice(_places(page), MOST_PLACES):
        if len(found) >= MOST_LINKS and url not in found:
            continue
        link = _judged(page, url, start, end)
        if url not in found or (link.is_known and not found[url].is_known):
            found[url] = link
    return sorted(found.values(), key=lambda link: link.start)


def _places(page):
    for line in page.lines:
        for start, end, href in line.links:
            if is_web_address(href):
                yield href, line.start + start, line.start + end
        for bare in _bare(line.text):
            start, end = bare.span()
            if not any(first <= start < last for first, last, _ in line.links):
                url = bare[0] if "://" in bare[0] else f"http://{bare[0]}"
                if is_web_address(url):
                    yield url, line.start + start, line.start + end


def _bare(text):
    place = 0
    while found := BARE.search(text, place):
        longer = BALANCED.match(text, found.start())
        if longer and longer.end() > found.end():
            found = longer
        yield found
        place = found.end()


def _judged(page, url, start, end):
    shown = page.text[start:end].strip()
    is_address = "://" in shown or shown.startswith("www.")
    is_mute = is_address or CLICK_HERE.match(flat(shown))
    first, last = page.sentence(start)
    before = page.text[first:start]
    index = page.at(start)
    label = shown
    context = page.flat[start:end].strip()
    if is_mute:
        announced = before
        if len(before.strip(" :->•")) < 8 and index > 0:
            # An address on a line of its own is announced by the line above.
            announced = f"{_announcing(page, index)} {before}"
        label = announced.strip(" :->•–\n") or page.text[end:last].strip(" :.") or shown
        context = f"{flat(announced)} {'' if is_address else flat(shown)} {page.flat[end:last]}"
    address = flat(unquote(url))
    kind, is_known = _kind(context, address)
    whole = f"{context} {page.flat[first:start]}"
    is_file = bool(FILE.search(urlsplit(address).path))
    is_online = kind == Kind.FORM and not is_file and (
        bool(BY_HOST[Kind.FORM].search(address)) or bool(ONLINE_FORM.search(whole))
    )  # fmt: skip
    if OTHER_PLACES.search(address):
        is_known = False
    path = urlsplit(address).path.strip("/")
    if not path and not urlsplit(address).query and not BY_HOST[Kind.BOOKING].search(address):
        # The front page of a site is no document.
        kind, is_known, is_online = Kind.OTHER, False, False
    return FoundLink(
        url, _short(label), kind, publisher_of(address), start, end, is_online, is_known
    )


def _announcing(page, index):
    for above in range(index - 1, max(-1, index - 3), -1):
        text = page.lines[above].text[-FAR:]
        if not text.startswith(("http", "www.")):
            return text
    return ""


def _kind(context, address):
    is_file = bool(FILE.search(address))
    by_host = (
        next((k for k, words in BY_HOST.items() if words.search(address)), None)
        if not is_file
        else None
    )
    by_words = next((kind for kind, words in BY_WORDS.items() if words.search(context)), None)
    name = SEPARATORS.sub(" ", address.rsplit("/", 1)[-1])
    by_name = next((kind for kind, words in BY_WORDS.items() if words.search(name)), None)
    if not is_file and by_name != Kind.COMMUNE_LIST:
        # The name of a page, in a menu, says less than that of a file.
        by_name = None
    if is_file and not (by_words or by_name) and OF_A_REQUEST.search(f"{context} {name}"):
        by_name = Kind.FORM
    if by_words == Kind.BOOKING and is_file:
        by_words = by_name
    if by_words == Kind.FORM and by_host == Kind.BOOKING and "/booking/" not in address:
        return Kind.BOOKING, True
    told = by_words or by_host or by_name
    if told:
        return told, True
    if is_file:
        return Kind.OTHER, True
    return Kind.OTHER, False


def publisher_of(address):
    """Return who publishes what is at ``address``, by its host."""
    host = urlsplit(address).hostname or ""
    if STATE.search(host):
        return Publisher.STATE_PLATFORM
    return Publisher.PREFECTURE if host.endswith(".gouv.fr") else Publisher.OTHER


def _short(label):
    label = re.sub(r"\s+", " ", label)
    return label if len(label) <= 200 else f"{label[:199].rsplit(' ', 1)[0]}…"
