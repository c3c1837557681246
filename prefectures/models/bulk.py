"""Many new objects at once, through the gate: a query a row would take an import minutes."""

from django.db import models

from .reading_back import BATCH
from .tracking import current_changeset


def add_all(instances, related=None):
    """Save new ``instances`` of one tracked model inside the open changeset.

    They are filled in and cleaned as ``save`` does, and get their primary keys. ``related`` gives
    the keys of what they are linked to: {many-to-many field: [keys of each instance, in order]}.
    Parts of a sheet must bring their number.
    """
    if not instances:
        return
    model = type(instances[0])
    for instance in instances:
        instance.prepare()
    # A plain queryset: the model's own refuses what the history would not see. Here it is told.
    models.QuerySet(model).bulk_create(instances, batch_size=BATCH)
    for name, keys in (related or {}).items():
        field = model._meta.get_field(name)
        through = field.remote_field.through
        own, other = field.m2m_column_name(), field.m2m_reverse_name()
        through._base_manager.bulk_create(
            [
                through(**{own: instance.pk, other: key})
                for instance, of_one in zip(instances, keys, strict=True)
                for key in of_one
            ],
            batch_size=BATCH,
        )
    writing = current_changeset()
    for instance in instances:
        writing.touch(model, instance.pk)
