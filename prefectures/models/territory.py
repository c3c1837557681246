"""Régions, départements, arrondissements and communes, from INSEE's Code officiel géographique.

Régions and départements are edited, with history. Arrondissements and communes are reference data:
read-only in the site, loaded in bulk, never deleted (``is_current`` turns false).
"""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext as _

from ..text.naming import Article, address_of, at_place, of_place
from .addresses import address
from .fields import refuse_control_characters
from .tracking import TrackedModel, TrackedQuerySet, TrackedRecords

DEPARTEMENT_CODE = r"^(0[1-9]|[1-8][0-9]|9[0-5]|2[AB]|97[0-9])$"


class PlaceName(models.Model):
    """A name with its French article."""

    name = models.CharField("nom", max_length=200)
    article = models.CharField(
        "article",
        max_length=5,
        choices=Article,
        default=Article.DE,
        help_text="Le mot qui précède le nom : « de l’Ariège », « du Gard », « d’Auch ».",
    )

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    def clean_fields(self, exclude=None):
        super().clean_fields(exclude)
        try:
            # A page would show it; no feed can hold it.
            refuse_control_characters(self.name)
        except ValidationError as error:
            raise ValidationError({"name": error}) from error

    @property
    def of_name(self):
        return of_place(self.article, self.name)


class Region(TrackedModel, PlaceName):
    code = models.CharField(
        "code INSEE",
        primary_key=True,
        max_length=3,
        validators=[RegexValidator(r"^[0-9]{2}$", "Un code de région a deux chiffres : « 76 ».")],
    )
    slug = models.SlugField("adresse", max_length=60, unique=True)

    history = TrackedRecords()

    class Meta:
        verbose_name = "région"
        verbose_name_plural = "régions"
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address("region", self.slug)


class DepartementQuerySet(TrackedQuerySet):
    def with_coverage(self):
        """Add ``has_sheets``: whether any sheet of the département is published."""
        sheets = self.model.procedures.rel.related_model.objects.published().order_by()
        return self.annotate(
            has_sheets=models.Exists(sheets.filter(departement=models.OuterRef("pk")))
        )

    def by_region(self):
        """Bring the région too, and order by it: those of none come last, in all databases."""
        own = models.F("region__slug").asc(nulls_last=True), "code"
        return self.select_related("region").order_by(*own)


class Departement(TrackedModel, PlaceName):
    code = models.CharField(
        "code",
        primary_key=True,
        max_length=3,
        validators=[
            RegexValidator(
                DEPARTEMENT_CODE, "Un code de département s’écrit « 09 », « 2A » ou « 971 »."
            )
        ],
    )
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        verbose_name="région",
        related_name="departements",
        null=True,
        blank=True,
        help_text="Vide pour Saint-Pierre-et-Miquelon, Saint-Barthélemy et Saint-Martin.",
    )
    slug = models.SlugField("adresse", max_length=60, unique=True)

    objects = DepartementQuerySet.as_manager()
    history = TrackedRecords()

    class Meta:
        verbose_name = "département"
        verbose_name_plural = "départements"
        ordering = ["code"]

    def __str__(self):
        return f"{self.name} ({self.code})"

    def get_absolute_url(self):
        return address("departement", self.slug)

    @property
    def full_name(self):
        """As GISTI's document names it: "Département de l'Hérault (34)".

        Saint-Martin, in no région, is no département (Constitution, article 74).
        """
        said = (
            _("Département %(of_name)s (%(code)s)")
            if self.region_id
            else _("Collectivité %(of_name)s (%(code)s)")
        )
        return said % {"of_name": self.of_name, "code": self.code}

    @property
    def wider_region(self):
        """Its région, unless that is itself under another title: Guyane, La Réunion."""
        return None if self.region is None or self.region.name == self.name else self.region


class Arrondissement(PlaceName):
    code = models.CharField("code INSEE", primary_key=True, max_length=4)
    departement = models.ForeignKey(
        Departement,
        models.PROTECT,
        verbose_name="département",
        related_name="arrondissements",
    )
    is_current = models.BooleanField("existe encore", default=True)

    class Meta:
        verbose_name = "arrondissement"
        verbose_name_plural = "arrondissements"
        ordering = ["departement_id", "name"]

    def __str__(self):
        return f"{self.name} ({self.departement_id})"


class Commune(PlaceName):
    """A commune, or a municipal arrondissement of Paris, Lyon or Marseille (``part_of``)."""

    code = models.CharField("code INSEE", primary_key=True, max_length=5)
    departement = models.ForeignKey(
        Departement, models.PROTECT, verbose_name="département", related_name="communes"
    )
    arrondissement = models.ForeignKey(
        Arrondissement,
        models.PROTECT,
        verbose_name="arrondissement",
        related_name="communes",
        null=True,
        blank=True,
        help_text="Vide à Mayotte, à Saint-Pierre-et-Miquelon, Saint-Barthélemy et Saint-Martin.",
    )
    part_of = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="arrondissement municipal de",
        related_name="parts",
        null=True,
        blank=True,
    )
    search = models.CharField("nom normalisé", max_length=200, db_index=True)
    population = models.PositiveIntegerField("habitants", default=0)
    is_current = models.BooleanField("existe encore", default=True)

    class Meta:
        verbose_name = "commune"
        verbose_name_plural = "communes"
        ordering = ["search", "code"]

    def __str__(self):
        return f"{self.name} ({self.departement_id})"

    def get_absolute_url(self):
        return address("commune", self.slug)

    @property
    def slug(self):
        """As it stands in an address: "34142-lodeve", "2a004-ajaccio"."""
        return f"{self.code.lower()}-{address_of(self.name)}"

    @property
    def short_name(self):
        """As people say it: "Lyon 3e"."""
        return self.name.removesuffix(" Arrondissement") if self.part_of_id else self.name

    @property
    def at_name(self):
        return at_place(self.short_name)


class PostalCode(models.Model):
    """A postal code serves several communes, and a commune may have several."""

    commune = models.ForeignKey(Commune, models.PROTECT, related_name="postal_codes")
    code = models.CharField("code postal", max_length=5, db_index=True)
    is_current = models.BooleanField("existe encore", default=True)

    class Meta:
        verbose_name = "code postal"
        verbose_name_plural = "codes postaux"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["commune", "code"], name="postal_code_once_a_commune")
        ]

    def __str__(self):
        return self.code


class FormerCommune(models.Model):
    """An old name: a commune déléguée or associée, now part of ``commune``."""

    class Status(models.TextChoices):
        DELEGUEE = "commune-deleguee", "commune déléguée"
        ASSOCIEE = "commune-associee", "commune associée"

    code = models.CharField("code INSEE", max_length=5)
    status = models.CharField("statut", max_length=20, choices=Status)
    name = models.CharField("nom", max_length=200)
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="former_communes")
    search = models.CharField("nom normalisé", max_length=200, db_index=True)
    is_current = models.BooleanField("existe encore", default=True)

    class Meta:
        verbose_name = "ancienne commune"
        verbose_name_plural = "anciennes communes"
        ordering = ["search", "code"]
        constraints = [
            # A commune déléguée keeps its old code, which may be that of the new commune too.
            models.UniqueConstraint(fields=["code", "status"], name="former_commune_once")
        ]

    def __str__(self):
        return self.name
