"""Verifying: every seal is read in its order, and every row held against what its seal says.

It reads some seals at a time, with the rows of their changesets: how much there is of all of them
does not matter to memory. Changesets that end meanwhile come with their seals, at once.
"""

import json
import zlib
from collections import defaultdict

from ..gate.reading_back import BATCH
from ..models import Seal, SealedColumns
from .faults import Fault, Kind
from .payload import FORMAT, NOTHING, canonical, digest_of, digest_of_bytes, unpacked
from .sealing import Head
from .tables import tables_of_site

# Of seals that are read at once; of rows that are compared at once.
SOME_SEALS, SOME_ROWS = 100, 5000


class Sealed:
    """What a seal says, once its bytes are known to be those that were sealed."""

    def __init__(self, said, columns):
        self.number = said["number"]
        self.rewritten = said.get("rewritten")
        self.sealed_at = said["sealed_at"]
        self.is_from_before = said["is_from_before"]
        self.record = said.get("changeset")
        # {table: {key of the row: (of what it tells, its digest)}}.
        self.rows = {
            table: {key: (of, digest) for key, of, digest in rows}
            for table, rows in said["rows"].items()
        }
        self.columns = columns

    @property
    def changeset(self):
        return self.record["id"]

    @property
    def size(self):
        return sum(map(len, self.rows.values()))


class Verifier:
    """One verification. ``faults`` does it; the rest says afterwards what was seen.

    ``head`` is a digest that was kept elsewhere; ``head_at`` becomes the number of its seal.
    """

    def __init__(self, head=None, on_progress=None):
        self.head, self.head_at = head, None
        self.on_progress = on_progress or (lambda *told: None)
        self.tables = tables_of_site()
        self.last = None
        self.seals = self.rows = self.from_before = 0
        # Seals of migrations that had to change some of the history.
        self.rewritten = []
        # What seals cover, and the site no longer has: {table or table.column: rows}.
        self.no_longer_there = defaultdict(int)
        self._columns = {}

    def faults(self):
        """Yield each ``Fault``, in the order of the seals; then what no seal knows."""
        self._superseded = self._tables_sealed_anew()
        waiting, size = [], 0
        for sealed, faults in self._sealed():
            if faults or sealed.rewritten or size > SOME_ROWS or len(waiting) == BATCH:
                yield from self._compare(waiting)
                waiting, size = [], 0
            yield from faults
            if sealed is None:
                continue
            if sealed.rewritten:
                yield from self._compare_tables(sealed)
            else:
                waiting.append(sealed)
                size += sealed.size
        yield from self._compare(waiting)
        yield from self._unsealed()

    # --- The chain ----------------------------------------------------------------------------

    def _sealed(self):
        """Yield (what a seal says, what is wrong with it) in their order."""
        number, previous = 0, NOTHING
        total = Seal.objects.count()
        while seals := _readable(Seal.objects.filter(number__gt=number), SOME_SEALS):
            for key, seal in seals:
                faults = []
                if key != number + 1:
                    faults.append(Fault(Kind.SEAL_REMOVED, seal=number + 1, other=key))
                sealed, wrong = self._opened(key, seal)
                faults += wrong
                # What follows one that is missing, or that cannot be read, cannot follow.
                if seal and not faults and previous and seal.previous != previous:
                    faults.append(Fault(Kind.SEAL_BREAKS, seal=key, sealed=sealed))
                number, previous = key, seal and seal.digest
                self._note(seal, sealed)
                yield sealed, faults
            self.on_progress("Sceaux vérifiés", min(self.seals, total), total)

    def _note(self, seal, sealed):
        self.seals += 1
        if seal is None:
            return
        self.last = Head(seal.number, seal.digest, seal.sealed_at)
        if seal.digest == self.head:
            self.head_at = seal.number
        if sealed is None:
            return
        self.from_before += sealed.is_from_before
        if sealed.rewritten:
            self.rewritten.append(sealed)

    def _opened(self, number, seal):
        """Return (what the seal says, or None; what is wrong with it)."""
        altered = None, [Fault(Kind.SEAL_ALTERED, seal=number)]
        try:
            return self._read(number, seal) if seal else altered
        except (zlib.error, ValueError, LookupError, TypeError, AttributeError):
            # Whatever stands there instead, with a digest of its own perhaps, is no seal.
            return altered

    def _read(self, number, seal):
        """Raises an error of Python's where it is not a seal, or not the one that was made."""
        content = unpacked(seal.payload)
        said = json.loads(content)
        if digest_of_bytes(content) != seal.digest:
            raise ValueError("its digest is another")
        if said["format"] != FORMAT:
            return None, [Fault(Kind.UNKNOWN_FORMAT, seal=number)]
        if said["number"] != number:
            return None, [Fault(Kind.SEAL_MOVED, seal=number, other=said["number"])]
        columns = self._columns_of(said["columns"])
        if columns is None or not _says_the_same(seal, said):
            raise ValueError("its columns say something else")
        return Sealed(said, columns), []

    def _columns_of(self, digest):
        """Return {table: columns} as they were described, None where they no longer are so."""
        if digest not in self._columns:
            found = SealedColumns.objects.filter(pk=digest).values_list("description", flat=True)
            is_whole = found and digest_of_bytes(found[0].encode()) == digest
            self._columns[digest] = json.loads(found[0]) if is_whole else None
        return self._columns[digest]

    def _tables_sealed_anew(self):
        """Return {table: number of the seal that says all of it anew}."""
        found = {}
        for number, seal in _readable(Seal.objects.filter(changeset=None)):
            sealed, _ = self._opened(number, seal)
            if sealed:
                found |= dict.fromkeys(sealed.rows, number)
        return found

    # --- The rows -----------------------------------------------------------------------------

    def _compare(self, waiting):
        """Yield what is wrong with the rows of the changesets of these seals."""
        found = {sealed.changeset: defaultdict(dict) for sealed in waiting}
        for table in self.tables if waiting else ():
            for changeset, key, _, values in _rows(table, list(found)):
                found[changeset][table.name][key] = values
        for sealed in waiting:
            there = found[sealed.changeset]
            for name in sorted(sealed.rows.keys() | there.keys()):
                if self._superseded.get(name, 0) < sealed.number:
                    yield from self._compare_rows(sealed, name, there[name])

    def _compare_tables(self, sealed):
        """Yield what is wrong with tables that a migration has changed, up to then."""
        before = Seal.objects.filter(number__lt=sealed.number).values("changeset")
        for name in sorted(sealed.rows):
            if self._superseded[name] == sealed.number and name in self.tables.by_name:
                table = self.tables.by_name[name]
                rows = _all_or_one_by_one(table, {f"{table.by}__in": before})
                there = {key: values for _, key, _, values in rows}
                yield from self._compare_rows(sealed, name, there)

    def _compare_rows(self, sealed, name, there):
        listed = sealed.rows.get(name, {})
        table = self.tables.by_name.get(name)
        if table is None:
            self.no_longer_there[name] += len(listed)
            return
        covered = sealed.columns.get(name, ())
        gone = [column for column in covered if column not in table.columns]
        for column in gone:
            self.no_longer_there[f"{name}.{column}"] += len(listed)
        places = [table.columns.index(column) for column in covered if column not in gone]
        self.rows += len(listed)
        keys = None
        for key in sorted(listed.keys() | there.keys()):
            of, digest = listed.get(key, (None, None))
            kind = other = None
            if key not in listed:
                kind = Kind.INSERTED
            elif key not in there:
                is_elsewhere = table.model._base_manager.filter(pk=key).exists()
                kind = Kind.MOVED if is_elsewhere else Kind.REMOVED
            elif not gone and (held := _digest(there[key], places)) != digest:
                keys = keys or {whole: at for at, (_, whole) in listed.items()}
                other = keys.get(held)
                kind = Kind.ALTERED if other is None else Kind.EXCHANGED
            if kind:
                yield Fault(kind, sealed.number, sealed, table, key, of, other)

    def _unsealed(self):
        """Yield what belongs to no changeset that has a seal: nothing of the site wrote it."""
        for table in self.tables:
            rows = table.without_seal(Seal.objects.all())
            for key in rows.values_list("pk", flat=True).iterator(BATCH):
                yield Fault(Kind.INSERTED, table=table, key=key)
        for _ in SealedColumns.objects.filter(seals=None):
            yield Fault(Kind.COLUMNS_INSERTED)


def _says_the_same(seal, said):
    """Whether the columns of a seal, which are there to be looked for, say what is sealed."""
    columns = {
        "previous": seal.previous,
        "sealed_at": seal.sealed_at,
        "is_from_before": seal.is_from_before,
        "columns": seal.columns_id,
        "format": seal.format,
        "changeset": seal.changeset_id,
    }
    told = said | {"changeset": said["changeset"]["id"] if "changeset" in said else None}
    return canonical(columns) == canonical({name: told[name] for name in columns})


def _digest(values, places):
    try:
        return values and digest_of([values[place] for place in places])
    except (TypeError, ValueError):
        return None


def _rows(table, pks):
    return _all_or_one_by_one(table, {f"{table.by}__in": pks})


def _all_or_one_by_one(table, where):
    """Return the rows, (changeset, key, of, values): no values where they cannot be read at all."""
    try:
        return list(table.rows(**where))
    except Exception:
        # SQLite keeps whatever is written in a column of dates, and no field of Django's reads it.
        keys = table.model._base_manager.filter(**where).values_list(table.by, "pk")
        return [_row(table, changeset, key) for changeset, key in keys.order_by("pk")]


def _row(table, changeset, key):
    try:
        return next(table.rows(pk=key))
    except Exception:
        return changeset, key, None, None


def _readable(seals, most=None):
    """Return [(number, seal)] of the first of them; None for one that cannot be read at all."""
    seals = seals.order_by("number")
    try:
        return [(seal.number, seal) for seal in seals[:most]]
    except Exception:
        numbers = seals.values_list("number", flat=True)[:most]
        return [(number, _seal(number)) for number in numbers]


def _seal(number):
    try:
        return Seal.objects.get(number=number)
    except Exception:
        return None
