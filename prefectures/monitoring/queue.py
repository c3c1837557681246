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


def checked(keys=None):
    """Return what is ``Checked`` of all published sheets, or of those with these keys.

    Those that weigh most first.
    """
    books = Step.objects.filter(procedure=OuterRef("pk"), kind=Step.Kind.BOOK_ONLINE)
    sheets = Procedure.objects.published().with_age().annotate(books_online=Exists(books))
    sheets = sheets.select_related("departement")
    sheets = sheets.only("title", "slug", "situation", "valid_until", "updated_on", "departement")
    addresses = told_addresses().select_related("address").order_by("pk")
    if keys is not None:
        sheets, addresses = sheets.filter(pk__in=keys), addresses.filter(procedure__in=keys)
    addresses_of = defaultdict(list)
    for given in addresses:
        addresses_of[given.procedure_id].append(given)
    snoozes = {row.procedure_id: row for row in snoozed().select_related("snoozed_by")}
    found = [
        Checked(
            sheet,
            risks_of(sheet, books_online=sheet.books_online, addresses=addresses_of[sheet.pk]),
            snoozes.get(sheet.pk),
        )
        for sheet in sheets
    ]
    # Sorting keeps the order of the sheets among those that weigh the same.
    return sorted(found, key=lambda item: -item.weight)


def waiting():
    """Return what somebody should look at now."""
    return [item for item in checked() if item.is_waiting]


def told_addresses():
    """Return the ``GivenAddress`` rows that speak against their sheet, or will if it goes on."""
    told = Q(changed__isnull=False) | Q(address__verdict__in=TOLD)
    return GivenAddress.objects.filter(told, is_given=True)


def snoozed():
    """Return the ``Snooze`` rows that hold today."""
    return Snooze.objects.filter(until__gt=today())
