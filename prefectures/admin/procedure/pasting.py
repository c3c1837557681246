"""What is pasted into a rich text is cleaned here, by the same code as what an import brings."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, JsonResponse
from django.urls import path, reverse

from ...models.pasted import normalise_pasted
from ...models.rich_text import clean_rich_text

MOST_CHARACTERS = 1_000_000


class Pasted:
    def get_urls(self):
        pasting = path(
            "coller/",
            self.admin_site.admin_view(self.paste_view),
            name="prefectures_procedure_paste",
        )
        return [pasting, *super().get_urls()]

    def render_change_form(self, request, context, *args, **kwargs):
        context["paste_url"] = reverse("admin:prefectures_procedure_paste")
        return super().render_change_form(request, context, *args, **kwargs)

    def paste_view(self, request):
        """Answer {"html": …} to ``html``, from a page at ``base``; write nothing."""
        if not (self.has_change_permission(request) or self.has_add_permission(request)):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        html, base = request.POST.get("html", ""), request.POST.get("base", "")
        if len(html) > MOST_CHARACTERS:
            error = "Ce texte est trop long pour être collé d’un coup : collez-le en morceaux."
            return JsonResponse({"error": error}, status=413)
        return JsonResponse({"html": clean_rich_text(normalise_pasted(html, web_page(base)))})


def web_page(address):
    return address if address.lower().startswith(("http://", "https://")) else ""
