"""Which offices and grounds sheets name, in themselves or in their rows: those stay."""

from django.db.models import ProtectedError
from django.db.models.signals import pre_delete
from django.dispatch import receiver

from .ground import Ground
from .numbering import NumberedRow
from .prefecture import Prefecture
from .procedure import Procedure


def fields_naming(model):
    """Return the fields of sheets and of their rows that lead to objects of ``model``."""
    return [
        relation.field
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created
        and relation.is_relation
        and issubclass(relation.related_model, (Procedure, NumberedRow))
    ]


def sheets_naming(instance):
    """Return the sheets that name an office or a ground, in themselves or in one of their rows."""
    found = Procedure.objects.none()
    for field in fields_naming(type(instance)):
        naming = field.model._base_manager.filter(**{field.name: instance})
        pks = naming.values("pk" if field.model is Procedure else "procedure")
        found |= Procedure.objects.filter(pk__in=pks)
    return found


@receiver(pre_delete, sender=Prefecture)
@receiver(pre_delete, sender=Ground)
def keep_what_sheets_name(sender, instance, **kwargs):
    """Deleting an office would take it off its sheets without a word in their history."""
    sheets = set(sheets_naming(instance))
    if sheets:
        raise ProtectedError(f"{instance} : des fiches le nomment.", sheets)
