from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .age import refuse_future
from .fields import LinesField, WebAddressField
from .procedure import Procedure
from .tracking import TrackedModel, TrackedRecords


class Verification(TrackedModel):
    """Somebody looked at the source of a sheet on that day."""

    procedure = models.ForeignKey(
        Procedure, models.CASCADE, verbose_name="fiche", related_name="verifications"
    )
    verified_on = models.DateField(
        "vérifiée le", default=timezone.localdate, validators=[refuse_future]
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="par",
        related_name="verifications",
        null=True,
        blank=True,
    )
    source_url = WebAddressField("source consultée", blank=True)
    has_changed = models.BooleanField("la source a changé", default=False)
    note = LinesField("note", blank=True)

    history = TrackedRecords()

    class Meta:
        verbose_name = "vérification"
        verbose_name_plural = "vérifications"
        ordering = ["procedure_id", "-verified_on", "-id"]

    def __str__(self):
        return f"{self.procedure} : {self.verified_on:%d/%m/%Y}"


def confirmed_after(day):
    """Return the condition of a sheet that was updated, or verified, after ``day``.

    What ``with_age`` tells of each sheet, asked in other words: to count many, it would look up the
    verifications of each of them again and again.
    """
    verified = Verification.objects.order_by().filter(verified_on__gt=day)
    return Q(updated_on__gt=day) | Q(pk__in=verified.values("procedure"))
