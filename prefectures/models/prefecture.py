from django.core.exceptions import ValidationError
from django.db import models

from ..gate.conditions import knows_its_choices
from ..text.naming import Article, address_of, office_name
from .age import refuse_future
from .fields import LineField, LinesField, WebAddressField
from .territory import Arrondissement, Departement
from .tracking import TrackedModel, TrackedRecords


@knows_its_choices(kind="Type de guichet inconnu.")
class Prefecture(TrackedModel):
    """An office where one may have to go: préfecture, sous-préfecture, or a centre of one."""

    class Kind(models.TextChoices):
        PREFECTURE = "prefecture", "préfecture"
        SOUS_PREFECTURE = "sous_prefecture", "sous-préfecture"
        PREFECTURE_DE_POLICE = "prefecture_de_police", "préfecture de police"
        OTHER = "other", "autre guichet"

    departement = models.ForeignKey(
        Departement, models.PROTECT, verbose_name="département", related_name="prefectures"
    )
    kind = models.CharField("type", max_length=20, choices=Kind)
    city = LineField("ville", max_length=120, help_text="Exemple : « Foix ».")
    article = models.CharField(
        "article",
        max_length=5,
        choices=Article,
        default=Article.DE,
        help_text="Pour écrire « préfecture de Foix », « d’Auch », « du Puy-en-Velay ».",
    )
    printed_name = LineField(
        "nom imprimé",
        max_length=160,
        blank=True,
        help_text="Seulement s’il diffère de « type de ville ». Exemple : "
        "« Centre de réception des étrangers ». Obligatoire pour un autre guichet.",
    )
    slug = models.SlugField(
        "adresse",
        max_length=120,
        blank=True,
        help_text="Laissez vide : elle est tirée du nom. Exemple : « sous-prefecture-de-lodeve ».",
    )
    seat_of = models.OneToOneField(
        Arrondissement,
        models.PROTECT,
        verbose_name="siège de l’arrondissement",
        related_name="seat",
        null=True,
        blank=True,
        help_text="Là où elle se trouve : cela ne dit pas qu’elle reçoit les demandes.",
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="dépend de",
        related_name="centres",
        null=True,
        blank=True,
    )
    address = LinesField(
        "adresse postale",
        blank=True,
        help_text="Une ligne par ligne d’enveloppe. Exemple : « 52 rue Jean Bringer », "
        "puis « 11000 Carcassonne ». Là où est le guichet : on ne dépose pas toujours ici.",
    )
    phone = LineField(
        "téléphone", max_length=60, blank=True, help_text="Exemple : « 04 68 10 27 00 »."
    )
    email = models.EmailField("courriel", blank=True, help_text="Exemple : prefecture@aude.gouv.fr")
    website = WebAddressField(
        "site internet", blank=True, help_text="Exemple : https://www.aude.gouv.fr/"
    )
    source = LineField(
        "source de ces coordonnées",
        max_length=200,
        blank=True,
        help_text="En mots : elle est montrée sous les coordonnées. Exemple : « site de la "
        "préfecture ». Changez-la avec elles.",
    )
    source_on = models.DateField(
        "relevées le",
        null=True,
        blank=True,
        validators=[refuse_future],
        help_text="Le jour où la source disait cela. Exemple : 24/07/2024.",
    )

    # Where an office is and how it is reached: one whole, which the source and its day vouch for.
    CONTACTS = ("address", "phone", "email", "website", "source", "source_on")

    history = TrackedRecords()

    class Meta:
        verbose_name = "guichet"
        verbose_name_plural = "guichets"
        ordering = ["departement_id", "kind", "city", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["departement", "slug"],
                name="prefecture_slug_unique_in_departement",
                violation_error_message="Un guichet de ce département porte déjà ce nom.",
            ),
            models.UniqueConstraint(
                fields=["departement"],
                condition=models.Q(kind="prefecture"),
                name="prefecture_one_a_departement",
                violation_error_message="Ce département a déjà sa préfecture.",
            ),
            models.CheckConstraint(
                name="prefecture_other_has_a_name",
                condition=~models.Q(kind="other", printed_name=""),
                violation_error_message="Donnez son nom à cet autre guichet (« nom imprimé »).",
            ),
            models.CheckConstraint(
                name="prefecture_has_a_city",
                condition=~models.Q(city=""),
                violation_error_message="Donnez la ville du guichet.",
            ),
        ]

    def __str__(self):
        return self.name

    def fill_in(self):
        self.slug = self.slug or address_of(self.name)

    def clean(self):
        super().clean()
        if self.seat_of_id and self.seat_of.departement_id != self.departement_id:
            raise ValidationError({"seat_of": "Cet arrondissement est d’un autre département."})
        if self.parent_id and self.parent_id == self.pk:
            raise ValidationError({"parent": "Un guichet ne dépend pas de lui-même."})

    @property
    def name(self):
        """As it is written on a sheet: "Sous-préfecture de Lodève"."""
        return office_name(self.get_kind_display(), self.article, self.city, self.printed_name)

    @property
    def key(self):
        """What people call it in a file: "34/sous-prefecture-de-lodeve"."""
        return f"{self.departement_id}/{self.slug}"
