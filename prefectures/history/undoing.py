"""What undoing one changeset would do, object by object; nothing of what was done since is lost."""

from dataclasses import dataclass, field

from ..gate.history_tables import history_of
from ..gate.reading_back import ADDED, REMOVED, chunks, newest_ids
from ..models import Changeset, Procedure, Revision
from ..sheets.difference import Change
from ..sheets.kinds import ALONE, kind_of
from ..sheets.merge import CONFLICT, KEPT, of_rows
from ..sheets.reading import items_at
from ..sheets.state import Item
from ..sheets.writing import IN_ORDER

TAKEN_AWAY, BROUGHT_BACK, PUT_BACK = "sera retiré", "reviendra", "reprendra"


@dataclass
class Undone:
    """One object: ``what`` becomes of it, of which fields, and what of it stays (``kept``).

    ``now`` is what it is, None when it is not there; ``values`` are those that come back; ``sheet``
    is the key of the sheet that it is or belongs to, None of what stands alone.
    """

    model: type
    pk: object
    name: str
    sheet: int | None
    now: Item | None
    what: str = ""
    values: dict = field(default_factory=dict)
    kept: str = ""

    def keep(self, why):
        """Leave it as it is."""
        self.what, self.values, self.kept = "", {}, why

    def leave_out(self, column, why, left=None):
        """Leave one field as it is, or empty in what comes back; or with what is ``left``."""
        self.values.pop(column.name, None)
        if left is not None:
            self.values[column.name] = left
        self.kept = " ; ".join(filter(None, [self.kept, f"{column.verbose_name} : {why}"]))
        if self.what == PUT_BACK and not self.values:
            self.what = ""

    @property
    def labels(self):
        """Return the fields of what is there that come back."""
        names = self.values if self.what == PUT_BACK else ()
        return [str(self.model._meta.get_field(name).verbose_name) for name in names]

    @property
    def final(self):
        """Return the object once it is undone; None when it will not be there."""
        if self.what == TAKEN_AWAY or not (self.now or self.what):
            return None
        return Item(self.pk, {**(self.now.values if self.now else {}), **self.values})

    @property
    def change(self):
        return Change(self.model, self.now, self.final)


@dataclass
class Undoing:
    """What undoing the changeset ``record`` does.

    ``versions`` is what it was planned from: {pk of the sheet: version, 0 when it is not there}
    and ``alone``, of offices and the like, {model: {pk: newest history row}}. ``changeset`` is the
    one that did it, once it is done.
    """

    record: Changeset
    versions: dict
    alone: dict
    told: list = field(default_factory=list)
    changeset: Changeset | None = None

    @property
    def undone(self):
        return [item for item in self.told if item.what]

    @property
    def kept(self):
        return [item for item in self.told if item.kept]

    def of(self, model, what):
        return [item for item in self.told if item.model is model and item.what == what]


def compared(record):
    """Return the ``Undoing`` of ``record`` that leaves alone whatever was changed since."""
    # Read first: what changes while the rest is read is noticed before anything is written.
    undoing = Undoing(record, versions_now(record), alone_now(record))
    later = _sheets_changed_since(record)
    for model in IN_ORDER:
        undoing.told += _told(model, record, later)
    return undoing


def versions_now(record):
    """Return {pk: version} of the sheets that ``record`` touched, 0 for those that are gone."""
    pks = list(record.revisions.values_list("procedure", flat=True))
    found = chunks(Procedure._base_manager, "pk", pks, "pk", "version")
    return dict.fromkeys(pks, 0) | dict(found)


def alone_now(record):
    """Return {model: {pk: newest history row}} of what ``record`` touched that stands alone."""
    found = {}
    for model in (kind.model for kind in ALONE):
        rows = history_of(model).objects.filter(changeset=record).order_by()
        found[model] = newest_ids(model, list(rows.values_list("id", flat=True)))
    return found


def _sheets_changed_since(record):
    """Return the sheets of ``record`` that got another version after it."""
    own = dict(record.revisions.values_list("procedure", "number"))
    return {pk for pk, number in Revision.last_numbers(own).items() if number > own[pk]}


def _told(model, record, later):
    history = history_of(model).objects
    rows = history.filter(changeset=record).order_by("history_id").values_list("id", "history_id")
    own = dict(rows)
    newest = newest_ids(model, own)
    asked = {*own.values(), *newest.values()}
    kinds = dict(chunks(history, "pk", asked, "pk", "history_type"))
    before = items_at(model, list(newest_ids(model, own, before=record).values()))
    after = items_at(model, list(own.values()))
    now = items_at(model, [row for row in newest.values() if kinds[row] != REMOVED])
    names = _names(model, after)
    for pk, row in own.items():
        told = Undone(model, pk, names[pk], _sheet_of(model, after[pk]), now.get(pk))
        is_untouched = newest[pk] == row and not (model is Procedure and pk in later)
        was = before.get(pk) if kinds[row] != ADDED else None
        _decide(told, was, after[pk] if kinds[row] != REMOVED else None, is_untouched)
        yield told


def _sheet_of(model, item):
    return item.pk if model is Procedure else item.values.get("procedure")


def _names(model, items):
    label = model._meta.verbose_name
    if kind := kind_of(model):
        return {pk: f"{label} {kind.key_of(item.values)}" for pk, item in items.items()}
    keys = {item.values["procedure"] for item in items.values()}
    sheets = {sheet.pk: sheet for sheet in chunks(Procedure._base_manager, "pk", keys)}
    names = {}
    for pk, item in items.items():
        sheet = sheets.get(item.values["procedure"])
        number = f" n° {item.values['number']}" if "number" in item.values else ""
        names[pk] = f"{sheet.key if sheet else ''} {label}{number}".strip()
    return names


def _decide(told, before, after, is_untouched):
    """Take back what still is as the changeset left it; ``before`` or ``after`` it may be None."""
    three = [{told.pk: item.values} if item else {} for item in (after, told.now, before)]
    later = []
    for difference in of_rows(*three):
        if difference.verdict == CONFLICT and difference.name:
            later.append(str(told.model._meta.get_field(difference.name).verbose_name))
        elif difference.verdict == CONFLICT and after:
            told.kept = "changé depuis : reste" if told.now else "supprimé depuis : ne revient pas"
        elif difference.verdict != KEPT:
            continue
        elif difference.name:
            told.what = PUT_BACK
            told.values[difference.name] = difference.mine
        elif before:
            told.what, told.values = BROUGHT_BACK, dict(before.values)
        elif is_untouched:
            told.what = TAKEN_AWAY
        else:
            told.kept = "changé depuis : reste"
    if later:
        told.kept = f"changé depuis, reste tel quel : {', '.join(later)}"
