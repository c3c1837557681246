"""The pages that are meant to be found: each is named here, once, and nowhere else.

What bears noindex is not among them: searches, the past, what is narrowed, previews, errors.
"""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Max
from django.urls import reverse

from ...gate.history_tables import history_of
from ...models import Commune, Departement, GlossaryTerm, HelpPlace, Prefecture, PublishedDocument
from ...published.last_changed import LastChanged, last_turns

# By the names of their addresses.
ALONE = (
    "home",
    "changes",
    "map",
    "data",
    "help_places",
    "glossary",
    "about",
    "accessibility",
    "privacy",
    "legal_notice",
)
OF_A_REGION = ("region", "changes_of_region")
OF_A_DEPARTEMENT = ("departement", "changes_of_departement", "help_places_of")


class Listed(NamedTuple):
    """A page by the name and the parts of its address.

    ``changed_at`` is when what it shows last changed, None where that is not truly known.
    """

    name: str
    parts: tuple = ()
    changed_at: datetime | None = None

    @property
    def address(self):
        """Return its address in the language that is spoken."""
        return reverse(self.name, args=self.parts)


def every_departement():
    """Return all départements, each with its région, in order."""
    return list(Departement.objects.select_related("region").order_by("code"))


def files(departements):
    """Return the sitemaps: that of the site, and one a département, by the names of addresses."""
    turns, offices = last_turns(), _written_by_place(Prefecture)
    own = [
        Listed(
            "sitemap_of_departement",
            (each.slug,),
            turns.get(each.code) and _latest([turns[each.code], offices.get(each.code)]),
        )
        for each in departements
    ]
    return [Listed("sitemap_of_site"), *own]


def pages_of_site(departements):
    """Return the pages of no one département: those that stand alone, and those of régions."""
    announced = _announced()
    # The home page tells the latest changes, as the page of changes does.
    changed = dict.fromkeys(("home", "changes"), _latest(announced.values()))
    changed |= {"help_places": _written(HelpPlace), "glossary": _written(GlossaryTerm)}
    by_region = {}
    for departement in departements:
        if departement.region:
            told = by_region.setdefault(departement.region.slug, [])
            told.append(announced.get(departement.code))
    return [Listed(name, (), changed.get(name)) for name in ALONE] + [
        Listed(name, (slug,), _latest(told) if name == "changes_of_region" else None)
        for slug, told in sorted(by_region.items())
        for name in OF_A_REGION
    ]


def pages_of(departement):
    """Return the pages of a département: its own, its sheets, its communes that have an answer."""
    last = LastChanged(departement.code)
    offices = _written(Prefecture, departement=departement.code)
    changed = {
        # Of what stands there without a sheet, no document tells when it changed.
        "departement": _latest([last.of_departement, offices]) if last.sheets else None,
        "changes_of_departement": last.announced,
    }
    return [
        *(Listed(name, (departement.slug,), changed.get(name)) for name in OF_A_DEPARTEMENT),
        *(Listed("procedure", (departement.slug, slug), at) for slug, at in last.sheets),
        *_communes(departement, last, offices),
    ]


def _communes(departement, last, offices):
    """Yield the communes for which a sheet answers; a city, where one does for a part of it."""
    communes = Commune.objects.filter(departement=departement.code, is_current=True)
    communes, parts = list(communes.order_by("code")), {}
    for commune in communes:
        if commune.part_of_id:
            parts.setdefault(commune.part_of_id, []).append(commune)
    for commune in communes:
        asked = parts.get(commune.code, [commune])
        if any(map(last.has_answer, asked)):
            # What a city shows of its parts depends on whether they have the same answer.
            is_known = commune.code not in parts
            at = _latest([last.of_commune(commune), offices]) if is_known else None
            yield Listed("commune", (commune.slug,), at)


def _announced():
    """Return {code of a département: when a change of its sheets was last announced}."""
    rows = PublishedDocument.objects.filter(changeset__is_minor=False).order_by("departement")
    return dict(rows.values_list("departement").annotate(Max("at")))


def _written(model, **of):
    """Return when something of ``model`` was last written, changed or deleted, or None."""
    rows = history_of(model).objects.filter(**of).order_by()
    return rows.aggregate(at=Max("changeset__at"))["at"]


def _written_by_place(model):
    """Return {code of a département: when something of ``model`` in it was last written}."""
    rows = history_of(model).objects.order_by("departement").values_list("departement")
    return dict(rows.annotate(Max("changeset__at")))


def _latest(moments):
    return max((moment for moment in moments if moment), default=None)
