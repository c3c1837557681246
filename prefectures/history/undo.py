"""Taking back what one changeset did, and nothing of what was done since."""

from ..models import Changeset, FaultySheetsError, StaleVersionError, changeset
from ..sheets.locking import lock_as_read
from ..sheets.writing import write
from .possible import leave_out_the_impossible
from .undoing import compared

# Somebody may save one of the sheets each time; who undoes is asked to try later then.
MOST_TRIES = 3


class AlreadyUndoneError(Exception):
    """Somebody else has undone the same changeset."""


class UndoIncompleteError(Exception):
    """Something would stay as it is. Holds the ``undoing`` that says what, and why."""

    def __init__(self, undoing):
        super().__init__(undoing.record.pk)
        self.undoing = undoing


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
    for tries_left in reversed(range(MOST_TRIES)):
        undoing = plan_undo(record, faulty)
        if undoing.kept and not leaving_later_changes:
            raise UndoIncompleteError(undoing)
        try:
            undoing.changeset = _write(undoing, author)
            return undoing
        except StaleVersionError:
            if not tries_left:
                raise
        except FaultySheetsError as error:
            faulty |= {sheet.pk: sentences[0] for sheet, sentences in error.faults.items()}
    raise StaleVersionError


def _write(undoing, author):
    record = undoing.record
    with changeset(
        f"Annulation de l’import « {record.file_name or record.reason} »",
        origin=Changeset.Origin.RESTORE,
        author=author,
        undoes=record,
    ) as writing:
        _lock(undoing)
        write([item.change for item in undoing.undone])
        writing.close()
    return writing.record


def _lock(undoing):
    """Wait for whoever writes the same things; refuse if they did since the plan was made."""
    record = Changeset.objects.select_for_update(of=("self",)).get(pk=undoing.record.pk)
    if Changeset.objects.filter(undoes=record).exists():
        raise AlreadyUndoneError
    lock_as_read(undoing.versions, undoing.alone)
