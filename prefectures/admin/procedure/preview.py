"""Looking at a sheet as its readers would: what is saved, and what is only typed so far.

What is typed is shown in a tab of its own or, where there is room, beside the form.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ...gate.unit_of_work import current_changeset
from ...published.gathering import documents_now
from ...published.shown import as_shown
from ..pages import sheet_of

PREVIEW, BESIDE = "_preview", "beside"
# Not a page of another kind: whoever has to sign in again is answered with one.
MARK = "X-Preview"


def is_preview(screen, request):
    return PREVIEW in request.POST


def is_beside(request):
    return request.POST.get(PREVIEW) == BESIDE


def view_on_site(screen, obj):
    return obj.get_absolute_url() if obj.is_published else None


def in_form(screen, request, context, obj):
    if obj is not None and obj.pk:
        context["saved_preview_url"] = reverse("admin:prefectures_procedure_preview", args=[obj.pk])


def preview_view(screen, request, pk):
    """Show the sheet as saved, published or not, to those who may see it here."""
    sheet = sheet_of(request, pk, screen.has_view_or_change_permission)
    return _show(request, sheet, is_saved=True)


def show_and_forget(screen, request, obj):
    """Show what was typed as readers would see it; nothing of it stays."""
    response = _show(request, obj, is_saved=False, is_beside=is_beside(request))
    response[MARK] = BESIDE
    current_changeset().forget()
    return response


def only_if_it_can_be_shown(request, response):
    """Return ``response``, or nothing beside a form that cannot be shown as it stands."""
    if is_beside(request) and MARK not in response:
        return HttpResponse(status=204)
    return response


def _show(request, sheet, **how):
    _, document = documents_now([sheet.pk])[sheet.pk]
    return render(
        request,
        "prefectures/procedure.html",
        {
            "procedure": as_shown(document),
            "is_preview": True,
            "is_draft": not sheet.is_published,
            **how,
        },
    )


URLS = [("<int:pk>/apercu/", preview_view, "preview")]
