"""The addresses that sheets give, and what readers of a sheet are told of them."""

from django.db import models

from .page_reading import PageReading
from .procedure import Procedure
from .watched import WatchedAddress


class GivenAddress(models.Model):
    """A published sheet gives this address; of a source it knows which text was accepted.

    Each sheet by itself: what changes nothing for one may change another. ``accepted`` is the text
    that the sheet was last held against; ``pending`` another one that was seen, on ``pending_on``,
    and has to be seen on another day; ``changed`` one that was, first on ``changed_on``: somebody
    has to look. ``returns`` counts how often it was again what it had been.
    """

    procedure = models.ForeignKey(
        Procedure,
        models.CASCADE,
        verbose_name="fiche",
        related_name="given_addresses",
    )
    address = models.ForeignKey(
        WatchedAddress, models.CASCADE, verbose_name="adresse", related_name="given_by"
    )
    # A sheet that is withdrawn, or gives the address no more, may do so again.
    is_given = models.BooleanField("donnée", default=True)
    is_source = models.BooleanField("source", default=False)
    accepted = models.ForeignKey(
        PageReading, models.SET_NULL, verbose_name="texte accepté", related_name="+", null=True
    )
    pending = models.ForeignKey(
        PageReading, models.SET_NULL, verbose_name="autre texte", related_name="+", null=True
    )
    pending_on = models.DateField("vu le", null=True)
    changed = models.ForeignKey(
        PageReading, models.SET_NULL, verbose_name="texte changé", related_name="+", null=True
    )
    changed_on = models.DateField("changée depuis le", null=True)
    returns = models.PositiveIntegerField("fois revenue", default=0)

    class Meta:
        verbose_name = "adresse d’une fiche"
        verbose_name_plural = "adresses des fiches"
        ordering = ["procedure_id", "id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["procedure", "address"], name="given_once_by_a_sheet"),
            models.CheckConstraint(
                name="given_change_is_dated",
                condition=models.Q(changed=None) | models.Q(changed_on__isnull=False),
                violation_error_message="Dites de quand est le changement.",
            ),
        ]

    def __str__(self):
        return f"{self.procedure_id} · {self.address_id}"


class SheetAlert(models.Model):
    """What readers of a sheet are told, as long as it is at ``version`` (``monitoring/alerts.py``).

    Read beside its document, in the question that brings it.
    """

    procedure = models.OneToOneField(Procedure, models.CASCADE, primary_key=True, related_name="+")
    version = models.PositiveIntegerField()
    dead_since = models.DateField("lien mort depuis", null=True)
    changed_since = models.DateField("source changée depuis", null=True)

    class Meta:
        verbose_name = "alerte d’une fiche"
        verbose_name_plural = "alertes des fiches"
        default_permissions = ()

    def __str__(self):
        return f"{self.procedure_id} v{self.version}"
