"""Something made of each sheet that is published, for what speaks of all of them: a map, a search.

Which documents there are is asked each time, in one question. What is made of one is kept in memory
by its fingerprint: a document never changes, and thousands need not be read for each page.
"""

from functools import cache

from django.conf import settings
from django.utils import translation

from ..models import Procedure, PublishedDocument
from ..sheets.shown import AT_ONCE, asked, order_of, table
from .current import newest
from .document import kept
from .shown import as_shown


class OfEach:
    """``make(sheet)`` is given each published sheet as its page shows it, once.

    What it returns may hold nothing of the day: what has ended by now is for whoever reads it. Its
    words are French, whoever asked first: what is said of them is translated where it is shown.
    """

    def __init__(self, make):
        self._make = make
        self._made = {}

    def now(self):
        """Return what was made of the sheets that are published, by département, in their order."""
        there = asked(_there(), [])
        made = {sha256: self._made[sha256] for _, sha256 in there if sha256 in self._made}
        missing = [key for key, sha256 in there if sha256 not in made]
        for start in range(0, len(missing), AT_ONCE):
            some = missing[start : start + AT_ONCE]
            for sha256, number, content in asked(_contents(len(some)), some):
                with translation.override(settings.LANGUAGE_CODE):
                    made[sha256] = self._make(as_shown(kept(number, content)))
        # As a whole: threads share it.
        self._made = made
        return [made[sha256] for _, sha256 in there]


@cache
def _there():
    return (
        f"SELECT document.id, document.sha256 FROM {table(Procedure)} sheet JOIN {newest()} "
        "WHERE sheet.publication = 'published' AND document.content IS NOT NULL "
        f"ORDER BY {order_of(Procedure, 'sheet.')}"
    )


@cache
def _contents(count):
    return (
        f"SELECT sha256, format, content FROM {table(PublishedDocument)} "
        f"WHERE id IN ({', '.join(['%s'] * count)})"
    )
