"""The numbered versions of a sheet: which changesets touched it, whatever tables they wrote."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max
from django.dispatch import receiver

from .parts import Contact, Link, Step
from .procedure import Procedure
from .tracking import Changeset, changeset_closing
from .verification import Verification
from .whole import faults_of

PARTS = (Step, Contact, Link, Verification)


class StaleVersionError(Exception):
    """The sheet was saved by somebody else since it was read. Holds the sheet (``procedure``)."""

    def __init__(self, procedure):
        super().__init__(procedure.key)
        self.procedure = procedure


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
        ordering = ["-changeset", "procedure"]
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
    alive = Procedure._base_manager.in_bulk(sorted(pks))
    last = dict(
        Revision.objects.filter(procedure__in=pks)
        .order_by()
        .values_list("procedure")
        .annotate(Max("number"))
    )
    revisions = []
    for pk in sorted(pks):
        procedure, number = alive.get(pk), last.get(pk, 0) + 1
        # The revisions also know of a sheet that was deleted meanwhile, or is deleted here.
        if writing.expected_versions.get(pk, number - 1) != number - 1:
            raise StaleVersionError(procedure or Procedure.history.filter(id=pk).latest().instance)
        if procedure is not None:
            # The row's own UPDATE settles a race: the second of two writers finds no such version.
            # A plain queryset: the version is no part of the history.
            moved = models.QuerySet(Procedure).filter(pk=pk, version=procedure.version)
            if not moved.update(version=number):
                raise StaleVersionError(procedure)
        revisions.append(
            Revision(
                procedure_id=pk,
                number=number,
                changeset=writing.record,
                publication=procedure.publication if procedure else "",
            )
        )
    _refuse_faulty(alive.values())
    Revision.objects.bulk_create(revisions)


def _refuse_faulty(sheets):
    faults = faults_of(sheets)
    by_key = {sheet.key: faults[sheet.pk] for sheet in sheets if sheet.pk in faults}
    if by_key:
        # Of several sheets, say which.
        raise ValidationError(
            [
                sentence if len(sheets) == 1 else f"{key} : {sentence}"
                for key, sentences in sorted(by_key.items())
                for sentence in sentences
            ]
        )
