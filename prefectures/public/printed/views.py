"""The brochures as PDF: kept like pages, so a burst has one made."""

from functools import partial
from itertools import groupby
from operator import attrgetter

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ...brochure.typesetting import typeset
from ...public_address import whole_address
from ...published.current import departement_with_sheets, sheets_of
from ...sheets.shown import offices_of, region_with_departements
from ..asked import code_of
from ..pages import kept_page
from .booklet import OnPaper, booklet


@kept_page
def of_region(request, slug):
    found = booklet_of_region(slug, partial(whole_address, request))
    if found is None:
        raise Http404
    return _pdf(found, slug)


@kept_page
def of_departement(request, slug):
    departement, sheets = departement_with_sheets(code_of(slug))
    if departement is None:
        raise Http404
    if departement.slug != slug:
        return redirect("brochure_of_departement", departement.slug, permanent=True)
    offices = offices_of([departement.code])
    place = departement.full_name, reverse("brochure_of_departement", args=[slug])
    on_paper = [OnPaper(departement, sheets, offices)]
    return _pdf(booklet(place, on_paper, partial(whole_address, request)), slug)


def booklet_of_region(slug, whole):
    """Return the booklet of the région at this address, or None; ``whole`` makes paths addresses."""
    region, departements = region_with_departements(slug)
    if region is None:
        return None
    codes = [departement.code for departement in departements]
    sheets = sheets_of(codes)
    offices = groupby(offices_of(codes), key=attrgetter("departement_id"))
    offices = {code: [*some] for code, some in offices}
    on_paper = [
        OnPaper(departement, sheets.get(departement.code, []), offices.get(departement.code, []))
        for departement in departements
    ]
    place = f"Région {region.name}", reverse("brochure_of_region", args=[slug])
    return booklet(place, on_paper, whole)


def _pdf(found, slug):
    response = HttpResponse(typeset(found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="gisti-aes-{slug}.pdf"'
    return response
