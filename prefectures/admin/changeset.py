"""What was written, changeset by changeset; an import can be undone from here."""

import re
from datetime import datetime

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from ..history.undo import AlreadyUndoneError, UndoIncompleteError, undo
from ..models import Changeset, Procedure, StaleVersionError
from .tracked import ReadOnlyAdmin
from .unaskable import not_there

# "2026" or "2026-11".
PERIOD = re.compile(r"((?:19|20)\d\d)(?:-(0[1-9]|1[0-2]))?", re.ASCII)
ALREADY_UNDONE = "Cet import est déjà annulé."


class PeriodFilter(admin.SimpleListFilter):
    """The years, and the months of the one that is chosen.

    Not ``date_hierarchy``, which reads the date of every changeset there is to say as much.
    """

    title = "date"
    parameter_name = "periode"

    def lookups(self, request, model_admin):
        days = [
            timezone.localtime(at)
            for order in ("at", "-at")
            for at in Changeset.objects.order_by(order).values_list("at", flat=True)[:1]
        ]
        if not days:
            return []
        chosen = PERIOD.fullmatch(self.value() or "")
        told = []
        for year in range(days[1].year, days[0].year - 1, -1):
            told.append((str(year), str(year)))
            if chosen and int(chosen[1]) == year:
                told += [
                    (f"{year}-{month:02}", f"{MONTHS[month]} {year}".lower())
                    for month in range(1, 13)
                ]
        return told

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        period = PERIOD.fullmatch(self.value())
        if not period:
            raise IncorrectLookupParameters
        year, month = int(period[1]), int(period[2] or 0)
        following = (year, month + 1) if 0 < month < 12 else (year + 1, 1)
        begins, ends = (
            timezone.make_aware(datetime(*of_month, 1))
            for of_month in ((year, month or 1), following)
        )
        return queryset.filter(at__gte=begins, at__lt=ends)


@admin.register(Changeset)
class ChangesetAdmin(ReadOnlyAdmin):
    list_display = ["at", "author", "origin", "reason", "file_name"]
    list_filter = ["origin", "author", PeriodFilter]
    list_select_related = ["author"]
    search_fields = ["reason", "file_name"]

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
            return not_there(self, request, object_id)
        # Not by their own order, which joins the sheets and would leave out those deleted since.
        revisions = record.revisions.order_by("procedure_id")
        sheets = Procedure.objects.in_bulk([revision.procedure_id for revision in revisions])
        return self.page(
            request,
            "changeset",
            str(record),
            record=record,
            touched=[(row.procedure_id, sheets.get(row.procedure_id)) for row in revisions],
            may_undo=self.may_undo(request, record),
        )

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
        return self.page(
            request,
            "undo",
            "Des changements ont été faits depuis cet import",
            record=record,
            undoing=undoing,
            status=409,
        )


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
