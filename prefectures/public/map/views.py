"""The map, the figures beside it, the table under it, and the table as a file."""

import tablib
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from ...importexport.files.csv_file import FrenchCSV
from ...models.age import today
from ...public_address import whole_address
from ..pages import kept_page, kept_unless_asked, unindexed
from .drawing import drawing
from .figures import coverage, figures
from .places import legend_of_ages, legend_of_ways, places_and_grounds
from .sorting import asked_order, columns, in_order, query

BY_AGE = "age"


@kept_unless_asked
def map_page(request):
    colour = BY_AGE if request.GET.get("couleur") == BY_AGE else ""
    order = asked_order(request.GET.get("tri", ""))
    places, grounds = places_and_grounds()
    own, neighbours = coverage(grounds, places)
    response = render(
        request,
        "prefectures/map.html",
        {
            "drawing": drawing(places, by_age=bool(colour)),
            "legend": (legend_of_ages if colour else legend_of_ways)(places),
            "by_age": bool(colour),
            "colours": _colours(colour, order),
            "figures": figures(places, today()),
            "own": own,
            "neighbours": neighbours,
            "places": in_order(places, order),
            "columns": columns(order, colour),
            "today": today(),
            "address": whole_address(request, reverse("map")),
            "is_unindexed": bool(request.GET),
        },
    )
    return unindexed(response) if request.GET else response


def _colours(colour, order):
    """Return (words, address, whether it is this one) of the two ways to colour the map."""
    address = reverse("map")
    asked = [(_(words), query(order=order, colour=each), each) for each, words in COLOURS.items()]
    return [
        (words, f"{address}?{query}" if query else address, each == colour)
        for words, query, each in asked
    ]


COLOURS = {"": noop("Comment on dépose"), BY_AGE: noop("L’âge de l’information")}

# --- The table as a file ----------------------------------------------------------------------

HEADERS = (
    noop("code"),
    noop("département"),
    noop("comment déposer"),
    noop("situation"),
    noop("information la plus ancienne"),
    noop("information la plus récente"),
    noop("nombre de fiches"),
    noop("raisons"),
    noop("page"),
    noop("état au"),
    noop("version à jour"),
)


@kept_page
def map_file(request):
    """Answer with the table as a French spreadsheet opens it.

    A file is passed on: each of its rows says of which day it is, and where today's is.
    """
    day, current = today().isoformat(), whole_address(request, reverse("map_file"))
    places, __ = places_and_grounds()
    table = tablib.Dataset(headers=[_(title) for title in HEADERS])
    for place in places:
        table.append(
            [
                place.departement.code,
                place.departement.name,
                place.way_words,
                place.situations,
                _iso(place.known_on),
                _iso(place.newest_on),
                str(len(place.sheets)),
                place.grounds,
                whole_address(request, place.departement.get_absolute_url()),
                day,
                current,
            ]
        )
    return HttpResponse(
        FrenchCSV().export_data(table),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="carte-{day}.csv"'},
    )


def _iso(day):
    return day.isoformat() if day else ""
