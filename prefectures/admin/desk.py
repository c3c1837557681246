"""What needs somebody today: figures, each with the list of what it counts."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone

from ..contradictions import count_told
from ..history.latest import latest
from ..models import Departement, Procedure, Revision, Verification
from ..models.age import MONTHS_BEFORE_STALE, stale_since
from ..models.verification import confirmed_after
from ..monitoring.counting import count_waiting
from ..monitoring.itself import condition
from ..text.naming import normalised

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
    counts = _counts()
    found = {
        "figures": _figures(counts),
        "changes": _changes(),
        "changed": _changed(),
        "watch": condition(),
    }
    if user.has_perm("prefectures.view_departement"):
        found |= dict(zip(("coverage", "regions"), _coverage(counts), strict=True))
    return found


def _counts():
    """Return {code of the département: how many sheets of each kind}, as the database counts."""
    published = Q(publication=Procedure.Publication.PUBLISHED)
    verified = Verification.objects.order_by().values("procedure")
    fresh = confirmed_after(stale_since())
    counted = Procedure.objects.order_by().values("departement")
    counted = counted.annotate(
        published=Count("pk", filter=published),
        unknown=Count("pk", filter=published & Q(updated_on=None) & ~Q(pk__in=verified)),
        fresh=Count("pk", filter=published & fresh),
        drafts=Count("pk", filter=Q(publication=Procedure.Publication.DRAFT)),
    )
    return {row.pop("departement"): row for row in counted}


def _figures(counts):
    total = Counter()
    for row in counts.values():
        total += Counter(row)
    unknown, fresh, drafts = total["unknown"], total["fresh"], total["drafts"]
    old = total["published"] - unknown - fresh
    contradictions = count_told()
    waiting_for_us = count_waiting()
    in_print = {"publication__exact": "published"}
    return [
        Figure(
            waiting_for_us,
            "à vérifier",
            reverse("admin:prefectures_procedure_queue"),
            bool(waiting_for_us),
        ),
        Figure(
            old,
            f"publiée{pluralize(old)}, de {MONTHS_BEFORE_STALE} mois ou plus",
            listed("procedure", {**in_print, "age": "ancienne"}),
            bool(old),
        ),
        Figure(
            unknown,
            f"publiée{pluralize(unknown)}, sans date connue",
            listed("procedure", {**in_print, "age": "inconnue"}),
            bool(unknown),
        ),
        Figure(
            fresh,
            f"publiée{pluralize(fresh)}, de moins de {MONTHS_BEFORE_STALE} mois",
            listed("procedure", {**in_print, "age": "recente"}),
        ),
        Figure(
            contradictions,
            pluralize(contradictions, "qui se contredit,qui se contredisent"),
            reverse("admin:prefectures_procedure_contradictions"),
            bool(contradictions),
        ),
        Figure(
            drafts,
            f"brouillon{pluralize(drafts)}",
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


def _changes():
    """Return the last changesets that touched sheets.

    [(changeset, [(pk, sheet or None)] of the first ones, how many others)]
    """
    newer = Revision.objects.filter(changeset__at__gte=_since())
    found = latest(newer, changesets=SHOWN_CHANGES, sheets=SHOWN_SHEETS)
    touched = {row.procedure_id for _, revisions, _ in found for row in revisions}
    # What the name of a sheet is made of.
    named = Procedure.objects.only("title", "departement_id").in_bulk(touched)
    return [
        (
            changeset,
            [(row.procedure_id, named.get(row.procedure_id)) for row in revisions],
            others,
        )
        for changeset, revisions, others in found
    ]


def _coverage(counts):
    """Return the ``Coverage`` of France, then that of each région."""
    published = {code for code, row in counts.items() if row["published"]}
    current = {code for code, row in counts.items() if row["fresh"]}
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
