"""The numbered versions of a sheet: which changesets touched it, whatever tables they wrote."""

from django.core.exceptions import ValidationError
from django.db import models

from ..gate.reading_back import batches
from .procedure import Procedure
from .tracking import Changeset


class StaleVersionError(Exception):
    """Somebody else wrote it since it was read. Holds the sheet (``procedure``), if it is one."""

    def __init__(self, procedure=None):
        super().__init__(getattr(procedure, "key", procedure))
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

    @classmethod
    def last_numbers(cls, sheets):
        """Return {pk of the sheet: number of its last version}, 0 where there is none."""
        found = dict.fromkeys(sheets, 0)
        for some in batches(sheets):
            rows = cls.objects.filter(procedure__in=some).order_by().values_list("procedure")
            found |= dict(rows.annotate(models.Max("number")))
        return found
