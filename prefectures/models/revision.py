"""The numbered versions of a sheet: which changesets touched it, whatever tables they wrote."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max
from django.dispatch import receiver

from ..gate.locking import locked
from ..gate.reading_back import BATCH, batches
from ..gate.unit_of_work import changeset_closing
from .parts import Contact, Link, Step
from .procedure import Procedure
from .tracking import Changeset
from .verification import Verification
from .whole import faults_of

PARTS = (Step, Contact, Link, Verification)


class StaleVersionError(Exception):
    """The sheet was saved by somebody else since it was read. Holds the sheet (``procedure``)."""

    def __init__(self, procedure):
        super().__init__(procedure.key)
        self.procedure = procedure


class FaultySheetsError(ValidationError):
    """Sheets that cannot stay as they are about to be. ``faults`` is {sheet: sentences}."""

    def __init__(self, faults, *, is_alone):
        self.faults = faults
        super().__init__(
            [
                sentence if is_alone else f"{sheet.key} : {sentence}"
                for sheet, sentences in sorted(faults.items(), key=lambda item: item[0].key)
                for sentence in sentences
            ]
        )


class Revision(models.Model):
    """One version of one sheet. Stays when the sheet is deleted."""

    procedure = models.ForeignKey(
        Procedure,
        models.DO_NOTHING,
        verbose_name="fiche",
        related_name="revisions",
        db_constraint=False,
    )
    number = models.PositiveIntegerField("version")
    changeset = models.ForeignKey(
        Changeset, models.PROTECT, verbose_name="modification", related_name="revisions"
    )
    publication = models.CharField(
        "publication",
        max_length=10,
        choices=Procedure.Publication,
        blank=True,
        help_text="Après cette modification ; vide quand elle a supprimé la fiche.",
    )

    class Meta:
        verbose_name = "version"
        verbose_name_plural = "versions"
        ordering = ["-changeset_id", "procedure_id"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="revision_number_unique"),
            models.UniqueConstraint(
                fields=["changeset", "procedure"], name="revision_one_a_changeset"
            ),
        ]

    def __str__(self):
        return f"{self.procedure_id} v{self.number}"


@receiver(changeset_closing)
def number_versions(sender, writing, written, **kwargs):
    """Give each sheet that was written its next version, then check it as a whole.

    Raises StaleVersionError for a sheet whose expected version is no longer the current one.
    """
    pks = {row.id for row in written.get(Procedure, ())}
    pks |= {row.procedure_id for part in PARTS for row in written.get(part, ())}
    if not pks:
        return
    # Whoever writes one of them waits here, or is waited for: afterwards its version is what it is.
    alive = locked(Procedure, pks)
    last = _last_numbers(pks)
    for pk in sorted(pks):
        # The revisions also know of a sheet that was deleted meanwhile, or is deleted here.
        if writing.expected_versions.get(pk, last[pk]) != last[pk]:
            raise StaleVersionError(
                alive.get(pk) or Procedure.history.filter(id=pk).latest().instance
            )
    _raise_versions(alive, last)
    _refuse_faulty(alive.values())
    Revision.objects.bulk_create(
        [
            Revision(
                procedure_id=pk,
                number=last[pk] + 1,
                changeset_id=writing.record.pk,
                publication=alive[pk].publication if pk in alive else "",
            )
            for pk in sorted(pks)
        ],
        batch_size=BATCH,
    )


def _last_numbers(pks):
    """Return {pk: number of its last version}, 0 where there is none."""
    found = dict.fromkeys(pks, 0)
    for some in batches(pks):
        rows = Revision.objects.filter(procedure__in=some).order_by().values_list("procedure")
        found |= dict(rows.annotate(Max("number")))
    return found


def _raise_versions(sheets, last):
    """Give each of the ``sheets`` the version after ``last``."""
    by_number = defaultdict(list)
    for pk in sheets:
        by_number[last[pk] + 1].append(pk)
    for number, pks in by_number.items():
        for some in batches(sorted(pks)):
            # A plain queryset: the version is no part of the history.
            models.QuerySet(Procedure).filter(pk__in=some).update(version=number)


def _refuse_faulty(sheets):
    faults = faults_of(sheets)
    if faults:
        by_sheet = {sheet: faults[sheet.pk] for sheet in sheets if sheet.pk in faults}
        # Of several sheets, say which.
        raise FaultySheetsError(by_sheet, is_alone=len(sheets) == 1)
