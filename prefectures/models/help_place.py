from django.db import models

from ..gate.conditions import knows_its_choices, requires
from ..text.naming import address_of
from .age import refuse_future
from .fields import LineField, LinesField, WebAddressField, is_web_address
from .territory import Departement
from .tracking import TrackedModel, TrackedRecords

NO_SOURCE = (
    "Dites d’où vient cette information : l’adresse de la page, ou sa source en quelques mots. "
    "Sans source, un lieu d’aide n’est pas publié."
)


@knows_its_choices(kind="Type de lieu d’aide inconnu.")
@requires(name="Donnez le nom de ce lieu d’aide.", source=NO_SOURCE)
class HelpPlace(TrackedModel):
    """Who helps, for which départements, how to reach them: as a source says, and since when."""

    class Kind(models.TextChoices):
        ASSOCIATION = "association", "association"
        POINT_JUSTICE = "point_justice", "point-justice"
        BAR = "bar", "barreau"
        UNION = "union", "syndicat"
        LAWYERS = "lawyers", "permanence d’avocat·es"
        NATIONAL_LINE = "national_line", "ligne téléphonique nationale"

    name = LineField(
        "nom",
        max_length=160,
        error_messages={"blank": "Donnez le nom de ce lieu d’aide."},
        help_text="Exemple : « La Cimade, groupe de Béziers ».",
    )
    slug = models.SlugField(
        "code",
        max_length=120,
        unique=True,
        blank=True,
        help_text="Laissez vide : il est tiré du nom. Exemple : « la-cimade-groupe-de-beziers ».",
    )
    kind = models.CharField("type", max_length=20, choices=Kind)
    departements = models.ManyToManyField(
        Departement,
        verbose_name="départements",
        related_name="help_places",
        blank=True,
        help_text="Ceux pour lesquels on y aide. Vide : toute la France.",
    )
    description = LineField(
        "ce qu’on y fait",
        max_length=300,
        blank=True,
        help_text="En une ligne. Exemple : « Conseils gratuits sur le droit au séjour, sur "
        "rendez-vous ».",
    )
    address = LinesField(
        "adresse",
        blank=True,
        help_text="Une ligne par ligne d’enveloppe. Exemple : « 3 villa Marcès », puis "
        "« 75011 Paris ».",
    )
    city = LineField("ville", max_length=120, blank=True, help_text="Exemple : « Béziers ».")
    phone = LineField(
        "téléphone", max_length=60, blank=True, help_text="Exemple : « 04 66 49 60 00 »."
    )
    email = models.EmailField("courriel", blank=True, help_text="Exemple : contact@exemple.org")
    website = WebAddressField(
        "site internet", blank=True, help_text="Exemple : https://www.gisti.org/"
    )
    hours = LinesField(
        "horaires",
        blank=True,
        help_text="Exemple : « du lundi au vendredi, de 15h à 18h ».",
    )
    languages = LineField(
        "langues",
        max_length=200,
        blank=True,
        help_text="Celles que l’on y parle. Exemple : « français, anglais, arabe ».",
    )
    source = LineField(
        "source",
        max_length=500,
        error_messages={"blank": NO_SOURCE},
        help_text="L’adresse de la page qui le dit, ou la source en mots. Obligatoire. Exemple : "
        "« dépliant de l’association, septembre 2026 ».",
    )
    verified_on = models.DateField(
        "vérifié le",
        validators=[refuse_future],
        error_messages={"null": "Donnez le jour où la source disait cela."},
        help_text="Le jour où la source disait cela. Exemple : 29/05/2024.",
    )

    history = TrackedRecords(m2m_fields=["departements"])

    class Meta:
        verbose_name = "lieu d’aide"
        verbose_name_plural = "lieux d’aide"
        ordering = ["name", "slug"]
        # Those that the decorators give.
        constraints = []

    def __str__(self):
        return self.name

    def fill_in(self):
        self.slug = self.slug or address_of(self.name)

    @property
    def key(self):
        """What people call it in a file."""
        return self.slug

    @property
    def source_page(self):
        """Return the address of its source where that is a page, or ""."""
        return self.source if is_web_address(self.source) else ""
