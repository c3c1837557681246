"""A sheet's form that opens with more than what is stored: a pattern, what a page proposed."""

from dataclasses import dataclass, field

from django.forms.formsets import DELETION_FIELD_NAME
from django.urls import reverse

from ..submission import as_asked


@dataclass
class Beginning:
    """``values`` are fields of the sheet; ``rows`` new ones, {model: [{name: value}]}.

    ``changed`` says otherwise what stored rows say: {model: {pk: {name: value}}}.
    """

    values: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)
    changed: dict = field(default_factory=dict)

    def leave_out(self, row):
        """Propose that a stored ``row`` goes."""
        self.change(row, {DELETION_FIELD_NAME: True})

    def change(self, row, values):
        self.changed.setdefault(type(row), {})[row.pk] = values


NOTHING = Beginning()


def beginning_of(request):
    return getattr(request, "beginning", NOTHING)


def form_beginning(screen, request, beginning, sheet=None, **context):
    """Return the form of ``sheet``, or of a new one, as ``beginning`` has it; nothing is saved."""
    asked = as_asked(request)
    asked.beginning = beginning
    if sheet is None:
        return screen.add_view(asked, reverse("admin:prefectures_procedure_add"), context)
    there = reverse("admin:prefectures_procedure_change", args=[sheet.pk])
    return screen.change_view(asked, str(sheet.pk), there, context)
