"""What waits for somebody: the published sheets in the order in which to look at them."""

from collections import Counter
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied

from ...monitoring.itself import condition
from ...monitoring.queue import checked
from ...monitoring.risk import Kind
from ..paging import page_of_many

SHEETS_A_PAGE = 50


def queue_view(screen, request):
    """List the sheets that wait, the heaviest first; ``?motif=`` keeps one kind of risk.

    A page at a time; what was put off comes last, and apart.
    """
    if not screen.has_view_permission(request):
        raise PermissionDenied
    kind = request.GET.get("motif", "")
    found = checked()
    awake = [item for item in found if item.is_waiting]
    counts = Counter(own for item in awake for own in {risk.kind for risk in item.risks})
    waiting = [item for item in awake if kind in ("", *(risk.kind for risk in item.risks))]
    return screen.page(
        request,
        "queue",
        "À vérifier",
        kind=kind,
        kinds=[(name, label, counts[name]) for name, label in Kind.choices if counts[name]],
        waiting_count=len(waiting),
        sheet_count=len(found),
        page=page_of_many(waiting, request.GET.get("page"), SHEETS_A_PAGE),
        query=f"{urlencode({'motif': kind})}&" if kind else "",
        asleep=[item for item in found if item.is_asleep],
        watch=condition(),
        may_put_off=screen.has_change_permission(request),
    )


URLS = [("a-verifier/", queue_view, "queue")]
