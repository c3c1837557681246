"""The tables that seals cover, found among the models as they are, or as a migration has them.

Whatever names a changeset is covered: rows of history, versions, documents; so are the links of
rows of history, and the changeset itself.
"""

from functools import cache, cached_property

from django.apps import apps
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef

from ..gate.reading_back import batches
from .payload import canonical, digest_of_bytes

CHANGESET = "prefectures.Changeset"
# django-simple-history's names of the key of a row, and of a link of a row.
ROW, LINK = "history_id", "m2m_history_id"
# They follow from what is sealed.
NOT_SEALED = {"prefectures.Seal"}


class Table:
    """A table whose rows belong to changesets.

    ``by`` leads from a row to its changeset; ``of`` is the column that says of what a row tells.
    """

    def __init__(self, model, by, of):
        self.model = model
        self.name = model._meta.db_table
        self.key = model._meta.pk.column
        self.by = by
        self.of = of
        fields = sorted(model._meta.concrete_fields, key=lambda field: field.column)
        self.fields = [field for field in fields if not field.primary_key]
        self.columns = [field.column for field in self.fields]

    def rows(self, **where):
        """Yield (changeset, key, of what, values by ``columns``) in the order of the keys."""
        for changeset, key, of, *values in self._all.filter(**where):
            yield changeset, key, of, values

    @cached_property
    def _all(self):
        # Resolving thirty columns takes as long as asking for them: once, not at each changeset.
        columns = [_as_stored(field) for field in self.fields]
        rows = self.model._base_manager.order_by("pk")
        return rows.values_list(self.by, "pk", self.of, *columns)

    def of_changesets(self, pks):
        """Yield the rows of these changesets."""
        for some in batches(pks):
            yield from self.rows(**{f"{self.by}__in": some})

    def without_seal(self, seals):
        """Return the rows that belong to no changeset that is among ``seals``."""
        rows = self.model._base_manager.order_by("pk")
        if self.is_of_links:
            # Those of a row without seal are told with it.
            history = self.model._meta.get_field("history").related_model._base_manager
            return rows.exclude(Exists(history.filter(pk=OuterRef("history_id"))))
        return rows.exclude(Exists(seals.filter(changeset=OuterRef(self.by))))

    @property
    def is_of_links(self):
        return self.model._meta.pk.name == LINK


def _as_stored(field):
    """Return what reads ``field`` as the database has it, whatever a field of ours makes of it.

    The choices of a ``ChoiceSetField`` may be put in another order, and come from the database in
    that order.
    """
    if not hasattr(field, "from_db_value") or isinstance(field, models.JSONField):
        return field.attname
    plain = getattr(models, field.get_internal_type())
    return ExpressionWrapper(F(field.attname), output_field=plain())


class Tables:
    """All that is covered, in one registry of models: that of the site, or of a migration."""

    def __init__(self, registry):
        self.registry = registry
        self.all = sorted(_found(registry), key=lambda table: table.name)
        self.by_name = {table.name: table for table in self.all}

    def __iter__(self):
        return iter(self.all)

    def model(self, name):
        return self.registry.get_model("prefectures", name)

    @cached_property
    def columns(self):
        """The columns that are there now, {table: names}: in bytes, as ``SealedColumns`` has it."""
        return canonical({table.name: table.columns for table in self.all})

    @cached_property
    def columns_digest(self):
        return digest_of_bytes(self.columns)

    def of(self, written):
        """Return those of the models ``written``, and those that any changeset may write."""
        return [
            table
            for table in self.all
            if table.model in written or table.model._meta.pk.name not in (ROW, LINK)
        ]


def _found(registry):
    for model in registry.get_models(include_auto_created=True):
        names = [field.name for field in model._meta.concrete_fields]
        key = model._meta.pk.name
        if model._meta.label in NOT_SEALED:
            continue
        if model._meta.label == CHANGESET:
            yield Table(model, "pk", "pk")
        elif key == LINK:
            yield Table(model, "history__changeset", "history_id")
        elif "changeset" in names:
            yield Table(model, "changeset", _told_of(model, names))


def _told_of(model, names):
    if model._meta.pk.name == ROW:
        # Régions and départements are known by their code.
        return "id" if "id" in names else "code"
    return "procedure_id" if "procedure" in names else "pk"


@cache
def tables_of_site():
    return Tables(apps)
