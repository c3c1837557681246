"""For which request a part of a page is: this one, or another that stands beside it."""

import re

from .flat import either
from .page import FAR

OURS = either(
    "admission exceptionnelle", r"\baes\b", "regularis", "situation irreguliere",
    r"sans[-\s]papiers", r"l\.?\s?435", "premiere demande", "1ere demande", "1re demande",
    "premier titre", "metiers? en tension", "considerations humanitaires",
    "motifs exceptionnels",
)  # fmt: skip
OTHERS = either(
    "renouvel", "naturalisation", "duplicata", "titres? de voyage", "etudiant",
    r"(?<!droit\sd')\basile\b", "refugie", "changement d'adresse", "passeports? talent",
    "carte grise", "immatriculation", r"\bpermis\b", "carte (?:nationale )?d'identite",
    "webmestre", "webmaster", "gestionnaire du site", "site administre", "service communication",
    "regroupement familial", "conjoints? de francais", "parents? d.enfants? francais",
    "documents? de circulation", r"\bdcem\b", "visiteur", "visas? (?:court|schengen)", "brexit",
    "britannique", "autorisation de travail",
    "titre (?:de sejour )?(?:a (?:ete|deja ete) )?(?:delivre|en cours)",
    r"presse\b", "standard", "ukrain", "tribunal",
    r"\boqtf\b", "citoyennete francaise", "accueil general", "associations? loi",
    "donnees personnelles", "protection des donnees", r"\bdpo\b",
    "autres? (?:titres?|demandes?|demarches?)", "remise (?:de|du|des) titres?",
    "retrait (?:de|du|des) titres?",
)  # fmt: skip

NEAR = 20


def is_for_another(page, place):
    """Whether what stands at ``place`` is said of another request than this one."""
    start, end = page.sentence(place)
    own = page.flat[start:end]
    question = _question_before(page, start)
    around = _announcing(page, page.at(place))
    for words in (own, question, *around):
        ours, others = OURS.search(words), OTHERS.search(words)
        if ours:
            return False
        if others:
            return True
    return False


def _question_before(page, start):
    """Return the flat words of a question that the sentence at ``start`` answers in its line."""
    line = page.lines[page.at(start)]
    before = page.flat[max(line.start, start - FAR) : start].rstrip()
    if not before.endswith("?"):
        return ""
    return re.split(r"[.!?] ", before)[-1]


def _announcing(page, index):
    """Yield the flat words that speak for a line: of its list, its neighbour, its title."""
    line = page.lines[index]
    below = page.lines[index + 1 : index + 2]
    if below and below[0].block == line.block and below[0].tag != "li":
        # "Standard : …", under the address of the house.
        yield "standard" if "standard" in page.flat[below[0].start : below[0].start + NEAR] else ""
    if line.above is not None:
        yield page.words_of(line.above)
    elif index and page.lines[index - 1].announces:
        yield page.words_of(index - 1)
    title = page.title_of(index)
    if title is not None:
        yield page.words_of(title)
