"""For which grounds a sheet is not, and who answers those."""

from django.db import models

from .fields import LinesField
from .ground import Ground
from .numbering import NumberedRow
from .prefecture import Prefecture
from .procedure import Procedure
from .tracking import TrackedRecords


class Referral(NumberedRow):
    """A ground that this sheet is not for; ``sheet`` or ``office`` answers it, if that is known.

    ``sheet`` may have been archived or deleted since: readers are told so.
    """

    one_more = "un renvoi"
    place = 5
    known_as = ("ground",)

    procedure = models.ForeignKey(
        Procedure, models.CASCADE, verbose_name="fiche", related_name="referrals"
    )
    ground = models.ForeignKey(
        Ground,
        models.PROTECT,
        verbose_name="motif",
        related_name="+",
        help_text="Celui pour lequel cette fiche ne vaut pas, ou une demande voisine. Exemple : "
        "« Travail ».",
    )
    sheet = models.ForeignKey(
        Procedure,
        models.DO_NOTHING,
        db_constraint=False,
        verbose_name="fiche qui répond",
        related_name="+",
        null=True,
        blank=True,
        help_text="Elle peut être d’un autre département. Exemple : la fiche d’Antony, pour "
        "les soins.",
    )
    office = models.ForeignKey(
        Prefecture,
        models.PROTECT,
        verbose_name="guichet qui répond",
        related_name="+",
        null=True,
        blank=True,
        help_text="Quand aucune fiche ne dit comment il reçoit ces demandes.",
    )
    note = LinesField(
        "précision",
        blank=True,
        help_text="Exemple : « même si vous habitez Nanterre ».",
    )

    history = TrackedRecords()

    class Meta:
        verbose_name = "renvoi"
        verbose_name_plural = "renvois"
        ordering = ["procedure_id", "position", "number"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="referral_number_unique"),
            models.CheckConstraint(
                name="referral_not_to_itself",
                condition=models.Q(sheet=None) | ~models.Q(sheet=models.F("procedure")),
                violation_error_message="Une fiche ne renvoie pas à elle-même.",
            ),
        ]

    def __str__(self):
        return str(self.ground)
