"""Places by their names in other scripts: "تولوز", "Тулуза", "图卢兹", alone or in a sentence."""

import unicodedata

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ..territories.spellings import foreign_normalised
from .weighing import Candidate, Way, weight_of

LONGEST_NAME = 5
# With fewer letters everything is a mistake away from everything.
SHORTEST_MISTAKEN = 5
SHORTEST_BEGUN = 2
# "at", "from", "and" are written together with the Arabic word that follows.
GLUED = ("ب", "ل", "و", "ف")


def in_other_scripts(text):
    """Return the words of ``text`` that are not in Latin letters, as a list."""
    return [word for word in _words(text) if not _is_latin(word)]


def by_script(known, words):
    """Yield a ``Candidate`` for each place that ``words`` name in their script, maybe twice."""
    found = False
    for text in _spans(words):
        for way, spelling in _spelled(known.spellings, text, is_alone=len(words) == 1):
            found = True
            for place in _places(known, spelling):
                yield Candidate(place, way, weight_of(place, way))
    if not found:
        text = foreign_normalised(" ".join(words))
        if len(text) >= SHORTEST_MISTAKEN:
            near = process.extract(
                text, known.spellings.keys(), scorer=OSA.distance, score_cutoff=1, limit=None
            )
            for spelling, _, _ in near:
                for place in _places(known, spelling):
                    yield Candidate(place, Way.MISTAKEN, weight_of(place, Way.MISTAKEN))


def _words(text):
    return "".join(sign if _is_of_a_word(sign) else " " for sign in text).split()


def _is_of_a_word(sign):
    return unicodedata.category(sign)[0] in "LM" or sign in "'’-"


def _is_latin(word):
    letters = [sign for sign in word if sign.isalpha()]
    return not letters or any("LATIN" in unicodedata.name(sign, "") for sign in letters)


def _spans(words):
    """Yield the folded texts that ``words`` may name, the longest first."""
    for length in range(min(len(words), LONGEST_NAME), 0, -1):
        for start in range(len(words) - length + 1):
            yield foreign_normalised(" ".join(words[start : start + length]))


def _spelled(spellings, text, *, is_alone):
    """Yield (way, spelling) of those that ``text`` is, begins, or holds without spaces."""
    if text in spellings:
        yield Way.CALLED, text
    elif text[1:] in spellings and text.startswith(GLUED):
        yield Way.CALLED, text[1:]
    elif _has_no_spaces(text):
        held = [each for each in spellings if len(each) > 1 and each in text]
        for each in held:
            if not any(each in other for other in held if other != each):
                yield Way.CALLED, each
    if is_alone and len(text) >= SHORTEST_BEGUN:
        yield from (
            (Way.BEGINS, each) for each in spellings if each.startswith(text) and each != text
        )


def _has_no_spaces(text):
    return text != "" and "CJK" in unicodedata.name(text[0], "")


def _places(known, spelling):
    kinds = {
        "commune": known.communes,
        "departement": known.departements,
        "region": known.regions,
    }
    for kind, code in known.spellings[spelling]:
        if code in kinds[kind]:
            yield kinds[kind][code]
