"""What is wrong with the history, each thing in a sentence."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from ..models import Changeset, Procedure, User
from .tables import CHANGESET, LINK, ROW, Table


class Kind(StrEnum):
    ALTERED = "Ligne modifiée après coup"
    EXCHANGED = "Ligne qui dit ce que disait une autre, la ligne {other}"
    MOVED = "Ligne rattachée à une autre modification"
    REMOVED = "Ligne supprimée"
    INSERTED = "Ligne ajoutée, qu’aucun sceau ne connaît"
    SEAL_ALTERED = "Le sceau n° {seal} a été modifié, ou ce qui dit ses colonnes"
    SEAL_REMOVED = "Le sceau n° {seal} manque : celui qui suit est le n° {other}"
    SEAL_MOVED = "Le sceau n° {seal} n’est pas à sa place : il a été fait sous le n° {other}"
    SEAL_BREAKS = "Le sceau n° {seal} ne suit pas celui d’avant, qui a été refait"
    COLUMNS_INSERTED = "Une description de colonnes a été ajoutée, qu’aucun sceau ne nomme"
    UNKNOWN_FORMAT = "Le sceau n° {seal} est d’un format que cette version du site ne connaît pas"


class Fault(NamedTuple):
    """``sealed`` is what the seal says, where it can be believed."""

    kind: Kind
    seal: int | None = None
    sealed: object = None
    table: Table | None = None
    key: object = None
    of: object = None
    other: object = None

    def __str__(self):
        told = self.kind.format(seal=self.seal, other=self.other)
        if self.table is not None:
            told += f" : {self._row()}"
        written = self._written()
        return f"{told}. {written}" if written else f"{told}."

    def _row(self):
        what, name = _in_words(self.table, self.of if self.of is not None else self._of())
        named = f"{what} « {name} »" if name else what
        return f"{named} (table {self.table.name}, ligne {self.key})"

    def _of(self):
        """Return of what a row tells that no seal knows."""
        rows = self.table.model._base_manager.filter(pk=self.key)
        return rows.values_list(self.table.of, flat=True).first()

    def _written(self):
        """Return who wrote it, when and why; as it was sealed, if it was."""
        if self.sealed is not None and self.sealed.rewritten:
            return f"Refaite par une mise à jour du site : « {self.sealed.rewritten} »."
        record = self.sealed.record if self.sealed is not None else self._record()
        if record is None:
            return ""
        author = User.objects.filter(pk=record["author_id"]).first()
        by = f" par {author}" if author else ""
        sealed = f", sceau n° {self.seal}" if self.seal else ", sans sceau"
        at = timezone.localtime(datetime.fromisoformat(str(record["at"])))
        return (
            f"Modification n° {record['id']} du {at:%d/%m/%Y à %H:%M}{by}, "
            f"« {record['reason']} »{sealed}."
        )

    def _record(self):
        if self.table is not None:
            rows = self.table.model._base_manager.filter(pk=self.key)
            found = Changeset.objects.filter(pk__in=rows.values(self.table.by))
        else:
            found = Changeset.objects.filter(seal__number__in=[self.seal])
        return found.values("id", "at", "author_id", "reason").first()


def _in_words(table, of):
    """Return (what a row is, of which object it tells)."""
    model, options = table.model, table.model._meta
    if options.label == CHANGESET:
        return options.verbose_name, ""
    if options.pk.name == ROW:
        tracked = model.instance_type
        return tracked._meta.verbose_name, _name(tracked, of)
    if options.pk.name == LINK:
        history = options.get_field("history").related_model
        row = history._base_manager.filter(pk=of).first()
        tracked = history.instance_type
        what = f"{tracked._meta.verbose_name}, {_field(tracked, options.object_name)}"
        return what, _name(tracked, getattr(row, tracked._meta.pk.attname, None)) if row else ""
    return f"{options.verbose_name} de la fiche", _name(Procedure, of)


def _field(tracked, name):
    """Return what the field is called whose links are in the table of this model."""
    _, _, field = name.partition("_")
    return tracked._meta.get_field(field).verbose_name


def _name(model, pk):
    """Return the name of an object as it is, or as it last was; its key where it has none."""
    if pk is None:
        return ""
    try:
        found = model._base_manager.filter(pk=pk).first()
        if found is None:
            last = (
                model.history.filter(**{model._meta.pk.attname: pk}).order_by("history_id").last()
            )
            found = last.instance
        return str(found)
    except (ObjectDoesNotExist, AttributeError):
        return f"n° {pk}"
