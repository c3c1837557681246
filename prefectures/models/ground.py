from django.core.validators import MaxValueValidator
from django.db import models

from .fields import LAST_POSITION, LineField, LinesField
from .tracking import TrackedModel, TrackedRecords


class Ground(TrackedModel):
    """The ground of a request, with its article of law (CESEDA)."""

    slug = models.SlugField("code", max_length=60, unique=True)
    name = LineField("motif", max_length=120, unique=True)
    law_article = LineField(
        "article de loi",
        max_length=120,
        blank=True,
        help_text="Exemple : « L. 435-4 du Ceseda ».",
    )
    description = LinesField("explication, en mots simples", blank=True)
    covers_all = models.BooleanField(
        "vaut pour tous les motifs",
        default=False,
        help_text="Une fiche de ce motif répond à toute demande d’admission exceptionnelle.",
    )
    is_neighbour = models.BooleanField(
        "demande voisine, pas une AES",
        default=False,
        help_text="On la demande à la préfecture sous le nom d’AES, et c’en est une autre. Elle "
        "sert aux renvois des fiches. Exemple : celle des parents d’un enfant malade.",
    )
    position = models.PositiveSmallIntegerField(
        "rang", default=0, validators=[MaxValueValidator(LAST_POSITION)]
    )

    history = TrackedRecords()

    class Meta:
        verbose_name = "motif"
        verbose_name_plural = "motifs"
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["covers_all"],
                condition=models.Q(covers_all=True),
                name="ground_one_covers_all",
                violation_error_message="Un seul motif peut valoir pour tous les autres.",
            ),
            models.CheckConstraint(
                name="ground_neighbour_is_not_all",
                condition=models.Q(covers_all=False) | models.Q(is_neighbour=False),
                violation_error_message="Une demande voisine ne vaut pas pour tous les motifs.",
            ),
        ]

    def __str__(self):
        return self.name
