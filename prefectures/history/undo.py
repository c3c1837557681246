"""Taking back what one changeset did, and nothing of what was done since."""

from ..gate.bulk import add_all, change_all, remove_all
from ..gate.locking import locked
from ..gate.reading_back import newest_ids
from ..models import (
    Changeset,
    FaultySheetsError,
    Prefecture,
    Procedure,
    StaleVersionError,
    changeset,
)
from .possible import leave_out_the_impossible
from .undoing import BROUGHT_BACK, MODELS, PUT_BACK, TAKEN_AWAY, compared, versions_now

# Somebody may save one of the sheets each time; who undoes is asked to try later then.
MOST_TRIES = 3

PARTS = [model for model in MODELS if model not in (Prefecture, Procedure)]
# What goes leaves its place to what comes back; what comes back is there before it is named.
STEPS = (
    (TAKEN_AWAY, Procedure),
    (BROUGHT_BACK, Prefecture),
    (BROUGHT_BACK, Procedure),
    (PUT_BACK, Procedure),
    (TAKEN_AWAY, Prefecture),
    (PUT_BACK, Prefecture),
    *((what, model) for what in (TAKEN_AWAY, BROUGHT_BACK, PUT_BACK) for model in PARTS),
)


class AlreadyUndoneError(Exception):
    """Somebody else has undone the same changeset."""


class UndoIncompleteError(Exception):
    """Something would stay as it is. Holds the ``undoing`` that says what, and why."""

    def __init__(self, undoing):
        super().__init__(undoing.record.pk)
        self.undoing = undoing


class _MovedOnError(Exception):
    """Something was written between the plan and the lock."""


def plan_undo(record, faulty=None):
    """Return the ``Undoing`` of the changeset ``record``, as things are now.

    ``faulty`` gives the sheets that could not stay as they would be: {pk: sentence}.
    """
    undoing = compared(record)
    for item in undoing.undone:
        if item.sheet in (faulty or {}):
            item.keep(f"la fiche ne tiendrait plus ({faulty[item.sheet]}) : reste")
    leave_out_the_impossible(undoing)
    return undoing


def undo(record, author, *, leaving_later_changes=False):
    """Undo ``record`` in one changeset; return the ``Undoing``.

    Its ``changeset`` has no primary key when nothing was left to undo. Planned and prepared with
    nothing locked, then written if nothing has moved on.

    Raises UndoIncompleteError when something would stay and this was not accepted,
    AlreadyUndoneError, StaleVersionError when others keep writing, ValidationError when what comes
    back no longer passes. Then nothing was written.
    """
    faulty = {}
    for _ in range(MOST_TRIES):
        undoing = plan_undo(record, faulty)
        if undoing.kept and not leaving_later_changes:
            raise UndoIncompleteError(undoing)
        try:
            undoing.changeset = _write(undoing, author)
            return undoing
        except _MovedOnError:
            continue
        except FaultySheetsError as error:
            faulty |= {sheet.pk: sentences[0] for sheet, sentences in error.faults.items()}
    raise StaleVersionError(Procedure.objects.filter(revisions__changeset=record).first())


def _write(undoing, author):
    record = undoing.record
    with changeset(
        f"Annulation de l’import « {record.file_name or record.reason} »",
        origin=Changeset.Origin.RESTORE,
        author=author,
        undoes=record,
    ) as writing:
        _lock(undoing)
        for what, model in STEPS:
            _WRITERS[what](model, undoing.of(model, what))
        writing.close()
    return writing.record


def _lock(undoing):
    """Wait for whoever writes the same things; refuse if they did since the plan was made."""
    record = Changeset.objects.select_for_update(of=("self",)).get(pk=undoing.record.pk)
    if Changeset.objects.filter(undoes=record).exists():
        raise AlreadyUndoneError
    locked(Prefecture, undoing.offices)
    locked(Procedure, undoing.versions)
    is_as_planned = (
        newest_ids(Prefecture, undoing.offices) == undoing.offices
        and versions_now(record) == undoing.versions
    )
    if not is_as_planned:
        raise _MovedOnError


def _take_away(model, items):
    remove_all(model, [item.pk for item in items])


def _bring_back(model, items):
    add_all(*_with_related(model, items, as_lists=True))


def _put_back(model, items):
    change_all(*_with_related(model, items, as_lists=False))


def _with_related(model, items, *, as_lists):
    """Return the objects, and what they are linked to as ``models/bulk.py`` takes it."""
    names = {name for item in items for name in item.related}
    related = {
        name: [item.related.get(name, ()) for item in items]
        if as_lists
        else {item.pk: item.related[name] for item in items if name in item.related}
        for name in names
    }
    return [model(**item.final) for item in items], related


_WRITERS = {TAKEN_AWAY: _take_away, BROUGHT_BACK: _bring_back, PUT_BACK: _put_back}
