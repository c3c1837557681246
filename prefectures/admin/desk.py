"""What needs somebody today: figures, each with the list of what it counts."""

from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode

from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone

from ..contradictions import contradictions_of
from ..history.latest import latest
from ..models import Departement, Procedure, Revision, normalised
from ..models.age import MONTHS_BEFORE_STALE

SHOWN_CHANGES, SHOWN_SHEETS = 10, 3
CURRENT, OLD, NONE = "a-jour", "ancienne", "aucune"


@dataclass
class Figure:
    count: int
    label: str
    url: str
    is_urgent: bool = False


@dataclass
class Coverage:
    """How many départements have a current sheet, an old one only, or none."""

    name: str
    query: dict
    counts: dict = field(default_factory=lambda: {CURRENT: 0, OLD: 0, NONE: 0})

    @property
    def total(self):
        return sum(self.counts.values())

    @property
    def figures(self):
        words = {
            CURRENT: "avec une fiche à jour",
            OLD: "avec une fiche ancienne ou sans date",
            NONE: "sans fiche publiée",
        }
        return [
            Figure(
                count,
                words[name],
                listed("departement", {**self.query, "couverture": name}),
            )
            for name, count in self.counts.items()
        ]

    @property
    def bars(self):
        """Return (name, x, width) of each part of a bar 100 wide."""
        x, bars = 0, []
        for name, count in self.counts.items():
            width = round(100 * count / self.total, 2) if self.total else 0
            bars.append((name, str(x), str(width)))
            x = round(x + width, 2)
        return bars


def listed(model, query=None):
    """Return the address of a list of the admin's."""
    address = reverse(f"admin:prefectures_{model}_changelist")
    return f"{address}?{urlencode(query)}" if query else address


def desk(user):
    """Return what the first page shows to ``user``, who may see the sheets."""
    sheets = list(Procedure.objects.with_age())
    found = {
        "figures": _figures(sheets),
        "changes": _changes(sheets),
        "changed": _changed(),
    }
    if user.has_perm("prefectures.view_departement"):
        found |= dict(zip(("coverage", "regions"), _coverage(sheets), strict=True))
    return found


def _figures(sheets):
    published = [sheet for sheet in sheets if sheet.is_published]
    drafts = [s for s in sheets if s.publication == Procedure.Publication.DRAFT]
    unknown = [sheet for sheet in published if sheet.confirmed_on is None]
    fresh = [sheet for sheet in published if not sheet.is_stale]
    old = len(published) - len(unknown) - len(fresh)
    contradictions = contradictions_of(sheets)
    in_print = {"publication__exact": "published"}
    return [
        Figure(
            old,
            f"publiée{pluralize(old)}, de {MONTHS_BEFORE_STALE} mois ou plus",
            listed("procedure", {**in_print, "age": "ancienne"}),
            bool(old),
        ),
        Figure(
            len(unknown),
            f"publiée{pluralize(len(unknown))}, sans date connue",
            listed("procedure", {**in_print, "age": "inconnue"}),
            bool(unknown),
        ),
        Figure(
            len(fresh),
            f"publiée{pluralize(len(fresh))}, de moins de {MONTHS_BEFORE_STALE} mois",
            listed("procedure", {**in_print, "age": "recente"}),
        ),
        Figure(
            len(contradictions),
            pluralize(len(contradictions), "qui se contredit,qui se contredisent"),
            reverse("admin:prefectures_procedure_contradictions"),
            bool(contradictions),
        ),
        Figure(
            len(drafts),
            f"brouillon{pluralize(len(drafts))}",
            listed("procedure", {"publication__exact": "draft"}),
        ),
    ]


def _since():
    return timezone.now() - timedelta(days=7)


def _changed():
    newer = Revision.objects.filter(changeset__at__gte=_since()).order_by()
    return Figure(
        Procedure.objects.filter(pk__in=newer.values("procedure")).count(),
        "changées depuis 7 jours",
        listed("procedure", {"changees": "semaine"}),
    )


def _changes(sheets):
    """Return the last changesets that touched sheets.

    [(changeset, [(pk, sheet or None)] of the first ones, how many others)]
    """
    newer = Revision.objects.filter(changeset__at__gte=_since())
    by_pk = {sheet.pk: sheet for sheet in sheets}
    return [
        (
            changeset,
            [(row.procedure_id, by_pk.get(row.procedure_id)) for row in revisions],
            others,
        )
        for changeset, revisions, others in latest(
            newer, changesets=SHOWN_CHANGES, sheets=SHOWN_SHEETS
        )
    ]


def _coverage(sheets):
    """Return the ``Coverage`` of France, then that of each région."""
    published = {sheet.departement_id for sheet in sheets if sheet.is_published}
    current = {s.departement_id for s in sheets if s.is_published and not s.is_stale}
    whole, regions = Coverage("France", {}), {}
    for departement in Departement.objects.select_related("region"):
        name = OLD if departement.pk in published else NONE
        name = CURRENT if departement.pk in current else name
        region = departement.region
        if region not in regions:
            query = {"region__code__exact": region.pk} if region else {"region__isnull": "True"}
            regions[region] = Coverage(region.name if region else "Hors région", query)
        for coverage in (whole, regions[region]):
            coverage.counts[name] += 1
    # What is in no région comes last.
    in_order = sorted(regions, key=lambda region: (region is None, normalised(str(region))))
    return whole, [regions[region] for region in in_order]
