"""What the pages of a screen have in common, besides those that Django makes."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from ..models import Procedure


class HasPages:
    """A screen with pages of our own.

    ``one`` is one of what it shows, "une fiche": the name alone does not tell its gender.
    """

    one = ""

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if add:
            verb = "Ajouter"
        else:
            verb = "Modifier" if self.has_change_permission(request, obj) else "Voir"
        context["title"] = f"{verb} {self.one}"
        return super().render_change_form(request, context, add, change, form_url, obj)

    def page(self, request, template, title, *, status=200, **context):
        """Return a page made of one of our templates."""
        shown = {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        name = f"admin/prefectures/{template}.html"
        return TemplateResponse(request, name, shown | context, status=status)


def sheet_of(request, pk, may):
    """Return the sheet that an address names; ``may`` says of (request, sheet) who comes there."""
    sheet = Procedure.objects.filter(pk=pk).first()
    if sheet is None:
        raise Http404
    if not may(request, sheet):
        raise PermissionDenied
    return sheet


def to_page(name, *args):
    """Return the answer that leads to the page ``name`` of the admin."""
    return HttpResponseRedirect(reverse(f"admin:{name}", args=args))
