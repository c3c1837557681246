from django.db import models

from ..gate.conditions import requires
from ..text.naming import address_of
from .fields import LineField, LinesField
from .tracking import TrackedModel, TrackedRecords


@requires(
    term="Donnez le mot qui est expliqué.",
    explanation="Expliquez ce mot : sans explication, il n’aide personne.",
)
class GlossaryTerm(TrackedModel):
    """A word that one meets at the counter, explained once for every page that holds it."""

    term = LineField(
        "mot",
        max_length=80,
        unique=True,
        error_messages={"blank": "Donnez le mot qui est expliqué."},
        help_text="Le mot ou l’abréviation, en français. Exemple : « OQTF ».",
    )
    slug = models.SlugField(
        "adresse",
        max_length=80,
        unique=True,
        blank=True,
        help_text="Laissez vide : elle est tirée du mot. Exemple : « oqtf ».",
    )
    also_written = LinesField(
        "autres façons de l’écrire",
        blank=True,
        help_text="Une par ligne : une page qui les contient explique aussi ce mot. "
        "Exemple : « obligation de quitter le territoire français ».",
    )
    explanation = LinesField(
        "explication, en mots simples",
        error_messages={"blank": "Expliquez ce mot : sans explication, il n’aide personne."},
        help_text="Des phrases courtes. Exemple : « C’est l’ordre de quitter la France. »",
    )
    law_article = LineField(
        "article de loi",
        max_length=120,
        blank=True,
        help_text="Celui d’où vient l’explication. Exemple : « L. 611-1 du Ceseda ».",
    )

    history = TrackedRecords()

    class Meta:
        verbose_name = "mot du glossaire"
        verbose_name_plural = "mots du glossaire"
        ordering = ["slug"]
        # Those that the decorator gives.
        constraints = []

    def __str__(self):
        return self.term

    def fill_in(self):
        self.slug = self.slug or address_of(self.term)

    @property
    def spellings(self):
        """All the ways in which a page may hold it."""
        return [self.term, *self.also_written.splitlines()]
