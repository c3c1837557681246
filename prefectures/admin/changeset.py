"""What was written, changeset by changeset; an import can be undone from here."""

from dataclasses import dataclass, field
from itertools import groupby

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from ..history.changes import ChangesOf
from ..history.journal import Line
from ..history.undo import AlreadyUndoneError, UndoIncompleteError, undo
from ..models import Changeset, Procedure, StaleVersionError, Verification
from .journal import history_address, journal_address
from .pages import to_page
from .paging import page_of_many
from .tracked import ReadOnlyAdmin
from .unaskable import not_there

ALREADY_UNDONE = "Cet import est déjà annulé."


CHANGES_A_PAGE = 50


@dataclass
class Group:
    """What happened to one object; of a sheet, to its parts too."""

    name: str
    title: str
    history: str | None
    journal: str
    changes: list = field(default_factory=list)


def by_object(found):
    """Return the ``Group`` list of these changes, the sheets first."""

    def of(change):
        is_alone = change.sheet is None
        return is_alone, change.sheet or 0, change.full_name if is_alone else ""

    groups = []
    for (is_alone, *_), own in groupby(sorted(found, key=of), key=of):
        own = list(own)
        first = own[0]
        model, pk = (first.model, first.pk) if is_alone else (Procedure, first.sheet)
        name = first.name if is_alone else first.sheet_name
        addresses = history_address(model, pk), journal_address(model, first.key)
        groups.append(Group(name, first.title, *addresses, own))
    return groups


@admin.register(Changeset)
class ChangesetAdmin(ReadOnlyAdmin):
    """One changeset after the other: they are listed by the journal, whose right this is."""

    one = "une modification"
    grantable_actions = ()

    def get_model_perms(self, request):
        # The journal stands in the menu for it.
        return {}

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return to_page("prefectures_journalentry_changelist")

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
        found = ChangesOf(record.pk)
        page = page_of_many(found, request.GET.get("page"), CHANGES_A_PAGE)
        record.verifies = Verification in found.counted
        return self.page(
            request,
            "changeset",
            str(record),
            record=record,
            line=Line(record),
            page=page,
            groups=by_object(page.object_list),
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
