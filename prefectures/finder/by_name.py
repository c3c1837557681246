"""Places by the name that is typed, alone, in a sentence, or beside that of a département."""

from dataclasses import replace

from .place import Kind
from .vocabulary import GUIDANCE, OFFICE, SENTENCE
from .weighing import candidates, exact_candidates

LONGEST_NAME = 7
AROUND = SENTENCE | OFFICE | GUIDANCE
AREAS = (Kind.DEPARTEMENT, Kind.REGION)


def by_name(known, words, *, typing=False):
    """Return a ``Candidate`` for each place that ``words`` may name, a place maybe twice.

    As a whole; then, where that is no name, by the names that stand in it, each of which leaves the
    words around it unexplained; then by what is left without the words of a sentence.
    """
    whole = " ".join(words)
    found = list(candidates(known.names, whole, typing=typing))
    if known.names.called(whole):
        return found
    spans = _spans(known.names, words)
    held = [each for span in spans for each in _of_span(known, words, spans, span)]
    if any(each.is_sure and not each.is_in_a_sentence for each in held):
        # A name and its département, and nothing else: no mistake is to be looked for.
        return held + [each for each in found if not each.way.is_mistaken]
    found += held
    if any(each.is_sure for each in held):
        return found
    for rest, area in _beside_an_area(known, words, spans):
        found += [
            each
            for each in candidates(known.names, rest, typing=typing)
            if _lies_in(each.place, area)
        ]
    bare = _stripped(words)
    if bare != words:
        found += candidates(known.names, " ".join(bare), typing=typing)
    return found


# --- Names that stand in what is typed --------------------------------------------------------


def _spans(names, words):
    """Return the (start, end) of the longest names that stand in ``words``, which may overlap.

    Words of any sentence are names too, of villages: they are taken for such only at an end.
    """
    found = []
    for start in range(len(words)):
        for end in range(min(len(words), start + LONGEST_NAME), start, -1):
            own, is_at_an_end = words[start:end], start == 0 or end == len(words)
            is_inside = any(first <= start and end <= last for first, last in found)
            may_tell = is_at_an_end or not AROUND.issuperset(own)
            if may_tell and not is_inside and names.called(" ".join(own)):
                found.append((start, end))
    return found


def _of_span(known, words, spans, span):
    """Yield the places called as ``words`` are in ``span``, told apart by an area beside it."""
    own = words[slice(*span)]
    areas = {other: _area(known, words, other) for other in spans if not _overlap(other, span)}
    for candidate in exact_candidates(known.names, " ".join(own)):
        around = [other for other, area in areas.items() if _lies_in(candidate.place, area)]
        rest = _rest(words, [span, *around])
        if AROUND.issuperset(own) and (rest or not around):
            # "Le Pas, Mayenne" names a village; "je ne sais pas" does not.
            continue
        left = sum(word not in AROUND for word in rest)
        yield replace(candidate.less(left), is_in_a_sentence=bool(rest))


def _overlap(one, other):
    return one[0] < other[1] and other[0] < one[1]


def _area(known, words, span):
    """Return the codes of the départements that the words in ``span`` name, as a set."""
    found = set()
    for name in known.names.called(" ".join(words[slice(*span)])):
        if name.place.kind is Kind.DEPARTEMENT:
            found.add(name.place.code)
        elif name.place.kind is Kind.REGION:
            found |= known.of_region[name.place.code]
    return found


def _lies_in(place, area):
    return place.kind not in AREAS and place.departement_id in area


def _rest(words, spans):
    """Return the words that stand in none of ``spans``."""
    held = {at for start, end in spans for at in range(start, end)}
    return [word for at, word in enumerate(words) if at not in held]


def _beside_an_area(known, words, spans):
    """Yield (what is left beside it, codes of départements) for areas at an end of ``words``."""
    for start, end in spans:
        area = _area(known, words, (start, end))
        before, after = _stripped(words[:start]), _stripped(words[end:])
        if area and bool(before) != bool(after):
            yield " ".join(before or after), area


def _stripped(words):
    """Return ``words`` without those of any sentence around them."""
    start, end = 0, len(words)
    while start < end and words[start] in AROUND:
        start += 1
    while start < end and words[end - 1] in AROUND:
        end -= 1
    return words[start:end]
