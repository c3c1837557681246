"""What a file may add and delete that stands alone: of some there is one only, some is in use."""

from django.core.exceptions import ValidationError

from ..models import Prefecture, fields_naming
from ..sheets.checking import as_instance
from ..sheets.kinds import OFFICES
from .plan import REMOVED


def refuse_a_second_one(planned):
    """Of some offices there is one only: the préfecture of a département, the seat of one."""
    try:
        item = as_instance(planned.kind.model, planned.after)
        item.validate_unique()
        item.validate_constraints()
    except ValidationError as error:
        for sentence in error.messages:
            planned.refuse(sentence)


def refuse_offices_in_use(rows):
    """An office that sheets name, or on which others depend, stays."""
    gone = [row for row in rows if row.kind is OFFICES and row.status == REMOVED]
    if not gone:
        return
    pks = [row.before.pk for row in gone]
    named = {
        pk
        for field in fields_naming(Prefecture)
        for (pk,) in field.model._base_manager.filter(**{f"{field.name}__in": pks})
        .order_by()
        .values_list(field.name)
    }
    above = set(Prefecture.objects.filter(parent__in=pks).values_list("parent", flat=True))
    for row in gone:
        if row.before.pk in named:
            row.refuse("Des fiches nomment ce guichet : retirez-le d’abord de ces fiches.")
        elif row.before.pk in above:
            row.refuse("D’autres guichets dépendent de celui-ci : il ne peut pas être supprimé.")
