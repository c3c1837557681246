"""A contradiction that is meant: two sheets for the same communes, minors here and adults there."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..gate.conditions import requires
from .fields import LinesField
from .procedure import Procedure
from .tracking import TrackedModel, TrackedRecords


@requires(reason="Dites en quelques mots pourquoi c’est voulu.")
class Acknowledgement(TrackedModel):
    """Somebody looked at a contradiction of a sheet, and says why it stays.

    It holds for what was compared then, which ``fingerprint`` tells (``contradictions/found.py``):
    no part of the sheet, whose version and public history know nothing of it.
    """

    procedure = models.ForeignKey(
        Procedure, models.CASCADE, verbose_name="fiche", related_name="acknowledgements"
    )
    kind = models.CharField("contradiction", max_length=20)
    fingerprint = models.CharField("empreinte de ce qui est comparé", max_length=64)
    reason = LinesField("pourquoi c’est voulu")
    acknowledged_at = models.DateTimeField("le", default=timezone.now, editable=False)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="par",
        related_name="acknowledgements",
        null=True,
        blank=True,
    )

    history = TrackedRecords()

    class Meta:
        verbose_name = "contradiction voulue"
        verbose_name_plural = "contradictions voulues"
        ordering = ["procedure_id", "id"]
        # Whoever may change a sheet may say that what it says is meant: no right of its own.
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "fingerprint"],
                name="acknowledgement_once",
                violation_error_message="Quelqu’un vient de le dire déjà.",
            ),
        ]

    def __str__(self):
        return f"{self.procedure} : {self.reason}"
