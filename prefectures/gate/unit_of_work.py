"""The unit of work: what is written in one changeset, noted while it is open, kept when it closes.

While it is open one notes which tracked objects are touched. When it closes, they are read back and
compared with the newest row of their history; only what really changed is written down, once an
object, with all that its many-to-many fields hold. A save that changes nothing leaves no row; an
object saved three times leaves one.

``changeset_closing`` is then sent: that is where a sheet gets its next version and is checked as a
whole. Any error rolls everything back. A tracked write with none open is refused.
"""

from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from .history_tables import columns_of, history_of, links_of, past_links_of
from .reading_back import (
    ADDED,
    BATCH,
    CHANGED,
    REMOVED,
    newest_values,
    related_in_history,
    related_keys,
    values_now,
    values_of,
)

# Sent inside the transaction, once the history rows are there, with ``writing`` and ``written``,
# the new history rows by model. A receiver that raises ValidationError undoes everything.
changeset_closing = Signal()

# Sent once, with ``writing``, when nothing more of its own will be written.
changeset_ending = Signal()

# Sent after that, with ``writing``, when what follows from it is written too: the commit follows.
changeset_sealing = Signal()


class UntrackedWriteError(RuntimeError):
    """Something with history was about to be written without a changeset."""


_current = ContextVar("current_changeset", default=None)


class Writing:
    """A changeset that is still open."""

    def __init__(self, record, *, is_kept_empty):
        self.record = record
        self.is_kept_empty = is_kept_empty
        self.touched = defaultdict(dict)
        self.expected_versions = {}
        # {model: keys} of what was kept in history.
        self.written = defaultdict(set)
        # Whether names changed that have no history: INSEE's, which stand on pages.
        self.changes_names_everywhere = False

    def touch(self, model, pk, removed=None):
        """Note that ``model`` ``pk`` was written; ``removed`` is the instance just deleted."""
        if removed is None:
            self.touched[model].setdefault(pk)
        else:
            self.touched[model][pk] = removed

    def expect_version(self, procedure):
        """Refuse to close if somebody else saved ``procedure`` since it was read."""
        self.expected_versions.setdefault(procedure.pk, procedure.version)

    def forget(self):
        """Take back all that was written, in the block of ``atomic`` around: a preview."""
        transaction.set_rollback(True)
        self.record.pk = None
        self.touched.clear()
        self.written.clear()
        self.changes_names_everywhere = False

    def close(self):
        """Write down what was touched. Called at the end; a form calls it while it can answer."""
        pending = {model: self._changes(model, seen) for model, seen in self.touched.items()}
        pending = {model: changes for model, changes in pending.items() if changes}
        if self.record.pk is None and (pending or self.is_kept_empty):
            self.record.at = timezone.now()
            self.record.full_clean()
            self.record.save()
        written = {model: self._write(model, changes) for model, changes in pending.items()}
        for model, changes in pending.items():
            self.written[model].update(pk for _, pk, _, _ in changes)
        self.touched.clear()
        changeset_closing.send(sender=Writing, writing=self, written=written)

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
        for field in links_of(model):
            through = past_links_of(model, field)
            links = [
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
            ]
            if links:
                through.objects.bulk_create(links, batch_size=BATCH)
        return rows


def current_changeset():
    """Return the open changeset (``Writing``), or None."""
    return _current.get()


@contextmanager
def open_unit(record, *, is_kept_empty=False):
    """Open the unit of work of ``record``, a changeset that is not saved yet; yield ``Writing``."""
    if _current.get() is not None:
        raise UntrackedWriteError("A changeset is open already: one write has one reason.")
    writing = Writing(record, is_kept_empty=is_kept_empty)
    token = _current.set(writing)
    try:
        with transaction.atomic():
            yield writing
            writing.close()
            changeset_ending.send(sender=Writing, writing=writing)
            changeset_sealing.send(sender=Writing, writing=writing)
    finally:
        _current.reset(token)


def note_written(model, pk, removed=None, will_change=False):
    """Tell the open changeset that ``model`` ``pk`` was written.

    Raises UntrackedWriteError where none is open, and the write was one (or will be).
    """
    writing = _current.get()
    if writing is not None:
        writing.touch(model, pk, removed)
        return
    alone = Writing(None, is_kept_empty=False)
    if will_change or alone._changes(model, {pk: removed}):
        raise UntrackedWriteError(
            f"{model.__name__} {pk}: open a changeset (who, why) before writing."
        )
