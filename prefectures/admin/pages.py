"""What the pages of a screen have in common, besides those that Django makes."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse

from ..models import Procedure


def our_page(screen, request, template, title, *, status=200, **context):
    """Return a page of ``screen`` made of one of our templates."""
    shown = {**screen.admin_site.each_context(request), "title": title, "opts": screen.opts}
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
