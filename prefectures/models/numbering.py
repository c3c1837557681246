"""The numbers of a sheet's rows: given once, in the order of adding, and never given again."""

from collections import defaultdict

from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import Max

from ..gate.locking import locked
from ..gate.reading_back import batches
from .fields import LAST_POSITION
from .procedure import Procedure
from .tracking import TrackedModel

# Of steps, of contacts, of links: five times those of the fullest real sheet, and a form of all of
# them can be sent at once.
MOST_ROWS_OF_A_SHEET = 100


class NumberedRow(TrackedModel):
    """A row of a sheet, known in spreadsheets by its number, which is never given again.

    A model of its own is all that a new kind of row takes: form, spreadsheets, JSON, conflicts,
    undoing and history find it (``sheets/kinds.py``). ``one_more`` is what a button adds: "une
    étape".
    """

    one_more = ""
    # Where the rows of this kind come, among the others, on the form and in files.
    place = 9
    # The fields of which the first that is filled in says what a row is, where it is told of.
    known_as = ()

    number = models.PositiveSmallIntegerField("numéro", blank=True, editable=False)
    position = models.PositiveSmallIntegerField(
        "rang",
        default=0,
        validators=[MaxValueValidator(LAST_POSITION)],
        help_text="L’ordre dans la page : 1 avant 2. À égalité, le plus ancien d’abord.",
    )

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.number is not None:
            return super().save(*args, **kwargs)
        with transaction.atomic():
            # Whoever adds a row to the same sheet waits for this one's number.
            locked(Procedure, [self.procedure_id])
            give_numbers(type(self), [self])
            return super().save(*args, **kwargs)


def give_numbers(model, rows):
    """Number those new ``rows`` of ``model`` that have no number, after all that were given."""
    last = _last_numbers(model, {row.procedure_id for row in rows if row.number is None})
    for row in rows:
        if row.number is not None:
            last[row.procedure_id] = max(last[row.procedure_id], row.number)
    for row in rows:
        if row.number is None:
            last[row.procedure_id] += 1
            row.number = last[row.procedure_id]


def _last_numbers(model, sheets):
    """Return {pk of the sheet: highest number}; the history knows the rows that were removed."""
    last = defaultdict(int)
    for some in batches(sorted(sheets)):
        for rows in (model._base_manager, model.history):
            given = rows.filter(procedure_id__in=some).order_by().values_list("procedure_id")
            for pk, number in given.annotate(Max("number")):
                last[pk] = max(last[pk], number)
    return last
