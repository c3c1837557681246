"""Which words after a postal code name a town of the territory."""

import re
from itertools import islice

from ..models import Commune
from ..text.naming import normalised
from .flat import flat

CODE = re.compile(r"(?<![\d])(\d{5})(?!\d)")
# "Saint-Étienne-de-Saint-Geoirs": the longest names have eight words.
MOST_WORDS = 8
MOST_CODES = 200
CEDEX = re.compile(r"\s+cedex(?:\s+\d{1,2})?\b")
GAP = re.compile(r"[ ,-]{1,3}")
WORDS = re.compile(r"[a-z0-9]+(?:[' -]+|$)?")


class Towns:
    """The towns that a text names after a postal code, or with "à"."""

    def __init__(self, text, departement=None):
        self.text = flat(text)
        self.places = {}
        candidates = self._candidates()
        names = {name for _, _, ends in candidates for name in ends}
        by_name = {}
        found = Commune.objects.filter(search__in=names, is_current=True)
        for name, of in found.values_list("search", "departement_id"):
            by_name.setdefault(name, set()).add(of)
        for code, start, ends in candidates:
            for name, end in sorted(ends.items(), key=lambda each: -each[1]):
                places = by_name.get(name, set()) & departements_of(code)
                # By its département: a code of CEDEX is in no list of the communes'.
                if places:
                    self.places[start] = (self._with_cedex(end), min(places))
                    break
        self.of_departement = set()
        if departement:
            self.of_departement = set(
                Commune.objects.filter(departement=departement, is_current=True).values_list(
                    "search", flat=True
                )
            )

    def _candidates(self):
        """Return [(code, where it starts, {normalised name: where it ends})]."""
        found = []
        for code in islice(CODE.finditer(self.text), MOST_CODES):
            gap = GAP.match(self.text, code.end())
            names = dict(self._names_at(gap.end())) if gap else {}
            found.append((code[1], code.start(), names))
        return found

    def _names_at(self, place):
        """Yield (normalised name, where it ends) of what may be one that begins at ``place``."""
        end = place
        for _ in range(MOST_WORDS):
            word = WORDS.match(self.text, end)
            if not word:
                return
            end = word.end()
            last = word.start() + len(word[0].rstrip("' -"))
            yield normalised(self.text[place:last]), last

    def _with_cedex(self, end):
        cedex = CEDEX.match(self.text, end)
        return cedex.end() if cedex else end

    def after(self, place):
        """Return (end, département) of the town whose postal code is at ``place``, or None."""
        return self.places.get(place)

    def named_at(self, place):
        """Return where the name of a town of the département ends that begins at ``place``."""
        known = [end for name, end in self._names_at(place) if name in self.of_departement]
        return known[-1] if known else None


def departements_of(code):
    """Return the codes of the départements that a postal code may lie in."""
    if code.startswith("20"):
        return {"2A", "2B"}
    return {code[:3]} if code.startswith(("97", "98")) else {code[:2]}
