"""The published sheets in the order in which somebody should look at them: three questions."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from ..models import GivenAddress, Procedure, Snooze, Step
from ..models.age import today
from .risk import TOLD, Kind, level_of, risks_of

# What wakes a sheet that was put off: nobody knew of it when it was.
WAKING = {Kind.SOURCE, Kind.DEAD}


@dataclass(frozen=True)
class Checked:
    """A sheet with what speaks against it; ``snooze`` is there where somebody put it off."""

    sheet: Procedure
    risks: list
    snooze: Snooze | None

    @property
    def level(self):
        return level_of(self.risks)

    @property
    def weight(self):
        return sum(risk.weight for risk in self.risks)

    @property
    def is_waiting(self):
        return bool(self.risks) and not self.is_asleep

    @property
    def is_asleep(self):
        if self.snooze is None or self.snooze.until <= today():
            return False
        put_off_on = self.snooze.snoozed_on
        return not any(risk.kind in WAKING and risk.since > put_off_on for risk in self.risks)


def checked(**where):
    """Return what is ``Checked`` of all published sheets, or of those ``where`` one asks for.

    Those that weigh most first.
    """
    books = Step.objects.filter(procedure=OuterRef("pk"), kind=Step.Kind.BOOK_ONLINE)
    sheets = Procedure.objects.published().with_age().annotate(books_online=Exists(books))
    sheets = sheets.filter(**where).select_related("departement")
    sheets = sheets.only("title", "slug", "situation", "valid_until", "updated_on", "departement")
    addresses, snoozes = _addresses(), _snoozes()
    found = [
        Checked(
            sheet,
            risks_of(sheet, books_online=sheet.books_online, addresses=addresses.get(sheet.pk, ())),
            snoozes.get(sheet.pk),
        )
        for sheet in sheets
    ]
    # Sorting keeps the order of the sheets among those that weigh the same.
    return sorted(found, key=lambda item: -item.weight)


def waiting():
    """Return what somebody should look at now."""
    return [item for item in checked() if item.is_waiting]


def _addresses():
    """Return {key of the sheet: those of its addresses of which something is to be told}."""
    told = Q(changed__isnull=False) | Q(address__verdict__in=TOLD)
    rows = GivenAddress.objects.filter(told, is_given=True).select_related("address")
    by_sheet = defaultdict(list)
    for row in rows.order_by("pk"):
        by_sheet[row.procedure_id].append(row)
    return by_sheet


def _snoozes():
    rows = Snooze.objects.filter(until__gt=today()).select_related("snoozed_by")
    return {row.procedure_id: row for row in rows}
