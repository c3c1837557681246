"""The journal: who did what, when and why; read, filtered, taken away as a file, never written."""

from itertools import groupby
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.urls import NoReverseMatch, path, reverse
from django.utils import timezone

from ...gate.history_tables import has_history
from ...history.journal import lines, place_in
from ...history.touching import touched_by
from ...models import JournalEntry
from ...sealing.sealing import head
from ..tracked import ReadOnlyAdmin
from .filters import JournalFilters
from .leaving import journal_file

LINES_A_PAGE = 40
OLDER, NEWER = "avant", "apres"
RIGHT = "prefectures.view_changeset"


def history_address(model, pk):
    """Return the address of the history of an object, None where its model has no screen."""
    try:
        return reverse(
            f"admin:{model._meta.app_label}_{model._meta.model_name}_history", args=[quote(pk)]
        )
    except NoReverseMatch:
        return None


def journal_address(model, key):
    """Return the address of the journal of the object that people call ``key``."""
    query = urlencode({"objet": model._meta.model_name, "cle": key})
    return f"{reverse('admin:prefectures_journalentry_changelist')}?{query}"


@admin.register(JournalEntry)
class JournalAdmin(ReadOnlyAdmin):
    one = "une ligne du journal"
    # One right opens all of the journal: that of changesets.
    grantable_actions = ()

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(RIGHT)

    def get_urls(self):
        """None under the name of the table: the journal has an address of its own."""
        return []

    def own_urls(self):
        """Return what stands under /admin/journal/ (admin_site.py)."""
        view = self.admin_site.admin_view
        return [
            path("", view(self.changelist_view), name="prefectures_journalentry_changelist"),
            path("exporter/", view(self.export_view), name="prefectures_journalentry_export"),
        ]

    def changelist_view(self, request, extra_context=None):
        filters = self._filters(request)
        older, newer = (place_in(request.GET.get(name, "")) for name in (OLDER, NEWER))
        found, has_older, has_newer = [], False, False
        if filters.is_valid():
            found, has_older, has_newer = _page(filters.asked, older, newer)
        touched = touched_by([line.record.pk for line in found if line.is_changeset])
        return self.page(
            request,
            "journal",
            "Journal",
            filters=filters,
            days=_by_day((line, *self._told(line, touched)) for line in found),
            query=f"{urlencode(filters.given)}&" if filters.given else "",
            older=found[-1].place if has_older else "",
            newer=found[0].place if has_newer and found else "",
            is_newest=not has_newer,
            head=head(),
        )

    def _told(self, line, touched):
        """Return what a line touched, [(name, title, address of its history)]; how many others."""
        if not line.is_changeset:
            return [], 0
        of_it = touched[line.record.pk]
        named = [(each.name, each.title, self._address(each)) for each in of_it.named]
        return named, of_it.others

    def _address(self, named):
        return history_address(named.model, named.pk) if has_history(named.model) else None

    def export_view(self, request):
        filters = self._filters(request)
        kind = request.GET.get("format", "")
        if filters.is_valid() and (answer := journal_file(request.user, filters, kind)):
            return answer
        # As the page, which says what is wrong with them.
        return self.changelist_view(request)

    def _filters(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return JournalFilters(request.GET)


def _by_day(told):
    """Return [(day of Paris, what is told of it)]."""
    days = groupby(told, key=lambda each: timezone.localdate(each[0].record.at))
    return [(day, list(of_it)) for day, of_it in days]


def _page(asked, older, newer):
    """Return the lines of a page, and whether there are older and newer ones."""
    if newer:
        found, has_newer = lines(asked, LINES_A_PAGE, newer_than=newer)
        if has_newer:
            return found, True, True
    # The last step towards what is new shows the newest page whole.
    found, has_older = lines(asked, LINES_A_PAGE, older_than=None if newer else older)
    return found, has_older, bool(older and not newer)
