"""The public pages. A view fetches and renders; what the site says is in ``wording``."""

from collections import defaultdict
from functools import wraps

from django.core.exceptions import RequestDataTooBig
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ..history.latest import latest
from ..models import GlossaryTerm, HelpPlace, Procedure, Revision
from ..published.current import departement_with_sheets, sheet_at
from ..sheets.shown import (
    departement_as_shown,
    helping_in,
    offices_in,
    region_with_departements,
    regions_and_outside,
)
from .cache import kept
from .choosing import territories
from .search import search as find
from .wording import ages

# More sheets than this, and a département's page only leads to each.
MOST_WHOLE_SHEETS = 3
LATEST_CHANGES = 5
MOST_SHEETS_OF_A_CHANGE = 3


def public_page(view):
    """A page for readers: it tells nobody where they come from, and is asked for anew each time."""

    @require_safe
    @wraps(view)
    def page(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-cache"
        return without_referrer(response)

    return page


def kept_page(view):
    """A public page that is the same for everybody: it is kept until what it shows changes."""
    return kept(public_page(view))


def without_referrer(response):
    response["Referrer-Policy"] = "no-referrer"
    return response


@kept_page
def home(request):
    regions, outside_regions = regions_and_outside()
    return render(
        request,
        "prefectures/home.html",
        {
            "regions": regions,
            "outside_regions": outside_regions,
            "changes": latest_changes(),
        },
    )


def latest_changes():
    """Return the latest changesets that touched published sheets.

    Each with its first ``sheets``, and how many ``others`` it touched.
    """
    public = Revision.objects.filter(
        publication=Procedure.Publication.PUBLISHED,
        procedure__publication=Procedure.Publication.PUBLISHED,
        changeset__is_minor=False,
    )
    # What a link to a sheet is made of, and of when it is.
    public = public.select_related("procedure__departement").only(
        "changeset",
        "procedure__title",
        "procedure__slug",
        "procedure__updated_on",
        "procedure__departement__slug",
    )
    found = latest(
        public,
        changesets=LATEST_CHANGES,
        sheets=MOST_SHEETS_OF_A_CHANGE,
        order_by=("procedure__departement_id", "procedure__position", "procedure_id"),
    )
    return [
        {
            "changeset": changeset,
            "sheets": [revision.procedure for revision in revisions],
            "others": others,
        }
        for changeset, revisions, others in found
    ]


@public_page
def search(request):
    return render(request, "prefectures/search.html", {"answer": find(request.GET.get("q", ""))})


@kept_page
def region(request, slug):
    region, departements = region_with_departements(slug)
    if region is None:
        raise Http404
    return render(
        request, "prefectures/region.html", {"region": region, "departements": departements}
    )


@kept_page
def departement(request, slug):
    found, procedures = departement_with_sheets(_code(slug))
    if found is None:
        raise Http404
    if found.slug != slug:
        return redirect(found, permanent=True)
    offices = offices_in(found)
    receiving, not_receiving = _who_receives(procedures)
    return render(
        request,
        "prefectures/departement.html",
        {
            "departement": found,
            "offices": offices,
            "procedures": procedures,
            "territories": territories(procedures),
            "age": ages(procedures) if procedures else "",
            "is_stale": any(sheet.is_stale for sheet in procedures),
            "receiving": [office for office in offices if office.key in receiving],
            "not_receiving": not_receiving,
            # What stands around sheets is the same for all of a département.
            "helping": procedures[0].helping if procedures else helping_in(found),
            "general_texts": procedures[0].general_texts if procedures else [],
            "is_whole": len(procedures) <= MOST_WHOLE_SHEETS,
        },
    )


def _who_receives(sheets):
    """Return the keys of offices that receive requests as far as is known, and do not."""
    unsaid = (Procedure.Situation.NOT_STATED, Procedure.Situation.UNKNOWN)
    open_sheets = [sheet for sheet in sheets if not (sheet.is_closed or sheet.situation in unsaid)]
    receiving = {office.key for sheet in open_sheets for office in sheet.receiving_offices}
    closed = {office.key for sheet in sheets for office in sheet.closed_offices}
    return receiving, closed - receiving


def _departement(slug):
    """Return the département of "34-herault"; "34", or another name, will be sent there."""
    found = departement_as_shown(_code(slug))
    if found is None:
        raise Http404
    return found


def _code(slug):
    return slug.partition("-")[0].upper()


@kept_page
def procedure(request, departement, slug):
    sheet = sheet_at(_code(departement), slug)
    if sheet is None:
        return _no_such_sheet(request, _departement(departement), slug)
    if sheet.departement.slug != departement:
        return redirect(sheet, permanent=True)
    return render(request, "prefectures/procedure.html", {"procedure": sheet})


def _no_such_sheet(request, departement, slug):
    """Answer for a sheet that is not published here: moved (301), gone (410) or unknown (404)."""
    was_published = Procedure.history.filter(
        departement=departement, slug=slug, publication=Procedure.Publication.PUBLISHED
    ).order_by("-history_id")
    past = was_published.first()
    if past is None:
        return page_not_found(request)
    current = Procedure.objects.filter(pk=past.id).select_related("departement").first()
    if current is None or current.publication == Procedure.Publication.ARCHIVED:
        return render(
            request,
            "410.html",
            {"departement": departement, "title": past.title},
            status=410,
        )
    if current.is_published:
        return redirect(current, permanent=True)
    return page_not_found(request)


def page_not_found(request, exception=None):
    return without_referrer(render(request, "404.html", status=404))


def bad_request(request, exception=None):
    shown = {"is_too_long": isinstance(exception, RequestDataTooBig)}
    return without_referrer(render(request, "400.html", shown, status=400))


@kept_page
def help_places(request):
    everywhere, by_departement = [], defaultdict(list)
    for place in HelpPlace.objects.prefetch_related("departements"):
        for departement in place.departements.all():
            by_departement[departement].append(place)
        if not place.departements.all():
            everywhere.append(place)
    groups = sorted(by_departement.items(), key=lambda item: item[0].code)
    return _help_page(request, None, [(None, everywhere), *groups])


@kept_page
def help_places_of(request, slug):
    departement = _departement(slug)
    if departement.slug != slug:
        return redirect("help_places_of", departement.slug, permanent=True)
    places = helping_in(departement)
    local = [place for place in places if place.is_local]
    everywhere = [place for place in places if not place.is_local]
    return _help_page(request, departement, [(departement, local), (None, everywhere)])


def _help_page(request, departement, groups):
    """Show the ``groups`` that have any: (département, or None for all of France; help places)."""
    return render(
        request,
        "prefectures/help_places.html",
        {"departement": departement, "groups": [group for group in groups if group[1]]},
    )


@kept_page
def glossary(request):
    return render(request, "prefectures/glossary.html", {"terms": GlossaryTerm.objects.all()})


@kept_page
def about(request):
    return render(request, "prefectures/about.html")


@kept_page
def accessibility(request):
    return render(request, "prefectures/accessibility.html")


@kept_page
def privacy(request):
    return render(request, "prefectures/privacy.html")


@kept_page
def legal_notice(request):
    return render(request, "prefectures/legal_notice.html")
