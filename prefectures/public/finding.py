"""The search: from what somebody typed to a page, or to places and sheets to choose from.

What was typed is kept nowhere: in no log of ours, no cookie, no memory of the browser's.
"""

from django.http import JsonResponse
from django.shortcuts import redirect, render

from ..finder.finding import find
from .found import Answers, listed, same_answer
from .in_sheets import in_sheets
from .pages import public_page, unindexed
from .wording.finding import place_name, told_apart

MOST_SUGGESTIONS = 7


@public_page
def search(request):
    query = request.GET.get("q", "")
    if request.GET.get("dans") == "fiches":
        texts = in_sheets(query, request.GET.get("page"))
        return _shown(request, "prefectures/search_in_sheets.html", {"texts": texts})
    found = find(query)
    if found.only is not None:
        return _kept_nowhere(redirect(found.only.address))
    answers = Answers()
    address = same_answer(found, answers)
    if address:
        return _kept_nowhere(redirect(address))
    is_no_place = found.is_guidance or (found.is_understood and not found)
    texts = in_sheets(query) if is_no_place else None
    shown = {
        "found": found,
        "listed": listed(found, answers),
        # Where nothing is a place, the words may stand in the sheets.
        "texts": texts if texts and not texts.is_empty else None,
    }
    return _shown(request, "prefectures/search.html", shown)


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
    response = JsonResponse(rows, safe=False, json_dumps_params={"ensure_ascii": False})
    return _kept_nowhere(unindexed(response))


def _shown(request, template, shown):
    return _kept_nowhere(unindexed(render(request, template, shown)))


def _kept_nowhere(response):
    """Have nothing keep the answer: its address holds what was typed."""
    response["Cache-Control"] = "no-store"
    return response
