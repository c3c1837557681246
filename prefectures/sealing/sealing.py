"""Sealing: at the end of each changeset, in its transaction; once, of what was there before."""

from collections import defaultdict
from typing import NamedTuple

from django.dispatch import receiver
from django.utils import timezone

from ..gate.history_tables import kept_in
from ..gate.locking import wait_for_turn
from ..gate.reading_back import BATCH, batches
from ..gate.unit_of_work import changeset_sealing
from ..models import Seal
from .payload import FORMAT, NOTHING, canonical, digest_of, digest_of_bytes, packed
from .tables import CHANGESET, Tables, tables_of_site


class Head(NamedTuple):
    """The last seal: whoever keeps its digest elsewhere can tell whether all before it stands."""

    number: int
    digest: str
    sealed_at: object

    def __str__(self):
        at = timezone.localtime(self.sealed_at)
        return f"sceau n° {self.number} du {at:%d/%m/%Y à %H:%M} {self.digest}"


def head():
    """Return the ``Head``, None where nothing is sealed yet."""
    found = Seal.objects.order_by("-number").values_list("number", "digest", "sealed_at").first()
    return found and Head(*found)


@receiver(changeset_sealing)
def seal_changeset(sender, writing, **kwargs):
    if writing.record.pk is None:
        return
    wait_for_turn()
    tables = tables_of_site()
    written = {kept for model in writing.written for kept in kept_in(model)}
    Chain(tables).seal([writing.record.pk], tables.of(written))


def seal_what_was_there(registry):
    """Seal the changesets that have no seal, in their order: for a migration, with its models."""
    wait_for_turn()
    tables = Tables(registry)
    chain = Chain(tables, is_from_before=True)
    unsealed = tables.model("Changeset").objects.filter(seal=None).order_by("pk")
    for some in batches(list(unsealed.values_list("pk", flat=True))):
        chain.seal(some, tables)


def seal_anew(registry, names, reason):
    """Seal all rows of some tables as they are now: for a migration that had to change them.

    ``names`` are those of tables. From this seal on, what it says of them holds, in the place of
    what those before said: ``verify_history`` tells of it each time, with the ``reason``.
    """
    wait_for_turn()
    tables = Tables(registry)
    Chain(tables).seal_tables([tables.by_name[name] for name in names], reason)


class Chain:
    """The seals, from the last one on. Whoever adds some must have the turn (``locking.py``)."""

    def __init__(self, tables, *, is_from_before=False):
        self.tables = tables
        self.seals = tables.model("Seal").objects
        self.is_from_before = is_from_before
        last = self.seals.order_by("-number").values_list("number", "digest", "columns_id").first()
        self.number, self.previous, self.columns = last or (0, NOTHING, None)

    def seal(self, pks, tables):
        """Seal these changesets, in this order, which have rows in these ``tables`` only."""
        rows = {pk: defaultdict(list) for pk in pks}
        told = {}
        for table in tables:
            is_of_changesets = table.model._meta.label == CHANGESET
            for changeset, key, of, values in table.of_changesets(pks):
                rows[changeset][table.name].append([key, of, digest_of(values)])
                if is_of_changesets:
                    told[changeset] = dict(zip(table.columns, values, strict=True))
        self._add((pk, {"changeset": {"id": pk, **told[pk]}, "rows": rows[pk]}) for pk in pks)

    def seal_tables(self, tables, reason):
        rows = {
            table.name: [[key, of, digest_of(values)] for _, key, of, values in table.rows()]
            for table in tables
        }
        self._add([(None, {"rewritten": reason, "rows": rows})])

    def _add(self, contents):
        now = timezone.now()
        if self.columns != self.tables.columns_digest:
            self._describe_columns()
        self.seals.bulk_create(
            (self._next(pk, covered, now) for pk, covered in contents), batch_size=BATCH
        )

    def _describe_columns(self):
        described = self.tables.model("SealedColumns").objects
        told = {"description": self.tables.columns.decode()}
        described.get_or_create(digest=self.tables.columns_digest, defaults=told)
        self.columns = self.tables.columns_digest

    def _next(self, pk, covered, now):
        number, previous = self.number + 1, self.previous
        payload = canonical(
            {
                "format": FORMAT,
                "number": number,
                "previous": previous,
                "sealed_at": now,
                "is_from_before": self.is_from_before,
                "columns": self.tables.columns_digest,
                **covered,
            }
        )
        self.number, self.previous = number, digest_of_bytes(payload)
        return self.seals.model(
            number=number,
            changeset_id=pk,
            sealed_at=now,
            is_from_before=self.is_from_before,
            format=FORMAT,
            columns_id=self.tables.columns_digest,
            payload=packed(payload),
            previous=previous,
            digest=self.previous,
        )
