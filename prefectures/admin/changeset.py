"""What was written, changeset by changeset; an import can be undone from here."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from ..history.undo import AlreadyUndoneError, UndoIncompleteError, undo
from ..models import Changeset, Procedure, StaleVersionError
from .tracked import ReadOnlyAdmin

ALREADY_UNDONE = "Cet import est déjà annulé."


@admin.register(Changeset)
class ChangesetAdmin(ReadOnlyAdmin):
    list_display = ["at", "author", "origin", "reason", "file_name"]
    list_filter = ["origin", "author"]
    list_select_related = ["author"]
    search_fields = ["reason", "file_name"]
    date_hierarchy = "at"
    change_form_template = "admin/prefectures/changeset.html"

    def may_undo(self, request, record):
        return (
            record.origin == Changeset.Origin.IMPORT
            and not hasattr(record, "undone_by")
            and request.user.has_perm("prefectures.undo_import")
        )

    def get_urls(self):
        undoing = path(
            "<int:pk>/annuler/",
            self.admin_site.admin_view(self.undo_view),
            name="prefectures_changeset_undo",
        )
        return [undoing, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show a changeset: who, when, why, which sheets; nothing of it can be edited."""
        record = self.get_object(request, admin.utils.unquote(object_id))
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        # Not by their own order, which joins the sheets and would leave out those deleted since.
        revisions = record.revisions.order_by("procedure_id")
        sheets = Procedure.objects.in_bulk([revision.procedure_id for revision in revisions])
        context = {
            **self.admin_site.each_context(request),
            "title": str(record),
            "opts": self.opts,
            "record": record,
            "touched": [(row.procedure_id, sheets.get(row.procedure_id)) for row in revisions],
            "may_undo": self.may_undo(request, record),
        }
        return TemplateResponse(request, self.change_form_template, context)

    @method_decorator(require_POST)
    def undo_view(self, request, pk):
        if not request.user.has_perm("prefectures.undo_import"):
            raise PermissionDenied
        record = Changeset.objects.filter(pk=pk, origin=Changeset.Origin.IMPORT).first()
        if record is None:
            raise Http404
        there = reverse("admin:prefectures_changeset_change", args=[pk])
        if hasattr(record, "undone_by"):
            messages.warning(request, ALREADY_UNDONE)
            return HttpResponseRedirect(there)
        try:
            undone = undo(record, request.user, leaving_later_changes="partly" in request.POST)
        except UndoIncompleteError as error:
            return self._ask(request, record, error.undoing)
        except ValidationError as error:
            for sentence in error.messages:
                messages.error(request, f"Rien n’a été annulé. {sentence}")
        except AlreadyUndoneError:
            messages.warning(request, ALREADY_UNDONE)
        except (StaleVersionError, IntegrityError):
            messages.warning(
                request,
                "Rien n’a été annulé : quelqu’un enregistre les mêmes fiches en ce moment. "
                "Recommencez dans un instant.",
            )
        else:
            level, sentence = done_in_words(undone)
            messages.add_message(request, level, sentence)
        return HttpResponseRedirect(there)

    def _ask(self, request, record, undoing):
        context = {
            **self.admin_site.each_context(request),
            "title": "Des changements ont été faits depuis cet import",
            "opts": self.opts,
            "record": record,
            "undoing": undoing,
        }
        return TemplateResponse(request, "admin/prefectures/undo.html", context, status=409)


def done_in_words(undoing):
    """Return the level of the message and the sentence that says what undoing came to."""
    if undoing.changeset.pk is None:
        return messages.INFO, "Il ne restait rien à annuler : rien n’a été enregistré."
    if not undoing.kept:
        return messages.SUCCESS, "Import annulé : tout est revenu comme avant."
    count = len(undoing.kept)
    what = "Une chose est restée" if count == 1 else f"{count} choses sont restées"
    return (
        messages.WARNING,
        f"Import annulé en partie. {what} comme maintenant, ainsi que vous l’avez accepté ; "
        "tout le reste est revenu comme avant.",
    )
