"""What changed on the site, for readers: everywhere, in a région, in a département."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from ..models import Departement, Region
from ..published import announced
from .asked import code_of, day_of, number_of
from .history import version
from .pages import NoAnswerError, answers_why, kept_unless_asked, unindexed

CHANGES_A_PAGE = 20
SHEETS_OF_A_CHANGE = 3
# Of a change that is shown alone.
MOST_SHEETS = 200
KINDS = {
    announced.NEW: noop("Nouvelles fiches"),
    announced.CHANGED: noop("Fiches modifiées ou vérifiées"),
    announced.WITHDRAWN: noop("Fiches retirées"),
}
# What is asked for, besides the place.
ASKED = ("genre", "jusque", "avant")


@dataclass
class Place:
    """Where changes are asked of: everywhere, a région or a département."""

    region: Region | None = None
    departement: Departement | None = None

    @property
    def name(self):
        if self.departement:
            return str(self.departement)
        return self.region.name if self.region else ""

    @property
    def slug(self):
        return getattr(self.departement or self.region, "slug", "")

    @property
    def wider_region(self):
        return self.departement.wider_region if self.departement else self.region

    @property
    def departements(self):
        """Return the codes of its départements, None for everywhere."""
        if self.departement:
            return [self.departement.code]
        if self.region:
            return list(self.region.departements.order_by("code").values_list("code", flat=True))
        return None

    def address(self, name):
        """Return the address of its page "changes" or its "feed"."""
        if self.departement:
            return reverse(f"{name}_of_departement", args=[self.departement.slug])
        if self.region:
            return reverse(f"{name}_of_region", args=[self.region.slug])
        return reverse(name)

    @property
    def changes_address(self):
        return self.address("changes")

    @property
    def feed_address(self):
        return self.address("feed")


def region_at(slug):
    region = Region.objects.filter(slug=slug).first()
    if region is None:
        raise Http404
    return Place(region=region)


def departement_at(slug):
    """Return the place of "34-herault"; "34", or another name, will be sent there."""
    code = code_of(slug)
    departement = Departement.objects.select_related("region").filter(code=code).first()
    if departement is None:
        raise Http404
    return Place(departement=departement)


@kept_unless_asked
@answers_why
def everywhere(request):
    if request.GET.get("v"):
        return _alone(request, number_of(request.GET["v"], _links()))
    if request.GET.get("ou"):
        return redirect(_narrowed(request, request.GET["ou"]))
    return _page(request, Place())


@kept_unless_asked
@answers_why
def of_region(request, slug):
    return _page(request, region_at(slug))


@kept_unless_asked
@answers_why
def of_departement(request, slug):
    place = departement_at(slug)
    if place.slug != slug:
        return redirect(place.changes_address, permanent=True)
    return _page(request, place)


def _links():
    return [(_("Voir tous les changements"), reverse("changes"))]


def _narrowed(request, slug):
    """Return the address of the changes of a place, with the rest of what is asked for."""
    find = departement_at if slug[:1].isdigit() else region_at
    try:
        # PostgreSQL looks for no text that holds a zero byte.
        validate_slug(slug)
        place = find(slug)
    except (Http404, ValidationError):
        raise NoAnswerError(
            _("Ce lieu n’existe pas"), _("Choisissez une région ou un département."), _links()
        ) from None
    asked = {name: request.GET[name] for name in ASKED if request.GET.get(name)}
    return f"{place.changes_address}?{urlencode(asked)}" if asked else place.changes_address


def _page(request, place):
    asked = {name: request.GET.get(name, "") for name in ASKED}
    kind = asked["genre"] or None
    if kind and kind not in KINDS:
        raise NoAnswerError(
            _("Ce choix n’existe pas"), _("Choisissez dans la liste."), _links(), 400
        )
    until = _end_of(day_of(asked["jusque"], _links(), 400)) if asked["jusque"] else None
    before = number_of(asked["avant"], _links()) if asked["avant"] else None
    wanted = announced.Asked(place.departements, kind, until)
    # One more, to know whether there are older ones.
    found = announced.latest(
        wanted, changesets=CHANGES_A_PAGE + 1, sheets=SHEETS_OF_A_CHANGE, before=before
    )
    shown, more = announced.with_contents(found[:CHANGES_A_PAGE]), found[CHANGES_A_PAGE:]
    narrowed = {name: value for name, value in asked.items() if value and name != "avant"}
    older = urlencode(narrowed | {"avant": shown[-1].changeset.pk}) if more else ""
    response = render(
        request,
        "prefectures/changes.html",
        {
            "place": place,
            "changes": [told(change) for change in shown],
            "asked": asked,
            "is_narrowed": bool(narrowed or before),
            "newest": f"?{urlencode(narrowed)}" if narrowed else place.changes_address,
            "older": older,
            "kinds": {kind: _(words) for kind, words in KINDS.items()},
            "departements": Departement.objects.by_region(),
            "today": timezone.localdate(),
        },
    )
    return unindexed(response) if narrowed or before else response


def _alone(request, changeset):
    """Show one change, with all its sheets: where the feeds lead."""
    found = announced.change(changeset, sheets=MOST_SHEETS)
    if found is None:
        raise NoAnswerError(
            _("Ce changement n’existe pas"),
            _("Aucun changement annoncé ne porte le n° %(number)s.") % {"number": changeset},
            _links(),
        )
    announced.with_contents([found])
    return unindexed(render(request, "prefectures/change.html", {"change": told(found)}))


def told(change):
    """Return what is shown of a change, which has its contents: what became of each sheet."""
    return {
        "changeset": change.changeset,
        "at": change.at,
        "sheets": [version(row, row.before) for row in change.rows],
        "others": change.others,
    }


def _end_of(day):
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
