"""Somebody's words on a sheet, each under the name of who wrote them."""

from django.db import models

from ..gate.conditions import knows_its_choices, requires
from .age import refuse_future
from .fields import LineField, RichTextField
from .link import Link
from .numbering import NumberedRow
from .procedure import Procedure
from .tracking import TrackedRecords


@knows_its_choices(publisher="Source inconnue.")
@requires(text="Recopiez les mots cités.")
class Quotation(NumberedRow):
    """Words as they were found, never corrected, and never merged with those of somebody else."""

    one_more = "une citation"
    place = 4
    known_as = ("author", "publisher")

    procedure = models.ForeignKey(
        Procedure, models.CASCADE, verbose_name="fiche", related_name="quotations"
    )
    publisher = models.CharField(
        "qui parle",
        max_length=20,
        choices=Link.Publisher,
        default=Link.Publisher.PREFECTURE,
        help_text="La page les annonce ainsi. Exemple : « Ce que dit la presse ».",
    )
    author = LineField(
        "nom de l’auteur",
        max_length=200,
        blank=True,
        help_text="Tel que l’on se nomme là-bas. Exemple : « Le Progrès ». La préfecture n’en a "
        "pas besoin.",
    )
    # See ``Step.source``.
    link = models.ForeignKey(
        Link,
        models.DO_NOTHING,
        verbose_name="tirée du lien",
        related_name="+",
        null=True,
        blank=True,
        help_text="Celui des liens de la fiche où ces mots se trouvent. Exemple : « n° 1 : Les "
        "modalités sont consultables ici ». Sur une nouvelle fiche, enregistrez d’abord les liens.",
    )
    text = RichTextField(
        "texte cité",
        help_text="Recopié tel quel, fautes comprises. Exemple : « Les dossiers envoyés par "
        "courrier ne sont pas acceptés et vous seront retournés. »",
    )
    is_excerpt = models.BooleanField(
        "extrait",
        default=False,
        help_text="Le texte cité n’est qu’une partie de la page. Exemple : un paragraphe d’un "
        "article.",
    )
    printed_date = LineField(
        "date imprimée",
        max_length=120,
        blank=True,
        help_text="La date que porte le texte. Exemple : « le 2 avril 2026 ».",
    )
    consulted_on = models.DateField(
        "lue le",
        null=True,
        blank=True,
        validators=[refuse_future],
        help_text="Le jour où vous avez lu ces mots. Exemple : 11/05/2026.",
    )

    history = TrackedRecords()

    class Meta:
        verbose_name = "citation"
        verbose_name_plural = "citations"
        ordering = ["procedure_id", "position", "number"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="quotation_number_unique")
        ]

    def __str__(self):
        return self.author or self.get_publisher_display()

    @property
    def is_of_the_state(self):
        return self.publisher in Link.OF_THE_STATE
