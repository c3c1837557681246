"""From what was typed to the places that may be meant, the likeliest first."""

from dataclasses import dataclass, field

from ..text.naming import normalised
from .by_name import by_name
from .by_number import by_number, by_number_begun, told_apart
from .by_script import by_script
from .kept import index
from .place import Kind
from .question import Question, question
from .weighing import HELD, Candidate, Way

MOST_PLACES = 30
# One place is led to at once if no other is nearly as likely: a quarter of it.
NEARLY_AS_LIKELY = 0.25
# Beside the likeliest, what is less likely than this would only be noise.
HARDLY = 1e-6
SHORTEST_BEGUN_WORD = 5
# Who asks for an office is shown it before its town.
OFFICE_FIRST = 1.1


@dataclass
class Found:
    """The answer: ``candidates``, one a place, the likeliest first; of a name, ``MOST_PLACES``
    at most.

    ``is_guidance``: the words speak of papers, and of no place. ``is_code_unknown``: no commune has
    the postal code; what is found is where it would be.
    """

    question: Question
    candidates: list = field(default_factory=list)
    has_more: bool = False
    is_guidance: bool = False
    is_code_unknown: bool = False

    def __bool__(self):
        return bool(self.candidates)

    @property
    def places(self):
        return [candidate.place for candidate in self.candidates]

    @property
    def is_by_number(self):
        """Whether all that is found has the number typed: that of a département, a postal code."""
        return {candidate.way for candidate in self.candidates} == {Way.NUMBER}

    @property
    def is_sure(self):
        """Whether something has the very name typed; else it is a guess."""
        return any(candidate.is_sure for candidate in self.candidates)

    @property
    def is_understood(self):
        """Whether anything in it may name a place: signs do not, nor do words of any sentence."""
        asked = self.question
        told = asked.content or asked.has_numbers or asked.in_other_scripts
        return bool(self.candidates or told)

    @property
    def only(self):
        """The place that is meant, if it is named whole and no other is nearly as likely, or None.

        What was mistyped is asked again, however likely the guess: a wrong page costs years.
        """
        sure = [candidate for candidate in self.candidates if candidate.is_sure]
        # Who writes "75000" means Paris; any other code that nobody has may be a mistake.
        is_mistaken = self.is_code_unknown and not self.question.text.endswith("000")
        if len(sure) != 1 or is_mistaken:
            return None
        best = sure[0]
        rivals = (other for other in self.candidates if other is not best)
        return None if any(_rivals(best, other) for other in rivals) else best.place


def _rivals(best, other):
    """Whether ``other`` may well be meant, though ``best`` is named: Nantes by "Nant", say.

    Nobody leaves out the beginning of a name: Seine-Saint-Denis is not meant by "Saint-Denis".
    """
    if other.left or other.way in HELD:
        return False
    is_likely = other.weight > best.weight * NEARLY_AS_LIKELY
    # Who types the name of a village may have slipped in that of a town.
    is_slip_for_more = other.place.population > best.place.population or best.is_in_a_sentence
    return is_likely or (other.is_slip and is_slip_for_more)


def find(text, *, typing=False):
    """Return ``Found`` for what somebody typed, or has typed so far."""
    return find_in(index(), text, typing=typing)


def find_in(known, text, *, typing=False):
    """Return ``Found`` in an ``Index``. Pure."""
    asked = question(text)
    ranked = _ranked(known, _every(known, asked, typing=typing))
    is_guidance = asked.is_of_the_guidance and not any(each.is_sure for each in ranked)
    if is_guidance:
        ranked = [each for each in ranked if _is_near(asked, each)]
    found = Found(
        asked,
        ranked,
        is_guidance=is_guidance,
        is_code_unknown=any(code not in known.by_postal_code for code in asked.postal_codes)
        and not asked.content,
    )
    # Of a postal code all communes are shown: one looks for one's own.
    if len(ranked) > MOST_PLACES and not found.is_by_number:
        found.candidates, found.has_more = ranked[:MOST_PLACES], True
    return found


def _is_near(asked, candidate):
    """Whether a place may be meant by a word of the guidance: "travail" begins Travaillan."""
    is_begun = len(asked.words) == 1 and len(asked.phrase) >= SHORTEST_BEGUN_WORD
    return is_begun and not (candidate.left or candidate.way.is_mistaken)


def _every(known, asked, *, typing):
    """Return all candidates, a place maybe twice."""
    named = [
        *by_name(known, asked.words, typing=typing),
        *by_script(known, asked.in_other_scripts),
    ]
    if not (typing or asked.content or asked.in_other_scripts):
        # "le 93", "bonjour": what such words begin or nearly spell is not meant.
        named = [candidate for candidate in named if candidate.is_sure]
    if not named:
        # "département 34" names it; of "xyz 34" a word is left that says nothing to us.
        left = len(asked.content)
        begun = by_number_begun(known, asked) if typing else ()
        return [each.less(left) if left else each for each in [*by_number(known, asked), *begun]]
    return told_apart(known, asked, [*named, *_offices(known, asked, named)])


def _offices(known, asked, named):
    """Yield the offices of the towns that are ``named``, where one is asked for."""
    if not asked.is_of_an_office:
        return
    for candidate in named:
        place = candidate.place
        if place.kind is Kind.COMMUNE and candidate.way.is_exact and not candidate.left:
            for office in known.offices.get((place.departement_id, normalised(place.name)), ()):
                yield Candidate(office, candidate.way, candidate.weight * OFFICE_FIRST)


def _ranked(known, every):
    """Return the candidates, one a place, without those that another says better, best first."""
    best = {}
    for candidate in every:
        there = best.get(candidate.place.key)
        if there is None or (candidate.left, -candidate.weight) < (there.left, -there.weight):
            best[candidate.place.key] = candidate
    alike = {key for candidate in best.values() for key in _said_by(known, candidate.place)}
    found = [candidate for key, candidate in best.items() if key not in alike]
    found.sort(key=lambda each: (each.left, -each.weight, each.place.name, each.place.code))
    likeliest = max((each.weight for each in found), default=0)
    return [each for each in found if each.weight >= likeliest * HARDLY]


def _said_by(known, place):
    """Yield the keys of places that need not be named beside ``place``, being the same.

    The département of Paris beside Paris, the région of La Réunion beside its département.
    """
    if place.kind is Kind.COMMUNE and place.departement.population == place.population:
        yield place.departement.key
    if place.kind is Kind.DEPARTEMENT:
        for code, departements in known.of_region.items():
            if departements == {place.code}:
                yield Kind.REGION, code
