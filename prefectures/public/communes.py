"""The page of a commune: the answers of the published sheets that hold there, and of no other."""

import re
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.shortcuts import redirect, render

from ..models import Commune, FormerCommune
from ..published.commune import around, commune_with_sheets
from ..published.covering import Why
from ..published.holding import Holding, sheets_of
from ..sheets.shown import offices_in
from .asked import code_of
from .choosing import Territory
from .offices import receiving_offices, telling, who_receives
from .pages import kept_page, unindexed
from .wording import ages, reason, territory_words, unanswered, why

CODE = re.compile("[0-9][0-9AB][0-9]{3}")
# More sheets than this, and the page only leads to each.
MOST_SHEETS = 6
# Names of communes that share a postal code, and have another answer.
MOST_NEIGHBOURS = 5


@kept_page
def commune(request, slug):
    code = code_of(slug)
    if not CODE.fullmatch(code):
        raise Http404
    found, sheets = commune_with_sheets(code)
    if found is None:
        return redirect(_today(code), permanent=True)
    if found.slug != slug:
        return redirect(found, permanent=True)
    page = Page(found, sheets)
    shown = {"page": page, "is_unindexed": not page.is_answered}
    response = render(request, "prefectures/commune.html", shown)
    return response if page.is_answered else unindexed(response)


def _today(code):
    """Return the commune that one of this code became part of."""
    merged = FormerCommune.objects.filter(code=code).values("commune")
    found = Commune.objects.filter(pk__in=merged, is_current=True).order_by("pk").first()
    if found is None:
        raise Http404
    return found


@dataclass
class Answer:
    """A sheet that holds in the commune: ``why``, in words, and what its territory says in its own.

    ``is_sure`` is whether it holds in all of the commune, as far as is known.
    """

    sheet: object
    why: str
    is_sure: bool

    @property
    def words(self):
        return territory_words(self.sheet)


@dataclass
class Shared:
    """A postal code of the commune, and others that have it too."""

    postal_code: str
    is_elsewhere: bool
    found: list

    @property
    def communes(self):
        return self.found[:MOST_NEIGHBOURS]

    @property
    def left(self):
        return len(self.found[MOST_NEIGHBOURS:])


class Page:
    """What the page of a commune tells; ``answers`` is None where it asks which part of a city."""

    def __init__(self, commune, sheets):
        self.commune, self.departement = commune, commune.departement
        self.around, self.sheets, self.holding = around(commune), sheets, Holding(sheets)
        self.held = self.holding.whole(commune, self.around.parts)
        self.answers = self.held and [
            Answer(held.sheet, why(commune, held), held.why is not Why.NOTE) for held in self.held
        ]
        self.procedures = [held.sheet for held in self.held or ()]
        self.offices = offices_in(self.departement)
        for sheet in self.procedures:
            if sheet.departement.code != self.departement.code:
                # Near is near the commune.
                sheet.helping = self.around.helping

    @property
    def asks_which_part(self):
        return self.held is None

    @property
    def is_answered(self):
        """Whether a sheet answers for the commune, or one of its parts: who searches may find it.

        ``sitemaps/listed.py`` lists it then, and only then.
        """
        return self.asks_which_part or bool(self.held)

    @property
    def options(self):
        return Territory(None, self.procedures)

    @property
    def age(self):
        return ages(self.procedures)

    @property
    def is_stale(self):
        return any(sheet.is_stale for sheet in self.procedures)

    @property
    def is_whole(self):
        """Whether the first steps of each sheet are on the page, under an address of their own."""
        slugs = {sheet.slug for sheet in self.procedures}
        return len(slugs) == len(self.procedures) <= MOST_SHEETS

    @cached_property
    def unanswered(self):
        """The sentence that says for which reasons nothing is known, or ""."""
        grounds = [ground for sheet in self.procedures for ground in sheet.grounds.all()]
        if not grounds or any(ground.covers_all for ground in grounds):
            return ""
        answered = {ground.slug for ground in grounds} | self._sent_elsewhere
        open_grounds = [reason(each) for each in self.around.grounds if each.slug not in answered]
        return unanswered(open_grounds) if open_grounds else ""

    @property
    def _sent_elsewhere(self):
        """The grounds for which a sheet says where to go, or why not here."""
        referrals = [each for sheet in self.procedures for each in sheet.referrals.all()]
        return {each.ground.slug for each in referrals if each.note or each.office or each.sheet}

    @property
    def is_partly_known(self):
        """Whether where one files is known for some reasons only."""
        return bool(self.unanswered) or len(telling(self.procedures)) < len(self.procedures)

    @property
    def telling(self):
        """The sheets that tell how one files, or that one cannot."""
        found = telling(self.procedures)
        return [each for each in found if each.is_closed or each.offices.all() or each.step_groups]

    @cached_property
    def _receives(self):
        return who_receives(self.procedures)

    @property
    def receiving(self):
        """The offices that receive requests from here, those of other départements too."""
        return receiving_offices(self.procedures)

    @property
    def not_receiving(self):
        """The keys of offices where one would go in vain: those of sheets, and the others.

        A sheet that holds in an unsaid part of the département tells nothing of the others.
        """
        receiving, closed = self._receives
        known, _ = who_receives([each.sheet for each in self.answers if each.is_sure])
        others = {office.key for office in self.offices} - receiving if known else set()
        return closed | others

    @property
    def near_in_vain(self):
        """The office of the arrondissement, where people of here would go first, and in vain.

        Unless a sheet says so itself: then its page does.
        """
        _, closed = self._receives
        own, in_vain = self.commune.arrondissement_id, self.not_receiving - closed
        return [each for each in self.offices if own == each.seat_of_id and each.key in in_vain]

    @property
    def sorted_offices(self):
        """The offices of the département, those that receive requests from here first."""
        receiving, _ = self._receives
        return sorted(self.offices, key=lambda office: office.key not in receiving)

    @property
    def others_have_sheets(self):
        """Whether the département has sheets, that hold elsewhere."""
        return any(sheet.departement.code == self.departement.code for sheet in self.sheets)

    @property
    def sharing(self):
        """Return what is ``Shared`` with communes that have another answer, code by code.

        What is the answer in another département is not looked up: they are all named.
        """
        own, groups = sheets_of(self.held or ()), {}
        for code, other in self.around.neighbours:
            is_elsewhere = other.departement_id != self.departement.code
            if is_elsewhere or sheets_of(self.holding.there(other)) != own:
                groups.setdefault((code, is_elsewhere), []).append(other)
        return [Shared(*key, found) for key, found in sorted(groups.items())]
