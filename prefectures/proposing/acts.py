"""What one is told to do with an address, an e-mail or a telephone: by the words around it."""

import re

from ..models import Step
from .vocabulary import (
    ASKING,
    ASKING_LATER,
    BOOKING,
    CHANNELS,
    COUNTER,
    DROP_BOX,
    EMAIL,
    OF_A_FILE,
    ONLY,
    POST,
    REFUSAL,
    SENDING,
    SENT_AWAY,
    WITHOUT_APPOINTMENT,
)

Kind = Step.Kind

MOST_ABOVE = 3
# Too little to say what one does, in characters: the line above is asked.
SHORT = 25
ENDED = re.compile(r"[.!;]\s*$")


class Around:
    """The words around a place of a page, nearest first: what stands before it, then above it."""

    def __init__(self, page, start, end):
        index = page.at(start)
        first, last = page.sentence(start)
        self.before = page.flat[first:start]
        self.after = page.flat[end : max(last, end)]
        self.above = []
        announcing = _index_above(page, index, is_bare=len(self.before.strip(" :->•–")) < SHORT)
        while announcing is not None and len(self.above) < MOST_ABOVE:
            self.above.append(page.words_of(announcing))
            announcing = _index_above(page, announcing, is_bare=len(self.above[-1]) < SHORT)

    @property
    def sentence(self):
        return f"{self.before} · {self.after}"

    @property
    def whole(self):
        return " · ".join([self.before, self.after, *self.above])

    def last_of(self, patterns):
        """Return the key in {key: pattern} whose words stand nearest before the place, or None."""
        for text in (self.before, *self.above):
            found = [
                (match.end(), key)
                for key, pattern in patterns.items()
                for match in pattern.finditer(text)
            ]
            if found:
                return max(found, key=lambda each: each[0])[1]
        return None


def _index_above(page, index, *, is_bare):
    """Return the index of the line that speaks for the one at ``index``, None where none does."""
    line = page.lines[index]
    before = page.lines[index - 1] if index else None
    if before and before.announces:
        return index - 1
    if line.above is not None:
        return line.above
    if (
        before
        and is_bare
        and (before.block == line.block or before.is_title or not ENDED.search(before.text))
    ):
        return index - 1
    return None


def of_address(around):
    """Return the kind of step that an address is for, None where nothing says that one is."""
    kind = around.last_of({Kind.DROP_BOX: DROP_BOX, Kind.POST: POST, Kind.COUNTER: COUNTER})
    if kind == Kind.COUNTER and not COUNTER.search(around.whole.replace("accueil", "")):
        # "Accueil du public : 1 place de la Préfecture": where the office is.
        return None
    if kind is None and DROP_BOX.search(around.after):
        return Kind.DROP_BOX
    if kind is None and SENT_AWAY.search(around.whole):
        return Kind.POST
    if kind is None and "depos" in around.whole:
        return Kind.COUNTER
    return kind


def of_email(around):
    """Return the kind of step that an e-mail is for, None where it only answers."""
    near = around.before
    for above in around.above:
        if len(near) < SHORT and (above.rstrip().endswith(":") or EMAIL.search(above)):
            near = f"{above} {near}"
    if ASKING_LATER.search(near):
        return None
    if ASKING.search(near) and not re.search("dossier|demande\\s+(?:complete|d'admission)", near):
        return None
    if BOOKING.search(near) and re.search("prendre|obtenir|solliciter|demand|prise|fixer", near):
        return Kind.BOOK_BY_EMAIL
    if SENDING.search(near):
        return Kind.EMAIL
    above = " ".join(around.above)
    if EMAIL.search(near) and SENDING.search(above):
        return Kind.EMAIL
    return None


def of_phone(around):
    whole = f"{around.before} {around.after}"
    if len(around.before) < SHORT:
        whole = f"{whole} {' '.join(around.above)}"
    is_booking = BOOKING.search(whole) and not re.search(r"sans\s+(?:rendez|rdv)", whole)
    if is_booking and not re.search("annul|report|question|renseign", whole):
        return Kind.BOOK_BY_PHONE
    return None


def refused_channels(page):
    """Yield (channel, start, end) for each sentence that refuses a way of filing."""
    for start, end in page.sentences():
        words = page.flat[start:end]
        refusal = REFUSAL.search(words)
        if not refusal or not OF_A_FILE.search(words) or WITHOUT_APPOINTMENT.search(words):
            continue
        for channel, pattern in CHANNELS:
            named = pattern.search(words)
            if named and not _is_the_only_way(words, named) and not _is_of_questions(words):
                yield channel, start, end


def _is_the_only_way(words, named):
    before = words[max(0, named.start() - 40) : named.start()]
    return bool(ONLY.search(before + named[0]))


def _is_of_questions(words):
    return bool(re.search(r"guichet\s+de\s+renseignements?|accueil\s+telephonique", words))
