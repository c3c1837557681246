"""Taking back what one changeset did, and nothing of what was done since."""

from dataclasses import dataclass, field

from django.db.models import Max

from ..models import (
    ADDED,
    REMOVED,
    Changeset,
    Contact,
    Link,
    Prefecture,
    Procedure,
    Revision,
    Step,
    Verification,
    changeset,
)
from ..models.reading_back import batches
from .snapshot import State, states_at

# Owners before their parts.
MODELS = (Prefecture, Procedure, Step, Contact, Link, Verification)

TAKEN_AWAY, BROUGHT_BACK, PUT_BACK = "sera retiré", "reviendra", "reprendra"


class UndoIncompleteError(Exception):
    """Something was changed since, and would stay. Holds the ``undoing`` that says what."""

    def __init__(self, undoing):
        super().__init__(undoing.record.pk)
        self.undoing = undoing


@dataclass
class Undone:
    """One object: ``what`` becomes of it, of which fields, and which of them stay (``kept``)."""

    model: type
    pk: object
    name: str
    what: str
    values: dict = field(default_factory=dict)
    related: dict = field(default_factory=dict)
    labels: list = field(default_factory=list)
    kept: str = ""


@dataclass
class Undoing:
    """What undoing the changeset ``record`` does, object by object."""

    record: Changeset
    told: list

    @property
    def undone(self):
        return [item for item in self.told if item.what]

    @property
    def kept(self):
        return [item for item in self.told if item.kept]


def plan_undo(record):
    """Return the ``Undoing`` of the changeset ``record``, as things are now."""
    return Undoing(
        record, [_undone(change) for model in MODELS for change in _changes(model, record)]
    )


def undo(record, author, *, leaving_later_changes=False):
    """Undo ``record`` in one changeset; return that one (``pk`` None: nothing was left to undo).

    Raises UndoIncompleteError when later changes would stay and this was not accepted,
    IntegrityError when somebody else undoes the same one, ValidationError when what comes back no
    longer fits. Then nothing was written.
    """
    with changeset(
        f"Annulation de l’import « {record.file_name or record.reason} »",
        origin=Changeset.Origin.RESTORE,
        author=author,
        undoes=record,
    ) as writing:
        # Whoever writes one of these sheets waits, or is waited for.
        list(Procedure.objects.select_for_update().filter(revisions__changeset=record))
        undoing = plan_undo(record)
        if undoing.kept and not leaving_later_changes:
            raise UndoIncompleteError(undoing)
        for item in undoing.undone:
            _WRITERS[item.what](item)
        writing.close()
    return writing.record


# --- What is to be undone ---------------------------------------------------------------------


@dataclass
class _Change:
    """What ``record`` did to one object: before it, after it, and now (None: not there)."""

    model: type
    row: object
    before: State | None
    after: State
    now: State | None
    is_untouched: bool
    name: str


def _changes(model, record):
    rows = list(model.history.filter(changeset=record).select_related())
    later_sheets = _sheets_changed_since(record) if model is Procedure else ()
    names = _names(model, rows)
    for some in batches(rows):
        pks = [row.id for row in some]
        newest = _newest(model, pks)
        before = states_at(model, _newest(model, pks, before=record).values())
        after = states_at(model, [row.pk for row in some])
        now = states_at(model, newest.values())
        gone = set(
            model.history.filter(pk__in=newest.values(), history_type=REMOVED).values_list(
                "id", flat=True
            )
        )
        for row in some:
            yield _Change(
                model,
                row,
                before.get(row.id),
                after[row.id],
                None if row.id in gone else now[row.id],
                newest[row.id] == row.pk and row.id not in later_sheets,
                names[row.pk],
            )


def _newest(model, pks, before=None):
    rows = model.history.filter(id__in=pks)
    if before is not None:
        rows = rows.filter(changeset__lt=before)
    return dict(rows.order_by().values_list("id").annotate(Max("history_id")))


def _sheets_changed_since(record):
    """Return the sheets of ``record`` that got another version after it."""
    own = dict(record.revisions.values_list("procedure", "number"))
    last = Revision.objects.filter(procedure__revisions__changeset=record).order_by()
    newest = dict(last.values_list("procedure").annotate(Max("number")))
    return {pk for pk, number in newest.items() if number > own[pk]}


def _names(model, rows):
    if model in (Procedure, Prefecture):
        return {row.pk: f"{model._meta.verbose_name} {row.instance.key}" for row in rows}
    sheets = Procedure._base_manager.in_bulk({row.procedure_id for row in rows})
    names = {}
    for row in rows:
        number = f" n° {row.number}" if hasattr(row, "number") else ""
        sheet = sheets.get(row.procedure_id)
        names[row.pk] = f"{sheet.key if sheet else ''} {model._meta.verbose_name}{number}".strip()
    return names


def _undone(change):
    told = Undone(change.model, change.row.id, change.name, "")
    if change.row.history_type == ADDED:
        if change.is_untouched:
            told.what = TAKEN_AWAY
        elif change.now is not None:
            told.kept = "changé depuis : reste"
    elif change.row.history_type == REMOVED:
        if change.now is None:
            told.what = BROUGHT_BACK
            told.values, told.related = change.before.values, change.before.related
    elif change.now is None:
        told.kept = "supprimé depuis : ne revient pas"
    else:
        _compare(change, told)
    return told


def _compare(change, told):
    """Put back each field that is still as the changeset left it."""
    history, later = change.model.history.model, []
    fields = [(column.attname, column, "values") for column in history.tracked_fields]
    fields += [(column.name, column, "related") for column in history._history_m2m_fields]
    for name, column, kind in fields:
        before, after, now = (
            getattr(state, kind)[name] for state in (change.before, change.after, change.now)
        )
        if before == after:
            continue
        if now == after:
            getattr(told, kind)[name] = before
            told.labels.append(str(column.verbose_name))
            told.what = PUT_BACK
        elif now != before:
            later.append(str(column.verbose_name))
    if later:
        told.kept = f"changé depuis, reste tel quel : {', '.join(later)}"


# --- Writing ----------------------------------------------------------------------------------


def _take_away(item):
    # A part goes with its sheet.
    for found in item.model._base_manager.filter(pk=item.pk):
        found.delete()


def _bring_back(item):
    found = item.model(**item.values)
    found.save(force_insert=True)
    _relate(found, item.related)


def _put_back(item):
    found = item.model._base_manager.select_for_update().get(pk=item.pk)
    for name, value in item.values.items():
        setattr(found, name, value)
    found.save()
    _relate(found, item.related)


def _relate(found, related):
    for name, keys in related.items():
        getattr(found, name).set(keys)


_WRITERS = {TAKEN_AWAY: _take_away, BROUGHT_BACK: _bring_back, PUT_BACK: _put_back}
