"""What is to be said of a page before anything of it is taken: another place, another language."""

import re

from ..models import Step
from ..text.naming import normalised
from .flat import flat
from .reading import MOST_PROPOSALS
from .situations import OURS

# A text of some length has several of them in every line.
FRENCH = re.compile(
    r"\b(?:le|la|les|des|du|de|vous|votre|vos|une|un|et|est|sur|pour|dans|au|aux)\b"
)
WORD = re.compile(r"[^\W\d_]+")
OF_A_PLACE = r"\bprefecture (?:de la |de l |des |du |de |d ){}\b"
LEAST_WORDS = 30
LEAST_FRENCH = 0.08

OTHER_LANGUAGE = (
    "Cette page ne semble pas écrite en français : le site n’en reconnaît que les adresses, les "
    "liens et les numéros."
)
NOTHING_FOUND = (
    "Le site n’a rien reconnu dans cette page. Son texte est gardé en entier comme citation : "
    "écrivez les étapes à la main."
)
NOT_OF_AES = (
    "Cette page ne parle ni d’admission exceptionnelle au séjour ni de régularisation : relisez-la."
)
TOO_MANY = (
    "Cette page a beaucoup de liens et d’adresses : le site en propose {count}, les autres sont "
    "dans la citation."
)


def remarks_on(reading):
    """Yield the sentences that are true of ``reading``, wherever it comes from."""
    text = reading.page.text
    if not is_french(text):
        yield OTHER_LANGUAGE
    elif not OURS.search(reading.page.flat):
        yield NOT_OF_AES
    if not reading.proposals:
        yield NOTHING_FOUND
    elif len(reading.proposals) >= MOST_PROPOSALS:
        yield TOO_MANY.format(count=MOST_PROPOSALS)


def is_french(text):
    """Whether ``text`` is, or is too short to tell."""
    words = WORD.findall(flat(text))
    found = len(FRENCH.findall(flat(text)))
    return len(words) < LEAST_WORDS or found >= LEAST_FRENCH * len(words)


def elsewhere(reading, departement):
    """Return [(town, code)] of the steps whose town is in another département."""
    return [
        (proposal.values["address"].splitlines()[-1], proposal.departement)
        for proposal in reading.of(Step)
        if proposal.departement and proposal.departement != departement
    ]


def named_elsewhere(page, names, departement):
    """Return the code of the one other département whose préfecture a page names, None else.

    ``names`` are {code: name} of all. A page that names its own too names the other in passing.
    """
    text = normalised(page.text)
    named = {
        code for code, name in names.items() if re.search(OF_A_PLACE.format(normalised(name)), text)
    }
    return named.pop() if len(named) == 1 and departement not in named else None
