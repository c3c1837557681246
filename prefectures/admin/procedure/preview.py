"""Looking at a sheet as its readers would: what is saved, and what is only typed so far."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse

from ...models import Procedure
from ...sheets.shown import sheet_as_shown

PREVIEW = "_preview"


class Previewed:
    """A screen whose form can be looked at before it is saved."""

    def is_preview(self, request):
        return PREVIEW in request.POST

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.is_published else None

    def render_change_form(self, request, context, add=False, change=False, obj=None, **kwargs):
        if obj is not None and obj.pk:
            context["saved_preview_url"] = reverse(
                "admin:prefectures_procedure_preview", args=[obj.pk]
            )
        return super().render_change_form(
            request, context, add=add, change=change, obj=obj, **kwargs
        )

    def get_urls(self):
        preview = path(
            "<int:pk>/apercu/",
            self.admin_site.admin_view(self.preview_view),
            name="prefectures_procedure_preview",
        )
        return [preview, *super().get_urls()]

    def preview_view(self, request, pk):
        """Show the sheet as saved, published or not, to those who may see it here."""
        sheet = Procedure.objects.filter(pk=pk).first()
        if sheet is None:
            raise Http404
        if not self.has_view_or_change_permission(request, sheet):
            raise PermissionDenied
        return self._show(request, sheet, is_saved=True)

    def response_add(self, request, obj, post_url_continue=None):
        if self.is_preview(request):
            return self._show_and_forget(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        if self.is_preview(request):
            return self._show_and_forget(request, obj)
        return super().response_change(request, obj)

    def _show_and_forget(self, request, obj):
        """Show what was typed as readers would see it; nothing of it stays."""
        response = self._show(request, obj, is_saved=False)
        transaction.set_rollback(True)
        return response

    def _show(self, request, sheet, *, is_saved):
        return render(
            request,
            "prefectures/procedure.html",
            {"procedure": sheet_as_shown(sheet.pk), "is_preview": True, "is_saved": is_saved},
        )
