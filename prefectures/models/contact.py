"""The ways to reach the office of a sheet that are no steps."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models

from ..gate.conditions import knows_its_choices, requires
from .fields import LinesField
from .numbering import NumberedRow
from .procedure import Procedure
from .tracking import TrackedRecords


@knows_its_choices(kind="Type de contact inconnu.")
@requires(value="Donnez l’adresse, le numéro ou les horaires du contact.")
class Contact(NumberedRow):
    """A way to reach the office that is not an action: never numbered on the page."""

    one_more = "un contact"
    place = 2
    known_as = ("value",)

    class Kind(models.TextChoices):
        EMAIL = "email", "courriel"
        PHONE = "phone", "téléphone"
        ADDRESS = "address", "adresse"
        HOURS = "hours", "horaires"

    procedure = models.ForeignKey(
        Procedure, models.CASCADE, verbose_name="fiche", related_name="contacts"
    )
    kind = models.CharField("type", max_length=10, choices=Kind)
    value = LinesField("contact", help_text="Exemple : « pref-esi@herault.gouv.fr ».")
    purpose = LinesField(
        "pour quoi",
        blank=True,
        help_text="À quoi il sert, si la préfecture le dit. Exemple : « poser vos questions ».",
    )
    hours = LinesField("horaires", blank=True)
    is_for_another_request = models.BooleanField(
        "pas pour cette demande",
        default=False,
        help_text="On le trouve, et il sert à autre chose. La page dit de ne pas l’utiliser. "
        "Exemple : l’adresse du service des renouvellements.",
    )

    history = TrackedRecords()

    class Meta:
        verbose_name = "contact"
        verbose_name_plural = "contacts"
        ordering = ["procedure_id", "position", "number"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="contact_number_unique"),
        ]

    def __str__(self):
        return self.value

    def clean(self):
        super().clean()
        if self.kind == self.Kind.EMAIL:
            try:
                validate_email(self.value)
            except ValidationError as error:
                raise ValidationError({"value": error}) from error
