"""Looking at a sheet as its readers would: what is saved, and what is only typed so far."""

from django.db import transaction
from django.shortcuts import render
from django.urls import reverse

from ...sheets.shown import sheet_as_shown
from ..pages import sheet_of

PREVIEW = "_preview"


def is_preview(screen, request):
    return PREVIEW in request.POST


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
    response = _show(request, obj, is_saved=False)
    transaction.set_rollback(True)
    return response


def _show(request, sheet, *, is_saved):
    return render(
        request,
        "prefectures/procedure.html",
        {"procedure": sheet_as_shown(sheet.pk), "is_preview": True, "is_saved": is_saved},
    )


URLS = [("<int:pk>/apercu/", preview_view, "preview")]
