"""Many objects of one model at once, through the gate: a query each would take an import minutes.

They are filled in and cleaned as ``save`` does, and the open changeset is told of each. What is
changed or removed must be locked (``locking.py``), or belong to a sheet that is.
"""

from django.db import models

from .history_tables import fields_of
from .reading_back import BATCH, batches, related_keys
from .unit_of_work import current_changeset


def add_all(instances, related=None):
    """Save new ``instances`` of one tracked model inside the open changeset.

    They get their primary keys. ``related`` gives the keys of what they are linked to:
    {many-to-many field: [keys of each instance, in order]}. Parts of a sheet must bring their
    number.
    """
    if not instances:
        return
    model = _prepared(instances)
    # A plain queryset: the model's own refuses what the history would not see. Here it is told.
    models.QuerySet(model).bulk_create(instances, batch_size=BATCH)
    for name, keys in (related or {}).items():
        field = model._meta.get_field(name)
        _link(
            field,
            [(item.pk, key) for item, own in zip(instances, keys, strict=True) for key in own],
        )
    _touch(model, [instance.pk for instance in instances])


def change_all(instances, related=None):
    """Save ``instances`` of one tracked model, which the database has, inside the open changeset.

    ``related`` gives what some are linked to from now on: {many-to-many field: {pk: keys}}.
    """
    if not instances:
        return
    model = _prepared(instances)
    kept = [field.name for field in fields_of(model) if not field.primary_key]
    models.QuerySet(model).bulk_create(
        instances,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=kept,
    )
    for name, keys_by_pk in (related or {}).items():
        _relink(model._meta.get_field(name), related_keys(model, keys_by_pk)[name], keys_by_pk)
    _touch(model, [instance.pk for instance in instances])


def remove_all(model, pks):
    """Delete these objects of a tracked ``model``, those that are still there."""
    for some in batches(sorted(pks)):
        # Its own signals tell the changeset, of what goes with them too.
        model._base_manager.filter(pk__in=some).delete()


def _prepared(instances):
    for instance in instances:
        instance.prepare()
    return type(instances[0])


def _relink(field, now, wanted):
    """Make the links of ``field`` those that are ``wanted``; ``now`` is {pk: {key: pk of link}}."""
    through = field.remote_field.through
    gone = [link for pk, own in now.items() for key, link in own.items() if key not in wanted[pk]]
    for some in batches(gone):
        through._base_manager.filter(pk__in=some).delete()
    _link(
        field,
        [(pk, key) for pk, keys in wanted.items() for key in keys if key not in now.get(pk, ())],
    )


def _link(field, pairs):
    through = field.remote_field.through
    own, other = field.m2m_column_name(), field.m2m_reverse_name()
    through._base_manager.bulk_create(
        [through(**{own: pk, other: key}) for pk, key in pairs], batch_size=BATCH
    )


def _touch(model, pks):
    writing = current_changeset()
    for pk in pks:
        writing.touch(model, pk)
