"""A sheet that somebody will look at later: it leaves the queue until then."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..gate.conditions import requires
from .fields import LinesField
from .procedure import Procedure
from .tracking import TrackedModel, TrackedRecords


@requires(reason="Dites en quelques mots pourquoi c’est remis.")
class Snooze(TrackedModel):
    """Somebody says why a sheet can wait, and until when: one at a time, and no part of it."""

    procedure = models.OneToOneField(
        Procedure, models.CASCADE, verbose_name="fiche", related_name="+"
    )
    until = models.DateField("jusqu’au")
    reason = LinesField("pourquoi")
    snoozed_on = models.DateField("le", default=timezone.localdate, editable=False)
    snoozed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="par",
        related_name="snoozes",
        null=True,
        blank=True,
    )

    history = TrackedRecords()

    class Meta:
        verbose_name = "fiche remise à plus tard"
        verbose_name_plural = "fiches remises à plus tard"
        ordering = ["procedure_id"]
        # Whoever may change a sheet may say that it can wait: no right of its own.
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="snooze_ends_later",
                condition=models.Q(until__gt=models.F("snoozed_on")),
                violation_error_message="Choisissez un jour à venir.",
            ),
        ]

    def __str__(self):
        return f"{self.procedure} : {self.until:%d/%m/%Y}"
