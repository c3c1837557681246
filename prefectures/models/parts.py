"""What a sheet is made of: its steps, contacts and links. Each row keeps its number for ever."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, validate_email
from django.db import models
from django.db.models import Q
from django.db.models.signals import pre_delete
from django.dispatch import receiver

from ..gate.conditions import knows_its_choices, requires
from ..gate.unit_of_work import current_changeset
from .age import refuse_future
from .channel import Channel
from .fields import LAST_POSITION, LineField, LinesField, WebAddressField, host
from .numbering import NumberedRow
from .procedure import Procedure
from .tracking import TrackedRecords


@knows_its_choices(kind="Action inconnue.", role="Rôle d’étape inconnu.")
class Step(NumberedRow):
    """One action. Same ``group`` = alternatives ("ou"); groups follow one another ("puis")."""

    one_more = "une étape"

    class Kind(models.TextChoices):
        BOOK_ONLINE = "book_online", "prendre rendez-vous en ligne"
        BOOK_BY_PHONE = "book_by_phone", "prendre rendez-vous par téléphone"
        BOOK_BY_EMAIL = "book_by_email", "prendre rendez-vous par courriel"
        ONLINE_FORM = "online_form", "remplir un formulaire en ligne"
        POST = "post", "envoyer par la poste"
        DROP_BOX = "drop_box", "déposer dans une boîte aux lettres"
        EMAIL = "email", "envoyer un courriel"
        COUNTER = "counter", "se présenter au guichet"
        TELEPHONE = "telephone", "téléphoner"
        OTHER = "other", "autre"

    class Role(models.TextChoices):
        FILES = "files", "dépose la demande"
        APPOINTMENT = "appointment", "obtient un rendez-vous"
        FORM = "form", "obtient le formulaire"
        INFORMATION = "information", "demande un renseignement"
        NOT_STATED = "not_stated", "non précisé"

    CHANNELS = {
        Kind.BOOK_ONLINE: Channel.ONLINE,
        Kind.BOOK_BY_PHONE: Channel.PHONE,
        Kind.BOOK_BY_EMAIL: Channel.EMAIL,
        Kind.ONLINE_FORM: Channel.ONLINE,
        Kind.POST: Channel.POSTAL,
        Kind.DROP_BOX: Channel.ON_SITE,
        Kind.EMAIL: Channel.EMAIL,
        Kind.COUNTER: Channel.ON_SITE,
        Kind.TELEPHONE: Channel.PHONE,
    }
    # What a step of each kind is made of; all have instructions. "Other" may need any of them.
    FIELDS = {
        Kind.BOOK_ONLINE: ["url", "booking_code"],
        Kind.BOOK_BY_PHONE: ["phone", "hours"],
        Kind.BOOK_BY_EMAIL: ["email"],
        Kind.ONLINE_FORM: ["url"],
        Kind.POST: ["registered", "address"],
        Kind.DROP_BOX: ["address", "hours"],
        Kind.EMAIL: ["email"],
        Kind.COUNTER: ["address", "hours"],
        Kind.TELEPHONE: ["phone", "hours"],
    }
    PROPOSED_ROLES = {
        Kind.BOOK_ONLINE: Role.APPOINTMENT,
        Kind.BOOK_BY_PHONE: Role.APPOINTMENT,
        Kind.BOOK_BY_EMAIL: Role.APPOINTMENT,
        Kind.ONLINE_FORM: Role.FILES,
        Kind.POST: Role.FILES,
        Kind.DROP_BOX: Role.FILES,
        Kind.EMAIL: Role.FILES,
        Kind.COUNTER: Role.FILES,
        Kind.TELEPHONE: Role.INFORMATION,
        Kind.OTHER: Role.NOT_STATED,
    }

    procedure = models.ForeignKey(
        Procedure, models.CASCADE, verbose_name="fiche", related_name="steps"
    )
    group = models.PositiveSmallIntegerField(
        "étape n°",
        default=1,
        validators=[MaxValueValidator(LAST_POSITION)],
        help_text="Deux lignes de même numéro sont au choix : « par la poste » ou « sur place ».",
    )
    kind = models.CharField("action", max_length=20, choices=Kind)
    role = models.CharField(
        "ce qu’elle obtient",
        max_length=20,
        choices=Role,
        blank=True,
        help_text="Laissez vide pour ce qui va de soi. Un formulaire en ligne peut ne donner "
        "qu’un rendez-vous (Béziers).",
    )
    registered = models.BooleanField(
        "en recommandé", default=False, help_text="Avec accusé de réception."
    )
    address = LinesField(
        "adresse",
        blank=True,
        help_text="Comme sur l’enveloppe, une ligne par ligne. Exemple : « Préfecture de l’Aude », "
        "« Bureau de l’immigration et la nationalité », « 52 rue Jean Bringer », "
        "« 11000 Carcassonne ».",
    )
    url = WebAddressField(
        "adresse de la page",
        blank=True,
        help_text="Copiée du navigateur, telle quelle, même mal écrite. "
        "Exemple : https://www.herault.gouv.fr/booking/create/15259",
    )
    email = models.EmailField("courriel", blank=True)
    phone = LineField(
        "téléphone", max_length=60, blank=True, help_text="Exemple : « 04 66 49 60 00 »."
    )
    hours = LinesField(
        "horaires",
        blank=True,
        help_text="Exemple : « les lundis, mercredis et jeudis de 14h00 à 16h00 ».",
    )
    booking_code = LineField(
        "code de réservation", max_length=60, blank=True, help_text="Exemple : « AES »."
    )
    instructions = LinesField("consignes", blank=True)

    history = TrackedRecords()

    class Meta:
        verbose_name = "étape"
        verbose_name_plural = "étapes"
        ordering = ["procedure_id", "group", "position", "number"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="step_number_unique"),
            models.CheckConstraint(
                name="step_group_from_one",
                condition=Q(group__gte=1),
                violation_error_message="Le numéro d’une étape commence à 1.",
            ),
        ]

    def __str__(self):
        return f"{self.group}. {self.get_kind_display()}"

    def fill_in(self):
        self.role = self.role or self.PROPOSED_ROLES.get(self.kind, self.Role.NOT_STATED)

    @property
    def channel(self):
        return self.CHANNELS.get(self.kind)

    @property
    def files_the_request(self):
        return self.role == self.Role.FILES

    @property
    def lists_documents(self):
        """Whether the sheet's documents to fill in are shown in this step."""
        return self.role == self.Role.FORM and not self.url


@knows_its_choices(kind="Type de contact inconnu.")
@requires(value="Donnez l’adresse, le numéro ou les horaires du contact.")
class Contact(NumberedRow):
    """A way to reach the office that is not an action: never numbered on the page."""

    one_more = "un contact"

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


@knows_its_choices(kind="Type de lien inconnu.", publisher="Source inconnue.")
class Link(NumberedRow):
    """A page or document, with who published it. ``url`` may be empty: announced, not given."""

    one_more = "un lien"

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
    def is_to_fill_in(self):
        """A document that one takes along to file, rather than a page to read."""
        return self.kind in self.TO_FILL_IN

    @property
    def is_of_the_state(self):
        return self.publisher in self.OF_THE_STATE


@receiver(pre_delete, sender=Link)
def note_the_sheet_that_quotes(sender, instance, **kwargs):
    """Emptying ``quoted_from`` (SET_NULL) is a write that Django sends no signal of."""
    writing = current_changeset()
    if writing is not None:
        # A sheet quotes its own links only.
        writing.touch(Procedure, instance.procedure_id)
