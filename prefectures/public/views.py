"""The public pages. A view fetches and renders; what the site says is in ``wording``."""

from collections import defaultdict

from django.http import Http404
from django.shortcuts import redirect, render

from ..models import GlossaryTerm, HelpPlace, Procedure
from ..published import announced
from ..published.current import departement_with_sheets, sheet_at
from ..published.past import last_at
from ..sheets.shown import (
    departement_as_shown,
    helping_in,
    offices_in,
    region_with_departements,
    regions_and_outside,
)
from .asked import code_of
from .choosing import territories
from .offices import who_receives
from .pages import kept_page, page_not_found, unindexed
from .wording import ages

# More sheets than this, and a département's page only leads to each.
MOST_WHOLE_SHEETS = 3
LATEST_CHANGES = 5
MOST_SHEETS_OF_A_CHANGE = 3


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
    """Return the latest changes of sheets that readers can open.

    Each with its first ``sheets``, and how many ``others`` it touched.
    """
    found = announced.latest(
        announced.Asked(is_online=True),
        changesets=LATEST_CHANGES,
        sheets=MOST_SHEETS_OF_A_CHANGE,
    )
    return [
        {
            "changeset": change.changeset,
            "at": change.at,
            "sheets": [row.procedure for row in change.rows],
            "others": change.others,
        }
        for change in found
    ]


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
    found, procedures = departement_with_sheets(code_of(slug))
    if found is None:
        raise Http404
    if found.slug != slug:
        return redirect(found, permanent=True)
    offices = offices_in(found)
    receiving, not_receiving = who_receives(procedures)
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


def _departement(slug):
    """Return the département of "34-herault"; "34", or another name, will be sent there."""
    found = departement_as_shown(code_of(slug))
    if found is None:
        raise Http404
    return found


@kept_page
def procedure(request, departement, slug):
    sheet = sheet_at(code_of(departement), slug)
    if sheet is None:
        return _no_such_sheet(request, _departement(departement), slug)
    if sheet.departement.slug != departement:
        return redirect(sheet, permanent=True)
    return render(request, "prefectures/procedure.html", {"procedure": sheet})


def _no_such_sheet(request, departement, slug):
    """Answer for a sheet that is not published here: moved (301), gone (410) or unknown (404)."""
    past = last_at(departement.code, slug)
    if past is None:
        return page_not_found(request)
    sheets = Procedure.objects.filter(pk=past.procedure_id).select_related("departement")
    current = sheets.first()
    if current is None or current.publication == Procedure.Publication.ARCHIVED:
        shown = {"departement": departement, "title": past.title, "slug": slug}
        return unindexed(render(request, "410.html", shown, status=410))
    if current.is_published:
        return redirect(current, permanent=True)
    return page_not_found(request)


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
