"""The page of the open data, and its files. Whatever program of whatever site may read these."""

from functools import wraps

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ...public_address import whole_address
from ..cache import kept
from ..changes import departement_at, region_at
from ..pages import NoAnswerError, answers_why, kept_page, public_page
from . import dictionary
from .files import FORMATS, SUMS, Files, address_of
from .gathering import newest_day
from .linked import of_data, script
from .rights import OPEN_LICENCE, OPEN_LICENCE_ADDRESS, texts_licence


@kept_page
def data_page(request):
    whole = _whole(request)
    files, entries = Files(whole), dictionary.entries()
    day = newest_day()
    return render(
        request,
        "prefectures/data.html",
        {
            "tables": [
                {
                    "table": table,
                    "files": [
                        (ending.upper(), address_of(f"{table.name}.{ending}")) for ending in FORMATS
                    ],
                    "entries": own,
                }
                for table, own in entries
            ],
            "day": day,
            "sums": address_of(SUMS),
            "schema": address_of("schema.json"),
            "dictionary": address_of("dictionnaire.csv"),
            "open_licence": OPEN_LICENCE,
            "open_licence_address": OPEN_LICENCE_ADDRESS,
            "texts_licence": texts_licence(),
            "linked": script(of_data(files, whole, reverse("data"), day)),
        },
    )


def _whole(request):
    """Return what makes an address of the site whole."""
    root = whole_address(request, "/").removesuffix("/")
    return lambda address: f"{root}{address}"


def open_file(view):
    """A file that any site may have its readers' browsers read; what is wrong is told as openly."""

    answering = public_page(answers_why(view))

    @wraps(answering)
    def page(request, *args, **kwargs):
        response = answering(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return kept(page)


@open_file
def data_file(request, file):
    return _answer(Files(_whole(request)), file)


@open_file
def of_region(request, region, file):
    place = _found(region_at, region)
    return _answer(Files(_whole(request), place.region, place.departements), file)


@open_file
def of_departement(request, departement, file):
    place = _found(departement_at, departement)
    files = Files(_whole(request), place.departement, place.departements)
    if place.slug != departement and file in files.all_names:
        return redirect(files.address(file), permanent=True)
    return _answer(files, file)


def _found(find, slug):
    try:
        return find(slug)
    except Http404:
        raise NoAnswerError(
            _("Ce lieu n’existe pas"), _("Choisissez une région ou un département."), _links()
        ) from None


def _answer(files, name):
    found = files.file(name)
    if found is None:
        raise NoAnswerError(
            _("Ce fichier n’existe pas"), _("La liste des fichiers est sur cette page."), _links()
        )
    own, _dot, ending = name.rpartition(".")
    place = f"-{files.place.slug}" if files.place else ""
    day = f"-{found.day}" if found.day else ""
    # A spreadsheet is kept, and says in its name of when it is; the others are read where they are.
    how = "attachment" if ending == "csv" else "inline"
    return HttpResponse(
        found.body,
        content_type=found.content_type,
        headers={"Content-Disposition": f'{how}; filename="{own}{place}{day}.{ending}"'},
    )


def _links():
    return [(_("Données ouvertes"), reverse("data"))]
