"""The rows of the tables between two models: written directly, they are noted as well.

``sheet.offices.add(office)`` tells the gate by a signal; ``Procedure.offices.through.objects`` and
its objects, which Django offers too, send none.
"""

from functools import wraps

from django.apps import apps
from django.db import models, transaction

from .history_tables import has_history, links_of
from .unit_of_work import note_written


def note_links():
    """Have the gate told of each write of a link that a history keeps."""
    for model in apps.get_models():
        if has_history(model):
            for field in links_of(model):
                _watch(model, field)


def _watch(model, field):
    through, own = field.remote_field.through, field.m2m_column_name()

    def note(pks):
        for pk in pks:
            note_written(model, pk)

    class Links(models.QuerySet):
        def bulk_create(self, objs, *args, **kwargs):
            with transaction.atomic():
                found = super().bulk_create(objs, *args, **kwargs)
                note({getattr(link, own) for link in objs})
            return found

        def update(self, **kwargs):
            return self._noted(super().update, **kwargs)

        def delete(self):
            return self._noted(super().delete)

        def _noted(self, write, **kwargs):
            with transaction.atomic():
                links = dict(self.order_by().values_list("pk", own))
                found = write(**kwargs)
                there = through._base_manager.filter(pk__in=links).values_list(own, flat=True)
                note({*links.values(), *there})
            return found

        update.alters_data = delete.alters_data = True

    def noted(write):
        @wraps(write)
        def write_and_note(link, *args, **kwargs):
            with transaction.atomic():
                before = through._base_manager.filter(pk=link.pk).values_list(own, flat=True)
                pks = {*before, getattr(link, own)}
                found = write(link, *args, **kwargs)
                note(pks)
            return found

        return write_and_note

    through.save, through.delete = noted(through.save), noted(through.delete)
    # Of two managers of one name, Django takes the first.
    through._meta.local_managers.clear()
    through.add_to_class("objects", models.Manager.from_queryset(Links)())
