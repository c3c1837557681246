"""For which request a part of a page is: this one, or another that stands beside it."""

import re

OURS = re.compile(
    r"admission\s+exceptionnelle|\baes\b|regularis|situation\s+irreguliere|sans[- ]papiers|"
    r"l\.?\s?435|premiere\s+demande|1ere\s+demande|1re\s+demande|premier\s+titre|metiers?\s+en\s+tension|"
    r"considerations\s+humanitaires|motifs\s+exceptionnels"
)
OTHERS = re.compile(
    r"renouvel|naturalisation|duplicata|titres?\s+de\s+voyage|etudiant|(?<!droit\sd')\basile\b|refugie|"
    r"changement\s+d'adresse|passeports?\s+talent|carte\s+grise|immatriculation|\bpermis\b|"
    r"carte\s+(?:nationale\s+)?d'identite|webmestre|webmaster|gestionnaire\s+du\s+site|site\s+administre|service\s+communication|regroupement\s+familial|conjoints?\s+de\s+francais|parents?\s+d.enfants?\s+francais|"
    r"documents?\s+de\s+circulation|\bdcem\b|visiteur|visas?\s+(?:court|schengen)|brexit|britannique|"
    r"autorisation\s+de\s+travail|presse\b|standard|ukrain|tribunal|\boqtf\b|citoyennete\s+francaise|"
    r"accueil\s+general|associations?\s+loi|donnees\s+personnelles|protection\s+des\s+donnees|\bdpo\b|"
    r"autres?\s+(?:titres?|demandes?|demarches?)|remise\s+(?:de|du|des)\s+titres?|retrait\s+(?:de|du|des)\s+titres?"
)

NEAR = 20


def is_for_another(page, place):
    """Whether what stands at ``place`` is said of another request than this one."""
    start, end = page.sentence(place)
    own = page.flat[start:end]
    around = _announcing(page, page.at(place))
    for words in (own, *around):
        ours, others = OURS.search(words), OTHERS.search(words)
        if ours:
            return False
        if others:
            return True
    return False


def _announcing(page, index):
    """Yield the flat words above a line that speak for it: its list's, its neighbour's, its title's."""
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
