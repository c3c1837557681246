"""The search: from what somebody typed to a page, or to places and sheets to choose from.

What was typed is kept nowhere: in no log of ours, no cookie, no memory of the browser's.
"""

from django.http import JsonResponse
from django.shortcuts import redirect, render

from ..finder.finding import find
from .found import Answers, destination, listed
from .pages import public_page, unindexed
from .wording.finding import place_name, told_apart

MOST_SUGGESTIONS = 7


@public_page
def search(request):
    found = find(request.GET.get("q", ""))
    answers = Answers()
    address = destination(found, answers)
    if address:
        return _uncached(redirect(address))
    shown = {"found": found, "listed": listed(found, answers)}
    return _uncached(unindexed(render(request, "prefectures/search.html", shown)))


@public_page
def suggestions(request):
    """Answer [[name, what tells it apart in short, address]] for what has been typed so far."""
    found = find(request.GET.get("q", ""), typing=True)
    rows = [
        [
            place_name(each.place, each.label),
            told_apart(each.place, is_short=True),
            each.place.address,
        ]
        for each in found.candidates[:MOST_SUGGESTIONS]
    ]
    return _uncached(
        unindexed(JsonResponse(rows, safe=False, json_dumps_params={"ensure_ascii": False}))
    )


def _uncached(response):
    """Have nothing keep the answer: its address holds what was typed."""
    response["Cache-Control"] = "no-store"
    return response
