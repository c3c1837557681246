"""The brochures as PDF: kept like pages, so a burst has one made."""

import logging
from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ...brochure.typesetting import BusyError, NotSetError, typeset
from ...brochure.weight import is_too_heavy
from ...public_address import whole_address
from ...published.current import departement_with_sheets
from ...sheets.shown import offices_of
from ..asked import code_of
from ..pages import NoAnswerError, answers_why, kept_page
from .booklet import OnPaper, booklet
from .region import booklet_of_region

logger = logging.getLogger(__name__)


@kept_page
@answers_why
def of_region(request, slug):
    found = booklet_of_region(slug, partial(whole_address, request))
    if found is None:
        raise Http404
    return _pdf(found, slug, reverse("region", args=[slug]))


@kept_page
@answers_why
def of_departement(request, slug):
    departement, sheets = departement_with_sheets(code_of(slug))
    if departement is None:
        raise Http404
    if departement.slug != slug:
        return redirect("brochure_of_departement", departement.slug, permanent=True)
    on_paper = [OnPaper(departement, sheets, offices_of([departement.code]))]
    place = departement.full_name, reverse("brochure_of_departement", args=[slug])
    found = booklet(place, on_paper, partial(whole_address, request))
    return _pdf(found, slug, departement.get_absolute_url())


def _pdf(found, slug, page):
    instead = [("Voir les fiches", page)]
    if is_too_heavy(found):
        raise NoAnswerError(
            "Ce document serait trop long",
            "Une fiche contient un texte trop long pour être imprimé ainsi. "
            "Imprimez plutôt les pages des fiches, une par une.",
            instead,
        )
    try:
        pdf = typeset(found)
    except BusyError:
        raise NoAnswerError(
            "Beaucoup de documents sont demandés en ce moment",
            "Attendez une minute, puis rechargez cette page.",
            instead,
            status=503,
        ) from None
    except NotSetError:
        logger.exception("La brochure %s n’a pas pu être mise en page.", slug)
        raise NoAnswerError(
            "Ce document n’a pas pu être préparé",
            "Imprimez plutôt les pages des fiches, une par une.",
            instead,
            status=503,
        ) from None
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="gisti-aes-{slug}.pdf"'
    return response
