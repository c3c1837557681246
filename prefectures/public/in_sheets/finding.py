"""Words found in what published sheets say, and in the glossary.

Each published sheet is kept in memory as it is searched, by the fingerprint of its document: the
database is asked which there are, and nothing of the words (docs/decisions/0032).
"""

from dataclasses import dataclass, field

from ...finder.question import as_read
from ...published.every import OfEach
from ...text.marked import marked
from ...text.wanted import terms_of
from ..wording import age, closing
from .hard_words import hard_words
from .sheet_text import SheetText

HITS_A_PAGE = 20
# Nobody turns more pages; it also bounds what is read of a number.
MOST_DIGITS = 6


@dataclass
class Hit:
    """A sheet that holds all the words: its names with what was sought, and where it was found.

    ``title`` and ``departement`` are [(text, whether it is marked)]; ``excerpts``
    [(title of a part, ``Excerpt``)], none where only the names hold the words. ``age`` says of when
    it is, ``closing`` why nobody can file as it says, or "".
    """

    title: list
    departement: list
    address: str
    age: str
    closing: str
    excerpts: list


@dataclass
class InSheets:
    """The answer: ``hits`` are those of this ``page``, of ``count``; ``words`` are of the glossary.

    ``query`` is what was read of the question, ``has_terms`` whether there were words to seek.
    """

    query: str
    has_terms: bool = False
    hits: list = field(default_factory=list)
    count: int = 0
    page: int = 1
    words: list = field(default_factory=list)

    @property
    def has_more(self):
        return self.page * HITS_A_PAGE < self.count

    @property
    def next_page(self):
        return self.page + 1 if self.has_more else None

    @property
    def is_empty(self):
        return not (self.count or self.words)


_texts = OfEach(SheetText)


def in_sheets(query, page=1):
    """Return the answer, ``InSheets``, to what somebody typed, however badly.

    ``page`` may be what stands in an address: what is no page is the first, or the last.
    """
    query = as_read(query)
    terms = terms_of(query)
    if not terms:
        return InSheets(query)
    # The longest are in the fewest sheets.
    rarest = sorted(terms, key=len, reverse=True)
    found = [text for text in _texts.now() if text.holds(rarest)]
    found.sort(key=lambda text: text.rank(terms))
    page = min(_number(page), max(1, -(-len(found) // HITS_A_PAGE)))
    shown = found[(page - 1) * HITS_A_PAGE : page * HITS_A_PAGE]
    hits = [_hit(text, terms) for text in shown]
    return InSheets(query, True, hits, len(found), page, hard_words(terms))


def _number(page):
    text = str(page)
    is_number = len(text) <= MOST_DIGITS and text.isdecimal()
    return max(1, int(text)) if is_number else 1


def _hit(text, terms):
    return Hit(
        marked(text.title, terms),
        marked(text.departement, terms),
        text.address,
        age(text),
        closing(text),
        text.excerpts(terms),
    )
