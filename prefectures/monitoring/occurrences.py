"""Whether some words stand in a text one after another, and how often, whatever its lines are."""

from collections import defaultdict

# Places looked at, for all that is asked of one text: who writes "a a a a" shall not keep us.
MOST_LOOKS = 300_000


class Occurrences:
    def __init__(self, words):
        self._words = words
        self._places = defaultdict(list)
        for place, word in enumerate(words):
            self._places[word].append(place)
        self._known = {}
        self._looks = 0

    def count(self, words):
        """Return how often ``words``, a tuple, stand there; 0 where too much has been asked."""
        if words not in self._known:
            self._known[words] = len(self.starts(words))
        return self._known[words]

    def starts(self, words):
        """Return where ``words`` begin, each time that they stand there."""
        if not words:
            return []
        # The rarest has the fewest places to be looked at.
        at = min(range(len(words)), key=lambda number: len(self._places.get(words[number], ())))
        places = self._places.get(words[at], ())
        self._looks += len(places)
        if self._looks > MOST_LOOKS:
            return []
        wanted = list(words)
        return [
            place - at
            for place in places
            if place >= at and self._words[place - at : place - at + len(words)] == wanted
        ]
