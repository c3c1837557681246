from django.db import models

from prefectures.models import Procedure
from prefectures.models.fields import LineField, WebAddressField
from prefectures.models.numbering import NumberedRow
from prefectures.models.tracking import TrackedRecords


class Remark(NumberedRow):
    one_more = "une remarque"

    procedure = models.ForeignKey(
        Procedure, models.CASCADE, verbose_name="fiche", related_name="remarks"
    )
    text = LineField("texte", max_length=100)
    page = WebAddressField("page", blank=True)

    history = TrackedRecords()

    class Meta:
        verbose_name = "remarque"
        verbose_name_plural = "remarques"
        ordering = ["procedure_id", "position", "number"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="remark_number_unique")
        ]

    def __str__(self):
        return self.text
