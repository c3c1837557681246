"""A sheet ("fiche"): how one kind of request is filed. What is edited, versioned and published."""

from itertools import groupby
from operator import attrgetter

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.text import slugify

from ..gate.conditions import knows_its_choices, requires
from ..text.naming import normalised
from .addresses import address
from .age import is_old, months_since, refuse_future, today
from .channel import Channel
from .fields import (
    LAST_POSITION,
    ChoiceSetField,
    LineField,
    LinesField,
    RichListField,
    RichTextField,
    VersionField,
)
from .ground import Ground
from .prefecture import Prefecture
from .procedure_queryset import ProcedureQuerySet
from .territory import Arrondissement, Commune, Departement
from .tracking import TrackedModel, TrackedRecords

# They would hide the pages of the same name under a département or a sheet.
RESERVED_SLUGS = ["changements", "historique", "au"]


@knows_its_choices(situation="Situation inconnue.", publication="État de publication inconnu.")
@requires(title="Donnez un titre à la fiche.")
class Procedure(TrackedModel):
    class Situation(models.TextChoices):
        OPEN = "open", "ouverte"
        PROVISIONAL = "provisional", "provisoire"
        SUSPENDED = "suspended", "suspendue"
        BLOCKED = "blocked", "bloquée en pratique"
        NOT_OFFERED = "not_offered", "pas proposée ici"
        NOT_APPLICABLE = "not_applicable", "sans objet ici"
        # The préfecture was read, and says nothing; or nobody has read it yet.
        NOT_STATED = "not_stated", "non précisée par la préfecture"
        UNKNOWN = "unknown", "inconnue du Gisti"

    NOT_HERE = {Situation.NOT_OFFERED, Situation.NOT_APPLICABLE}
    CLOSED = NOT_HERE | {Situation.SUSPENDED, Situation.BLOCKED}

    class Publication(models.TextChoices):
        DRAFT = "draft", "brouillon"
        PUBLISHED = "published", "publiée"
        ARCHIVED = "archived", "archivée"

    departement = models.ForeignKey(
        Departement, models.PROTECT, verbose_name="département", related_name="procedures"
    )
    title = LineField(
        "titre",
        max_length=200,
        help_text="Exemple : « Préfecture de Montpellier et sous-préfecture de Lodève ».",
    )
    slug = models.SlugField(
        "adresse de la page",
        max_length=120,
        blank=True,
        help_text="Laissez vide : elle est tirée du titre. Si vous la changez, l’ancienne adresse "
        "mène toujours ici.",
    )
    offices = models.ManyToManyField(
        Prefecture,
        verbose_name="guichets où l’on dépose",
        related_name="procedures",
        blank=True,
        help_text="Là où la demande se dépose ou s’envoie, et seulement là.",
    )
    offices_not_receiving = models.ManyToManyField(
        Prefecture,
        verbose_name="guichets qui ne la reçoivent pas",
        related_name="procedures_elsewhere",
        blank=True,
        help_text="Ceux où l’on irait à tort. Exemple : la sous-préfecture de Narbonne, quand tout "
        "se dépose à Carcassonne.",
    )

    arrondissements = models.ManyToManyField(
        Arrondissement,
        verbose_name="arrondissements concernés",
        related_name="procedures",
        blank=True,
        help_text="Laissez tout vide quand la fiche vaut pour tout le département.",
    )
    communes_included = models.ManyToManyField(
        Commune,
        verbose_name="communes ajoutées",
        related_name="procedures_including",
        blank=True,
    )
    communes_excluded = models.ManyToManyField(
        Commune,
        verbose_name="communes retirées",
        related_name="procedures_excluding",
        blank=True,
    )
    territory_note = LinesField(
        "précision sur le territoire",
        blank=True,
        help_text="Ce que la liste ne dit pas. Exemple : « rive gauche de la commune ».",
    )
    grounds = models.ManyToManyField(
        Ground,
        verbose_name="motifs",
        related_name="procedures",
        blank=True,
        help_text="Au moins un pour publier, sauf si la préfecture n’en dit rien. « Tous motifs » "
        "si elle ne distingue pas.",
    )

    headline = LinesField(
        "phrase d’annonce",
        blank=True,
        help_text="Les mots du Gisti. Exemple : « La demande d’admission exceptionnelle au séjour "
        "se fait par voie postale. » Montrée dans sa note : le titre de la page vient des étapes.",
    )
    situation = models.CharField(
        "situation", max_length=20, choices=Situation, default=Situation.OPEN
    )
    situation_note = LinesField(
        "précision sur la situation",
        blank=True,
        help_text="Exemple : « Aucun créneau proposé depuis janvier ».",
    )
    valid_from = models.DateField("valable à partir du", null=True, blank=True)
    valid_until = models.DateField(
        "valable jusqu’au",
        null=True,
        blank=True,
        help_text="Passé ce jour, la fiche reste en ligne et le dit.",
    )
    refused_channels = ChoiceSetField(
        "voies refusées",
        choices=Channel,
        help_text="Ce que la préfecture refuse en toutes lettres. Exemple : les dossiers envoyés "
        "par la poste sont retournés (Hérault).",
    )

    conditions = RichListField(
        "avant de commencer",
        blank=True,
        help_text="Ce qu’il faut remplir pour que la demande soit reçue, une condition par ligne : "
        "« cinq ans de présence », « un passeport ». Montré avant les étapes.",
    )
    exclusions = RichTextField(
        "qui n’est pas concerné·e", blank=True, help_text="Et où s’adresser alors."
    )
    supporting_documents = RichListField(
        "pièces à fournir",
        blank=True,
        help_text="Une pièce par ligne, sa note entre parenthèses : « passeport (copie de toutes "
        "les pages) ». Un intertitre pour celles d’un seul motif : « Travail ».",
    )
    appointment_rules = RichTextField("règles du rendez-vous", blank=True)
    after_filing = RichTextField("après le dépôt", blank=True)
    transition_on = models.DateField(
        "la règle change le",
        null=True,
        blank=True,
        help_text="Le jour d’où vaut la nouvelle façon de déposer. Exemple : 01/03/2026.",
    )
    transition_note = RichTextField(
        "dossiers déjà déposés",
        blank=True,
        help_text="Exemple : « Les dossiers déposés avant cette date restent suivis à Nanterre. »",
    )
    fees = RichTextField("frais", blank=True)
    warning = RichTextField(
        "avertissement", blank=True, help_text="Montré juste après les étapes, bien en vue."
    )
    help_places = RichTextField("où se faire aider", blank=True)
    editorial_note = RichTextField(
        "note du Gisti",
        blank=True,
        help_text="La voix du Gisti, à part de la citation. Exemple : « Le formulaire figure dans "
        "la notice. »",
    )

    updated_on = models.DateField(
        "dernière mise à jour",
        null=True,
        blank=True,
        validators=[refuse_future],
        help_text="Le jour où le fond a été revu (22/02/2023), pas celui d’une faute corrigée.",
    )
    publication = models.CharField(
        "publication", max_length=10, choices=Publication, default=Publication.DRAFT
    )
    position = models.PositiveSmallIntegerField(
        "rang",
        default=0,
        validators=[MaxValueValidator(LAST_POSITION)],
        help_text="L’ordre des fiches dans leur département.",
    )
    version = VersionField("version", default=0, editable=False)

    objects = ProcedureQuerySet.as_manager()
    history = TrackedRecords(
        excluded_fields=["version"],
        m2m_fields=[
            "offices",
            "offices_not_receiving",
            "arrondissements",
            "communes_included",
            "communes_excluded",
            "grounds",
        ],
    )

    class Meta:
        verbose_name = "fiche"
        verbose_name_plural = "fiches"
        ordering = ["departement_id", "position", "title"]
        # What is counted and compared of all the sheets, without reading over their texts.
        indexes = [
            models.Index(
                fields=["departement", "publication", "version", "updated_on"],
                name="procedure_at_a_glance",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["departement", "slug"],
                name="procedure_slug_unique_in_departement",
                violation_error_message="Une fiche de ce département a déjà cette adresse : "
                "changez le titre ou l’adresse de la page.",
            ),
            models.CheckConstraint(
                name="procedure_slug_is_free",
                condition=~Q(slug__in=["", *RESERVED_SLUGS]),
                violation_error_message="Cette adresse de page est réservée au site "
                "(changements, historique, au) : choisissez-en une autre.",
            ),
            models.CheckConstraint(
                name="procedure_valid_dates_in_order",
                condition=Q(valid_from=None)
                | Q(valid_until=None)
                | Q(valid_until__gte=models.F("valid_from")),
                violation_error_message="La fin de validité vient avant son début.",
            ),
            models.CheckConstraint(
                name="procedure_transition_is_told",
                condition=Q(transition_on=None) | ~Q(transition_note=""),
                violation_error_message="« La règle change le » : dites aussi ce qui change pour "
                "les dossiers déjà déposés.",
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.departement_id})"

    def get_absolute_url(self):
        return address("procedure", self.departement.slug, self.slug)

    def fill_in(self):
        from_title = slugify(self.title.replace("'", "-").replace("’", "-"))[:120]
        # A title in another script leaves nothing to write an address with.
        self.slug = self.slug or from_title or "fiche"

    @classmethod
    def rich_text_fields(cls):
        return [field for field in cls._meta.fields if isinstance(field, RichTextField)]

    @property
    def key(self):
        """What people call it in a file: "34/sous-prefecture-de-beziers"."""
        return f"{self.departement_id}/{self.slug}"

    @property
    def is_published(self):
        return self.publication == self.Publication.PUBLISHED

    @property
    def is_filed_here(self):
        return self.situation not in self.NOT_HERE

    @property
    def receiving_offices(self):
        return list(self.offices.all()) if self.is_filed_here else []

    @property
    def closed_offices(self):
        """Those where one would go in vain."""
        named = [] if self.is_filed_here else list(self.offices.all())
        return [*named, *self.offices_not_receiving.all()]

    @property
    def offices_beyond_title(self):
        """The offices, unless the title names them all: sheets are often called after theirs."""
        title = normalised(self.title)
        offices = self.receiving_offices
        return [] if all(normalised(office.name) in title for office in offices) else offices

    @property
    def has_ended(self):
        return self.valid_until is not None and self.valid_until < today()

    @property
    def has_not_begun(self):
        return self.valid_from is not None and self.valid_from > today()

    @property
    def is_closed(self):
        """Whether nobody can file as it says."""
        return self.situation in self.CLOSED or self.has_ended or self.has_not_begun

    @property
    def months_old(self):
        """Whole months since ``confirmed_on`` (needs ``with_age``); None when no date is known."""
        return None if self.confirmed_on is None else months_since(self.confirmed_on)

    @property
    def is_stale(self):
        return self.confirmed_on is None or is_old(self.confirmed_on)

    @property
    def step_groups(self):
        """The steps in order, as lists: those of one list are alternatives."""
        by_group = groupby(self.steps.all(), key=attrgetter("group"))
        return [list(steps) for _, steps in by_group]

    @property
    def voices(self):
        """Whose words the sheet rests on: those that it quotes, and the pages that were read."""
        sources = [link for link in self.links_to_use if link.is_source]
        return [*self.quotations.all(), *sources]

    @property
    def speaks_for_the_state(self):
        """Whether what the sheet leaves unsaid may be laid to the préfecture.

        Not where all that it says comes from others: a lawyer, the press.
        """
        voices = self.voices
        return not voices or any(voice.is_of_the_state for voice in voices)

    @property
    def links_to_use(self):
        return [link for link in self.links.all() if not link.is_for_another_request]

    @property
    def contacts_to_use(self):
        return [item for item in self.contacts.all() if not item.is_for_another_request]
