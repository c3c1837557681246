"""What one does, in order: the steps of a sheet."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from ..gate.conditions import knows_its_choices
from .age import refuse_future
from .channel import Channel
from .fields import LAST_POSITION, LineField, LinesField, WebAddressField
from .numbering import NumberedRow
from .prefecture import Prefecture
from .procedure import Procedure
from .tracking import TrackedRecords


@knows_its_choices(
    kind="Action inconnue.",
    role="Rôle d’étape inconnu.",
    registered="« En recommandé » : choix inconnu.",
)
class Step(NumberedRow):
    """One action. Same ``group`` = alternatives ("ou"); groups follow one another ("puis")."""

    one_more = "une étape"
    place = 1
    known_as = ("kind",)

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
        WAIT_FOR_SUMMONS = "wait_for_summons", "attendre une convocation"
        OTHER = "other", "autre"

    class Role(models.TextChoices):
        FILES = "files", "dépose la demande"
        APPOINTMENT = "appointment", "obtient un rendez-vous"
        FORM = "form", "obtient le formulaire"
        INFORMATION = "information", "demande un renseignement"
        NOT_STATED = "not_stated", "non précisé"

    class Registered(models.TextChoices):
        NOT_SAID = "", "pas dit"
        ADVISED = "advised", "conseillé par le Gisti"
        REQUIRED = "required", "exigé par la préfecture"

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
        Kind.POST: ["office", "registered", "address"],
        Kind.DROP_BOX: ["office", "address", "hours"],
        Kind.EMAIL: ["email"],
        Kind.COUNTER: ["office", "address", "hours"],
        Kind.TELEPHONE: ["phone", "hours"],
        Kind.WAIT_FOR_SUMMONS: ["office"],
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
        Kind.WAIT_FOR_SUMMONS: Role.APPOINTMENT,
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
        "qu’un rendez-vous, et une page ne pas dire ce qu’il donne.",
    )
    office = models.ForeignKey(
        Prefecture,
        models.PROTECT,
        verbose_name="à quel guichet",
        related_name="+",
        null=True,
        blank=True,
        help_text="Seulement si la fiche en nomme plusieurs, et que cette étape se passe dans un "
        "seul. Exemple : la convocation, à la sous-préfecture de Senlis.",
    )
    registered = models.CharField(
        "en recommandé",
        max_length=10,
        choices=Registered,
        default=Registered.NOT_SAID,
        blank=True,
        help_text="« Exigé » seulement si la préfecture l’écrit : « par courrier recommandé ». "
        "Avec accusé de réception.",
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
    is_owed = models.BooleanField(
        "imposée par un tribunal",
        default=False,
        help_text="La préfecture ne propose pas cette voie d’elle-même : une décision de justice "
        "l’y oblige (Grenoble).",
    )
    # What goes while a step names it is refused when the changeset closes (sheets/faults.py): to
    # empty it would make a lawyer's words the préfecture's.
    source = models.ForeignKey(
        "prefectures.Link",
        models.DO_NOTHING,
        verbose_name="connue par",
        related_name="+",
        null=True,
        blank=True,
        help_text="Celui des liens de la fiche qui le dit, si ce n’est pas la préfecture : un "
        "cabinet d’avocat·es, la presse. Sur une nouvelle fiche, enregistrez d’abord les liens.",
    )
    known_on = models.DateField(
        "à la date du",
        null=True,
        blank=True,
        validators=[refuse_future],
        help_text="Le jour où cette source l’a écrit. Exemple : 15/03/2026. "
        "Vide : la date du lien.",
    )

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
            models.CheckConstraint(
                name="step_date_of_a_source",
                condition=Q(known_on=None) | ~Q(source=None),
                violation_error_message="« À la date du » : dites aussi par quel lien l’étape est "
                "connue.",
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
