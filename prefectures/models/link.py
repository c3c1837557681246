"""The pages and documents of a sheet."""

from django.db import models
from django.db.models import Q

from ..gate.conditions import knows_its_choices
from .age import refuse_future
from .fields import LineField, WebAddressField, host
from .numbering import NumberedRow
from .procedure import Procedure
from .tracking import TrackedRecords


@knows_its_choices(kind="Type de lien inconnu.", publisher="Source inconnue.")
class Link(NumberedRow):
    """A page or document, with who published it. ``url`` may be empty: announced, not given."""

    one_more = "un lien"
    place = 3
    known_as = ("label", "url")

    class Kind(models.TextChoices):
        SOURCE = "source", "page où les modalités se lisent"
        BOOKING = "booking", "prise de rendez-vous"
        FORM = "form", "formulaire"
        ANNEX = "annex", "annexe"
        NOTICE = "notice", "notice"
        DOCUMENT_LIST = "document_list", "liste des pièces"
        COMMUNE_LIST = "commune_list", "liste des communes"
        LEGAL = "legal", "texte de loi ou décision"
        OTHER = "other", "autre"

    class Publisher(models.TextChoices):
        PREFECTURE = "prefecture", "la préfecture"
        STATE_PLATFORM = "state_platform", "une plateforme de l’État"
        COURT = "court", "un tribunal"
        ASSOCIATION = "association", "une association"
        LAWYER = "lawyer", "un cabinet d’avocat·es"
        PRESS = "press", "la presse"
        OTHER = "other", "une autre source"

    TO_FILL_IN = {Kind.FORM, Kind.ANNEX, Kind.NOTICE, Kind.DOCUMENT_LIST}
    OF_THE_STATE = {Publisher.PREFECTURE, Publisher.STATE_PLATFORM}

    procedure = models.ForeignKey(
        Procedure, models.CASCADE, verbose_name="fiche", related_name="links"
    )
    kind = models.CharField("type", max_length=20, choices=Kind, default=Kind.SOURCE)
    label = LineField(
        "texte du lien",
        max_length=300,
        blank=True,
        help_text="Exemple : « Le formulaire est téléchargeable ici ».",
    )
    url = WebAddressField(
        "adresse",
        blank=True,
        help_text="Copiée du navigateur, telle quelle. Vide : le document est annoncé, pas donné.",
    )
    publisher = models.CharField(
        "publié par", max_length=20, choices=Publisher, default=Publisher.PREFECTURE
    )
    printed_date = LineField(
        "date imprimée",
        max_length=120,
        blank=True,
        help_text="La date que porte le document. Exemple : « version MAJ en juillet 2020 ».",
    )
    consulted_on = models.DateField(
        "consulté le", null=True, blank=True, validators=[refuse_future]
    )
    language = LineField(
        "langue", max_length=40, blank=True, help_text="Si ce n’est pas le français."
    )
    is_for_another_request = models.BooleanField(
        "pas pour cette demande",
        default=False,
        help_text="On la trouve, et elle sert à autre chose. La page dit de ne pas l’utiliser. "
        "Exemple : la prise de rendez-vous des renouvellements.",
    )

    history = TrackedRecords()

    class Meta:
        verbose_name = "lien"
        verbose_name_plural = "liens"
        ordering = ["procedure_id", "position", "number"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="link_number_unique"),
            models.CheckConstraint(
                name="link_has_label_or_url",
                condition=~Q(label="", url=""),
                violation_error_message="Donnez au lien un texte ou une adresse.",
            ),
        ]

    def __str__(self):
        return self.label or self.url

    @property
    def host(self):
        return host(self.url)

    @property
    def is_pdf(self):
        return self.url.partition("#")[0].partition("?")[0].lower().endswith(".pdf")

    @property
    def is_source(self):
        return self.kind == self.Kind.SOURCE

    @property
    def is_to_fill_in(self):
        """A document that one takes along to file, rather than a page to read."""
        return self.kind in self.TO_FILL_IN

    @property
    def is_of_the_state(self):
        return self.publisher in self.OF_THE_STATE
