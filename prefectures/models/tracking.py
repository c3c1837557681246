"""The gate that every write passes: one changeset, one transaction, one history row an object.

``with changeset(reason):`` opens a transaction and notes which tracked objects are touched inside.
When it closes, they are read back and compared with the newest row of their history; only what
really changed is written down, once an object, with all that its many-to-many fields hold. A save
that changes nothing leaves no row; an object saved three times leaves one.

``changeset_closing`` is then sent: that is where a sheet gets its next version and is checked as a
whole (``models/revision.py``). Any error rolls the whole changeset back. A tracked write outside a
changeset is refused.
"""

from collections import defaultdict
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from copy import copy

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.dispatch import Signal
from django.utils import timezone
from simple_history.models import HistoricalRecords

from .conditions import broken_conditions
from .fields import LineField, LinesField
from .reading_back import (
    BATCH,
    columns_of,
    history_of,
    newest_values,
    related_in_history,
    related_keys,
    values_now,
    values_of,
)

ADDED, CHANGED, REMOVED = "+", "~", "-"

# Sent inside the transaction, once the history rows are there, with ``writing`` and ``written``,
# the new history rows by model. A receiver that raises ValidationError undoes everything.
changeset_closing = Signal()

# Sent once, with ``writing``, when nothing more will be written: the commit follows.
changeset_ending = Signal()


class UntrackedWriteError(RuntimeError):
    """Something with history was about to be written without a changeset."""


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
        constraints = [
            models.CheckConstraint(
                name="changeset_has_reason",
                condition=~models.Q(reason=""),
                violation_error_message="Dites en quelques mots pourquoi ce changement.",
            ),
            models.CheckConstraint(
                name="changeset_origin_is_known",
                condition=models.Q(origin__in=["form", "import", "command", "restore"]),
                violation_error_message="Origine inconnue.",
            ),
        ]
        indexes = [models.Index("file_digest", name="changeset_file_digest")]

    def __str__(self):
        return f"{timezone.localtime(self.at):%d/%m/%Y %H:%M} · {self.reason}"


# --- The unit of work -------------------------------------------------------------------------

_current = ContextVar("current_changeset", default=None)


class Writing:
    """A changeset that is still open."""

    def __init__(self, record, *, is_kept_empty):
        self.record = record
        self.is_kept_empty = is_kept_empty
        self.touched = defaultdict(dict)
        self.expected_versions = {}
        # Whether readers see something of it, whatever its history rows say (content_version.py).
        self.changes_pages = False

    def touch(self, model, pk, removed=None):
        """Note that ``model`` ``pk`` was written; ``removed`` is the instance just deleted."""
        if removed is None:
            self.touched[model].setdefault(pk)
        else:
            self.touched[model][pk] = removed

    def expect_version(self, procedure):
        """Refuse to close if somebody else saved ``procedure`` since it was read."""
        self.expected_versions.setdefault(procedure.pk, procedure.version)

    def close(self):
        """Write down what was touched. Called at the end; a form calls it while it can answer."""
        pending = {model: self._changes(model, seen) for model, seen in self.touched.items()}
        pending = {model: changes for model, changes in pending.items() if changes}
        if self.record.pk is None and (pending or self.is_kept_empty):
            self.record.at = timezone.now()
            self.record.full_clean()
            self.record.save()
        written = {model: self._write(model, changes) for model, changes in pending.items()}
        self.touched.clear()
        changeset_closing.send(sender=Changeset, writing=self, written=written)

    def _changes(self, model, seen):
        """Return (type, pk, values, offices and the like by field) for what differs from history.

        Values are tuples, by ``columns_of``: of a thousand sheets, objects would cost seconds.
        """
        pks = list(seen)
        alive = values_now(model, pks)
        related = related_keys(model, pks)
        before = newest_values(model, pks)
        before_related = related_in_history(model, [row.history_id for row in before.values()])
        changes = []
        for pk, removed in seen.items():
            past, present = before.get(pk), alive.get(pk)
            was_there = past is not None and past.history_type != REMOVED
            if present is None:
                if was_there:
                    changes.append((REMOVED, pk, values_of(removed), {}))
                continue
            now = {name: values.get(pk, {}) for name, values in related.items()}
            if not was_there:
                changes.append((ADDED, pk, present, now))
                continue
            then = {
                name: values.get(past.history_id, set()) for name, values in before_related.items()
            }
            if past.values != present or any(set(now[name]) != then[name] for name in now):
                changes.append((CHANGED, pk, present, now))
        return changes

    def _write(self, model, changes):
        history = history_of(model)
        columns = columns_of(model)
        rows = [
            history(
                history_date=self.record.at,
                history_type=kind,
                history_user_id=self.record.author_id,
                changeset_id=self.record.pk,
                **dict(zip(columns, values, strict=True)),
            )
            for kind, _, values, _ in changes
        ]
        history.objects.bulk_create(rows, batch_size=BATCH)
        for field in history._history_m2m_fields:
            through = getattr(history, field.name).model
            through.objects.bulk_create(
                [
                    through(
                        history=row,
                        id=through_pk,
                        **{
                            field.m2m_column_name(): pk,
                            field.m2m_reverse_name(): other,
                        },
                    )
                    for row, (_, pk, _, related) in zip(rows, changes, strict=True)
                    for other, through_pk in related.get(field.name, {}).items()
                ],
                batch_size=BATCH,
            )
        return rows


def current_changeset():
    """Return the open changeset (``Writing``), or None."""
    return _current.get()


@contextmanager
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
    if _current.get() is not None:
        raise UntrackedWriteError("A changeset is open already: one write has one reason.")
    writing = Writing(
        Changeset(
            reason=reason,
            origin=origin,
            author=author,
            public_reason=public_reason,
            is_minor=is_minor,
            file_name=file_name,
            file_digest=file_digest,
            undoes=undoes,
        ),
        is_kept_empty=is_kept_empty,
    )
    token = _current.set(writing)
    try:
        with transaction.atomic():
            yield writing
            writing.close()
            changeset_ending.send(sender=Changeset, writing=writing)
    finally:
        _current.reset(token)


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
        if hasattr(sender._meta, "simple_history_manager_attribute"):
            models.signals.pre_save.connect(self.pre_save, sender=sender, weak=False)

    def pre_save(self, instance, raw=False, **kwargs):
        """Clean whatever is about to be saved, a fixture too, by whatever way it comes."""
        if raw and _current.get() is None:
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


def note_written(model, pk, removed=None, will_change=False):
    """Tell the open changeset that ``model`` ``pk`` was written.

    Raises UntrackedWriteError where none is open, and the write was one (or will be).
    """
    writing = _current.get()
    if writing is not None:
        writing.touch(model, pk, removed)
        return
    alone = Writing(Changeset(), is_kept_empty=False)
    if will_change or alone._changes(model, {pk: removed}):
        raise UntrackedWriteError(
            f"{model.__name__} {pk}: open a changeset (who, why) before writing."
        )


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
