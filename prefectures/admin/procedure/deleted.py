"""The sheets that were deleted: who did it, why, and the way back."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef

from ...gate.history_tables import history_of
from ...gate.reading_back import REMOVED
from ...models import Procedure, Revision
from ..paging import page_of_many
from .versions import may_restore

SHEETS_A_PAGE = 50


def deleted_view(screen, request):
    """List the sheets that are no more, the last deleted first."""
    if not screen.has_view_permission(request):
        raise PermissionDenied
    page = page_of_many(deleted(), request.GET.get("page"), SHEETS_A_PAGE)
    last = history_of(Procedure).objects.filter(
        id__in=[revision.procedure_id for revision in page],
        changeset__in=[revision.changeset_id for revision in page],
        history_type=REMOVED,
    )
    # Not as django-simple-history makes them, which asks for each whether it still is there.
    called = last.order_by("history_id").values_list("id", "title", "departement_id")
    names = {pk: Procedure(title=title, departement_id=code) for pk, title, code in called}
    return screen.page(
        request,
        "deleted",
        "Fiches supprimées",
        page=page,
        rows=[(revision, names[revision.procedure_id]) for revision in page],
        may_restore=may_restore(screen, request, None),
    )


def deleted():
    """Return the last ``Revision`` of each sheet that is no more, newest first."""
    of_one = Revision.objects.filter(procedure=OuterRef("procedure"))
    there = Procedure.objects.filter(pk=OuterRef("procedure"))
    ended = Revision.objects.filter(publication="").exclude(Exists(there))
    newer = of_one.filter(number__gt=OuterRef("number"))
    return (
        ended.exclude(Exists(newer))
        .select_related("changeset__author")
        .order_by("-changeset_id", "procedure_id")
    )


URLS = [("supprimees/", deleted_view, "deleted")]
