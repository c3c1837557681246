"""What is pasted into a rich text is cleaned here, by the same code as what an import brings."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, JsonResponse
from django.urls import reverse

from ...models.fields import MOST_IN_RICH_TEXT
from ...text.pasted import normalise_pasted
from ...text.rich_text import clean_rich_text

# A page weighs more than what is kept of it.
MOST_CHARACTERS = 500_000
LONGEST_ADDRESS = 2000


def in_form(screen, request, context, obj):
    context["paste_url"] = reverse("admin:prefectures_procedure_paste")


def paste_view(screen, request):
    """Answer {"html": …} to ``html``, from a page at ``base``; write nothing."""
    if not (screen.has_change_permission(request) or screen.has_add_permission(request)):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    html, base = request.POST.get("html", ""), request.POST.get("base", "")
    if len(html) <= MOST_CHARACTERS:
        html = normalise_pasted(html, web_page(base))
        if len(html) <= MOST_IN_RICH_TEXT:
            return JsonResponse({"html": clean_rich_text(html)})
    error = "Ce texte est trop long pour être collé d’un coup : collez-le en morceaux."
    return JsonResponse({"error": error}, status=413)


def web_page(address):
    is_one = address.lower().startswith(("http://", "https://"))
    return address if is_one and len(address) <= LONGEST_ADDRESS else ""


URLS = [("coller/", paste_view, "paste")]
