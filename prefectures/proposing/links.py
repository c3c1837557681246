"""The links of a page: what each is for, by its own words, its address and what stands around it."""

import re
from itertools import islice
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from ..models import Link
from .flat import flat
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
BY_WORDS = [
    (Kind.COMMUNE_LIST, r"liste\s+des\s+(?:communes|arrondissements)|liste\s+entiere|communes?[ -]par[ -]|communes\s+(?:relevant|de\s+l'arrondissement|rattachees|concernees|de l'arrondissement)|quelle\s+(?:sous-)?prefecture\s+est\s+competente"),
    (Kind.DOCUMENT_LIST, r"liste\s+(?:indicative\s+)?(?:des|de|complete des)\s+(?:pieces|documents|justificatifs)|listes?\s+de\s+pieces|les\s+pieces\b|cf\.?\s+la\s+liste|pieces\s+(?:justificatives|a\s+fournir|a\s+joindre|a\s+produire)|documents\s+a\s+fournir|justificatifs\s+a\s+fournir"),
    (Kind.ANNEX, r"\bannexes?\b|attestation\s+(?:employeur|d'hebergement|de\s+l'employeur|sur l'honneur)"),
    (Kind.NOTICE, r"\bnotices?\b|mode\s+d'emploi|guide\s+(?:de\s+l'usager|pratique|d'utilisation|du)|tutoriel|pas[- ]a[- ]pas|depliant|brochure|fiche\s+(?:pratique|d'information)"),
    (Kind.BOOKING, r"rendez[- ]?vous|\brdv\b|creneau|planning"),
    (Kind.FORM, r"formulaires?|imprimes?\b|\bcerfa\b|fiche\s+de\s+(?:situation|renseignements?|liaison)|demande\s+de\s+titre|dossier\s+(?:de\s+demande|a\s+(?:telecharger|completer|remplir))|questionnaire|teleservice|demarche\s+en\s+ligne|deposer\s+(?:ma|votre|une|la)\s+demande"),
    (Kind.LEGAL, r"\bcirculaire\b|\bceseda\b|legifrance|code\s+de\s+l'entree|\barrete\b|\bdecret\b"),
]  # fmt: skip
BY_WORDS = [(kind, re.compile(words)) for kind, words in BY_WORDS]
# A platform says what it is for by its address.
BY_HOST = [
    (Kind.BOOKING, re.compile(r"(?:^|\.)(?:rdv|rendezvous|rdvservices|rdv-prefecture|rdv-etrangers)[.-]|//rdv|rdv-prefecture|/booking/|/rdvpref/|rdv-solidarites|/rdv")),
    (Kind.FORM, re.compile(r"(?:demarches?-simplifiees?|demarche\.numerique|demarches\.|administration-etrangers-en-france|sphinxdeclic|sgmap|formulaires?\.service-public)")),
    (Kind.LEGAL, re.compile(r"legifrance|immigration\.interieur\.gouv|circulaires")),
]  # fmt: skip
STATE = re.compile(
    r"(?:demarches?-simplifiees?\.fr|demarche\.numerique\.gouv|service-public\.(?:gouv\.)?fr|"
    r"interieur\.gouv\.fr|sphinxdeclic|legifrance\.gouv|france-visas\.gouv|\bants\.gouv|"
    r"info\.gouv|timbres\.impots\.gouv|impots\.gouv)"
)
OTHER_PLACES = re.compile(
    r"facebook|twitter|x\.com|instagram|linkedin|youtube|whatsapp|dailymotion|flickr|rss|"
    r"data\.gouv|gouvernement\.fr|www\.gouv|elysee|interieur\.gouv\.fr/?$|marianne"
)
OF_A_REQUEST = re.compile(r"\bdossiers?\b|\bdemande\b")
SEPARATORS = re.compile(r"[_+-]")
CLICK_HERE = re.compile(
    r"^(?:cliqu(?:er|ez)\s+)?(?:ici|la|ce lien|sur ce lien|lien|le lien|telecharg(?:er|ez|ement)|"
    r"en savoir plus|ce document|ce fichier|imprimer|ci-dessous|acceder|lire la suite|voir|consulter)\W*$"
)
ONLINE_FORM = re.compile(
    r"formulaire\s+en\s+ligne|en\s+ligne|demarches?[ -]simplifiees?|teleservice|demarche\s+en\s+ligne|"
    r"remplir\s+sur|deposer\s+(?:ma|votre|une|la)\s+demande|formulaire\s+a\s+remplir|completer\s+un\s+formulaire"
)


class FoundLink(NamedTuple):
    """``context`` are the flat words by which it was judged, ``is_known`` whether they told."""

    url: str
    label: str
    kind: str
    publisher: str
    start: int
    end: int
    is_online_form: bool
    is_known: bool
    context: str


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
            if href.lower().startswith(("http://", "https://")):
                yield href, line.start + start, line.start + end
        for bare in _bare(line.text):
            start, end = bare.span()
            if not any(first <= start < last for first, last, _ in line.links):
                url = bare[0] if "://" in bare[0] else f"http://{bare[0]}"
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
        bool(BY_HOST[1][1].search(address)) or bool(ONLINE_FORM.search(whole))
    )  # fmt: skip
    if OTHER_PLACES.search(address):
        is_known = False
    path = urlsplit(address).path.strip("/")
    if not path and not urlsplit(address).query and not BY_HOST[0][1].search(address):
        # The front page of a site is no document.
        kind, is_known, is_online = Kind.OTHER, False, False
    return FoundLink(
        url, _short(label), kind, publisher_of(address), start, end, is_online, is_known, whole
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
        next((k for k, words in BY_HOST if words.search(address)), None) if not is_file else None
    )
    by_words = next((kind for kind, words in BY_WORDS if words.search(context)), None)
    name = SEPARATORS.sub(" ", address.rsplit("/", 1)[-1])
    by_name = next((kind for kind, words in BY_WORDS if words.search(name)), None)
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
