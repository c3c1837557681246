from django.core.validators import MaxValueValidator
from django.db import models

from ..gate.conditions import requires
from ..text.naming import address_of
from .fields import LAST_POSITION, LineField, RichTextField
from .tracking import TrackedModel, TrackedRecords


@requires(
    title="Donnez un titre à ce texte général.",
    text="Écrivez ce texte général : un titre seul ne dit rien.",
)
class GeneralText(TrackedModel):
    """What every sheet says of what comes after: written once, with its article of law."""

    title = LineField(
        "titre",
        max_length=120,
        unique=True,
        error_messages={"blank": "Donnez un titre à ce texte général."},
        help_text="Ce que cherche la personne. Exemple : « Ce qu’il faut garder ».",
    )
    slug = models.SlugField(
        "code",
        max_length=120,
        unique=True,
        blank=True,
        help_text="Laissez vide : il est tiré du titre. Exemple : « ce-qu-il-faut-garder ».",
    )
    text = RichTextField(
        "texte",
        error_messages={"blank": "Écrivez ce texte général : un titre seul ne dit rien."},
        help_text="Montré sur toutes les fiches, après ce que la fiche dit elle-même de la suite. "
        "Des phrases de douze mots environ.",
    )
    law_article = LineField(
        "article de loi",
        max_length=120,
        blank=True,
        help_text="Celui d’où vient la règle. Exemple : « R. 432-2 du Ceseda ».",
    )
    position = models.PositiveSmallIntegerField(
        "rang", default=0, validators=[MaxValueValidator(LAST_POSITION)]
    )

    history = TrackedRecords()

    class Meta:
        verbose_name = "texte général"
        verbose_name_plural = "textes généraux"
        ordering = ["position", "title"]
        # Those that the decorator gives.
        constraints = []

    def __str__(self):
        return self.title

    def fill_in(self):
        self.slug = self.slug or address_of(self.title)
