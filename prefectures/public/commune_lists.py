"""All communes, by département and initial: what the search answers, for who reads lists.

The copy of the site has nothing else to find one's commune by (``prefectures/mirror/``). Search
engines are to find the commune itself.
"""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.shortcuts import redirect, render

from ..models import Departement
from ..published.communes_of import departement_with_communes, told_of
from ..published.covering import Why
from ..published.holding import Holding
from .asked import code_of
from .cache import conclusion
from .offices import receiving_offices, telling
from .pages import kept_page, unindexed
from .wording import why


class DepartementConverter:
    """A département in an address, "34-herault", which no commune is mistaken for."""

    regex = "[0-9][0-9ab][0-9]?(?:-[a-z0-9-]+)?"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


@kept_page
def departements(request):
    found = Departement.objects.by_region()
    shown = {"departements": found, "is_unindexed": True}
    return unindexed(render(request, "prefectures/commune_lists.html", shown))


@kept_page
def initials(request, departement):
    return _page(request, "commune_initials", departement)


@kept_page
def of_initial(request, departement, initial):
    return _page(request, "communes_of", departement, initial)


def _page(request, name, slug, initial=""):
    told = communes_told(code_of(slug))
    if told is None:
        raise Http404
    departement, communes, sheets = departement_with_communes(told)
    found = {commune.search[:1] for commune in communes}
    if initial and initial not in found:
        raise Http404
    if departement.slug != slug:
        return redirect(name, *filter(None, (departement.slug, initial)), permanent=True)
    holding = Holding(sheets)
    response = render(
        request,
        "prefectures/communes.html",
        {
            "is_unindexed": True,
            "departement": departement,
            "initial": initial,
            "initials": sorted(found),
            "lines": [
                Line(commune, holding)
                for commune in communes
                if initial and commune.search.startswith(initial)
            ],
        },
    )
    return unindexed(response)


# The lists of all initials, in all languages, ask it: they are made anew where this changes.
communes_told = conclusion(told_of)


@dataclass
class Line:
    """What the list says of a commune; ``held`` is None where it depends on which part of it."""

    commune: object
    holding: Holding

    @cached_property
    def held(self):
        return self.holding.whole(self.commune, self.commune.own_parts)

    @property
    def answers(self):
        """Return (sheet, why it may hold): "" of one that does."""
        return [
            (held.sheet, why(self.commune, held) if held.why is Why.NOTE else "")
            for held in self.held
        ]

    @property
    def receiving(self):
        return receiving_offices(self._sheets)

    @property
    def is_unknown(self):
        """Whether no sheet tells how one files."""
        return not telling(self._sheets)

    @property
    def _sheets(self):
        return [held.sheet for held in self.held]
