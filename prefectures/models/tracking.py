"""The gate of every write, as models see it: one changeset, one history row an object.

``with changeset(reason):`` opens the unit of work (``gate/unit_of_work.py``) in which everything
with history is written.
"""

from contextlib import nullcontext
from copy import copy

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from simple_history.models import HistoricalRecords

from ..gate.conditions import broken_conditions, knows_its_choices, requires
from ..gate.history_tables import has_history
from ..gate.unit_of_work import UntrackedWriteError, current_changeset, note_written, open_unit
from .fields import LineField, LinesField


@knows_its_choices(origin="Origine inconnue.")
@requires(reason="Dites en quelques mots pourquoi ce changement.")
class Changeset(models.Model):
    """Everything that one request, import, command or restore wrote: who, when, how and why."""

    class Origin(models.TextChoices):
        FORM = "form", "formulaire"
        IMPORT = "import", "import"
        COMMAND = "command", "commande"
        RESTORE = "restore", "retour à une version"

    at = models.DateTimeField("date", default=timezone.now, editable=False, db_index=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="auteur ou autrice",
        related_name="changesets",
        null=True,
        blank=True,
    )
    origin = models.CharField("origine", max_length=10, choices=Origin)
    file_name = LineField("fichier", max_length=255, blank=True)
    file_digest = models.CharField("empreinte du fichier (SHA-256)", max_length=64, blank=True)
    reason = LinesField("raison, pour l’équipe")
    public_reason = LinesField("raison, pour le public", blank=True)
    is_minor = models.BooleanField("correction mineure", default=False)
    # One to one: of two people who undo the same import, the second is refused.
    undoes = models.OneToOneField(
        "self",
        models.PROTECT,
        verbose_name="annule",
        related_name="undone_by",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = "modification"
        verbose_name_plural = "modifications"
        ordering = ["-id"]
        permissions = [("undo_import", "annuler un import")]
        # Those that the decorators give.
        constraints = []
        indexes = [
            models.Index("file_digest", name="changeset_file_digest"),
            # The journal of one person, or of imports, newest first, however much others wrote.
            models.Index(fields=["author", "at"], name="changeset_of_author"),
            models.Index(fields=["origin", "at"], name="changeset_of_origin"),
        ]

    def __str__(self):
        return f"{timezone.localtime(self.at):%d/%m/%Y %H:%M} · {self.reason}"


def changeset(
    reason,
    *,
    origin=Changeset.Origin.COMMAND,
    author=None,
    public_reason="",
    is_minor=False,
    file_name="",
    file_digest="",
    undoes=None,
    is_kept_empty=False,
):
    """Open the changeset of everything written inside; yield it as ``Writing``.

    A form gives its reason only once it has been read: set ``writing.record.reason`` before the
    end. ``is_kept_empty`` keeps the record of a load that changed nothing with history.

    Raises ValidationError, with nothing written, when the reason is empty, when a published sheet
    is left without what a reader needs, or when a sheet was saved by somebody else meanwhile.
    """
    record = Changeset(
        reason=reason,
        origin=origin,
        author=author,
        public_reason=public_reason,
        is_minor=is_minor,
        file_name=file_name,
        file_digest=file_digest,
        undoes=undoes,
    )
    return open_unit(record, is_kept_empty=is_kept_empty)


# --- The history tables -----------------------------------------------------------------------


class HistoryRow(models.Model):
    """What every history table has besides django-simple-history's own columns."""

    changeset = models.ForeignKey(
        "prefectures.Changeset", models.PROTECT, related_name="+", verbose_name="modification"
    )

    class Meta:
        abstract = True


class TrackedRecords(HistoricalRecords):
    """django-simple-history as the store; what is written, and when, is ``Writing``'s business.

    Its own signals write a row at each save, two for an object with offices, one for a save that
    changed nothing. Here they only say what was touched.
    """

    def __init__(self, **kwargs):
        super().__init__(bases=(HistoryRow,), **kwargs)

    def finalize(self, sender, **kwargs):
        super().finalize(sender, **kwargs)
        if has_history(sender):
            models.signals.pre_save.connect(self.pre_save, sender=sender, weak=False)

    def pre_save(self, instance, raw=False, **kwargs):
        """Clean whatever is about to be saved, a fixture too, by whatever way it comes."""
        if raw and current_changeset() is None:
            # A fixture is saved outside of any transaction that could take it back.
            raise UntrackedWriteError(f"{instance!r}: open a changeset (who, why) before writing.")
        if isinstance(instance, TrackedModel):
            instance.prepare()

    def post_save(self, instance, created, update_fields=None, **kwargs):
        excluded = set(self.excluded_fields)
        if update_fields is not None and excluded.issuperset(update_fields):
            return
        note_written(type(instance), instance.pk)

    def post_delete(self, instance, **kwargs):
        # A copy: Django takes the key off the instance once everything is deleted.
        note_written(type(instance), instance.pk, removed=copy(instance))

    def m2m_changed(self, instance, action, attr, pk_set, reverse, model, **kwargs):
        if not reverse:
            if action.startswith("post_"):
                note_written(type(instance), instance.pk)
        elif action in ("post_add", "post_remove"):
            for pk in pk_set:
                note_written(model, pk)
        elif action == "pre_clear":
            # Before: afterwards nobody knows which objects it was.
            for pk in model._base_manager.filter(**{attr: instance}).values_list("pk", flat=True):
                note_written(model, pk, will_change=True)


class TrackedQuerySet(models.QuerySet):
    """A queryset that refuses the writes that history would not see."""

    def _refuse(self, *args, **kwargs):
        raise UntrackedWriteError(
            f"{self.model.__name__} has a history: save the objects one by one in a changeset."
        )

    update = bulk_create = bulk_update = _refuse
    update.alters_data = True


class TrackedModel(models.Model):
    """A model with history: every field is cleaned at each save, whoever saves."""

    objects = TrackedQuerySet.as_manager()

    class Meta:
        abstract = True

    def fill_in(self):
        """Give what follows from the rest its value: an address from a title, say."""

    def prepare(self):
        """Fill in and clean, as before every save. Raises ValidationError."""
        self.fill_in()
        # Relations are left to the database, which would need a query each here.
        self.clean_fields(exclude={f.name for f in self._meta.concrete_fields if f.is_relation})

    def clean(self):
        super().clean()
        self.fill_in()

    def get_constraints(self):
        """Those that have to be asked of the database: what is there once only."""
        return [
            (model, [c for c in constraints if not isinstance(c, models.CheckConstraint)])
            for model, constraints in super().get_constraints()
        ]

    def validate_constraints(self, exclude=None):
        broken = broken_conditions(self, exclude or ())
        if broken:
            raise ValidationError(broken)
        super().validate_constraints(exclude=exclude)

    def save_base(self, *args, **kwargs):
        # An open changeset is a transaction, which an error rolls back whole.
        with nullcontext() if current_changeset() else transaction.atomic():
            super().save_base(*args, **kwargs)

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            return super().delete(*args, **kwargs)
