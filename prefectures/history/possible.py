"""What no longer fits when a changeset is undone: taken addresses, things that are gone or in use.

Told before anything is written, object by object, so that the rest can be undone.
"""

from collections import defaultdict

from django.db.models import UniqueConstraint

from ..gate.conditions import holds
from ..gate.reading_back import chunks
from ..models import Prefecture, Procedure, fields_naming
from ..sheets.checking import as_instance
from ..sheets.kinds import ALONE, SHEETS
from ..sheets.state import Item
from .undoing import BROUGHT_BACK, PUT_BACK, TAKEN_AWAY

GONE = "n’est plus là"
OWNERS = tuple(kind.model for kind in (*ALONE, SHEETS))


def leave_out_the_impossible(undoing):
    """Keep as it is whatever of ``undoing`` the database would refuse; say why."""
    _keep_parts_without_sheet(undoing)
    _leave_out_what_leads_nowhere(undoing)
    for model in OWNERS:
        _keep_what_another_has_taken(undoing, model)
    # A sheet that does not come back takes its parts with it, an office its sheets' mention.
    _keep_parts_without_sheet(undoing)
    _leave_out_what_leads_nowhere(undoing)
    _keep_offices_in_use(undoing)


def _keep_parts_without_sheet(undoing):
    parts = [item for item in undoing.undone if item.model not in OWNERS]
    coming = {item.pk for item in undoing.of(Procedure, BROUGHT_BACK)}
    there = coming | {pk for pk, version in undoing.versions.items() if version}
    for item in parts:
        if item.what == BROUGHT_BACK and item.sheet not in there:
            item.keep("sa fiche n’est plus là : ne revient pas")


def _leave_out_what_leads_nowhere(undoing):
    """Empty what would name something that was deleted since."""
    wanted = defaultdict(set)
    for _, column, keys in _targets(undoing):
        wanted[column.related_model] |= keys
    there = {target: _existing(undoing, target, keys) for target, keys in wanted.items()}
    for item, column, keys in list(_targets(undoing)):
        left = keys & there[column.related_model]
        if left == keys:
            continue
        if column.many_to_many:
            item.leave_out(column, f"une partie {GONE}", left)
        else:
            item.leave_out(column, f"ce qui y était {GONE}")


def _targets(undoing):
    """Yield (item, column, keys that it leads to) for all that is to be written."""
    for item in undoing.undone:
        for name, value in item.values.items():
            column = item.model._meta.get_field(name)
            if (
                column.is_relation
                and column.name != "procedure"
                and value not in (None, frozenset())
            ):
                yield item, column, value if column.many_to_many else frozenset([value])


def _existing(undoing, model, keys):
    there = {item.pk for item in undoing.of(model, BROUGHT_BACK)}
    there |= {pk for (pk,) in chunks(model._base_manager, "pk", keys, "pk")}
    return there - {item.pk for item in undoing.of(model, TAKEN_AWAY)}


# --- What there is once only ------------------------------------------------------------------


def _keep_what_another_has_taken(undoing, model):
    items = [item for item in undoing.undone if item.model is model]
    for names, condition, sentence in _once_only(model):
        coming = defaultdict(list)
        for item in items:
            if item.what in (BROUGHT_BACK, PUT_BACK):
                coming[_place(model, names, condition, item.final)].append(item)
        coming.pop(None, None)
        own = {item.pk for item in items}
        taken = _places_of_others(model, names, condition, coming, own)
        for place, several in coming.items():
            # Of two that come back to one place, neither is preferred.
            if place in taken or len(several) > 1:
                for item in several:
                    item.keep(f"{sentence} Reste comme c’est maintenant.")


def _once_only(model):
    """Yield (fields, condition, sentence) of what at most one object may have."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield constraint.fields, constraint.condition, constraint.violation_error_message
    for column in model._meta.fields:
        if column.unique and not column.primary_key:
            sentence = f"« {column.verbose_name} » : un autre l’est devenu depuis."
            yield [column.name], None, sentence


def _place(model, names, condition, item):
    place = tuple(item.values[name] for name in names)
    is_one = condition is None or holds(condition, as_instance(model, item))
    return None if None in place or not is_one else place


def _places_of_others(model, names, condition, places, own):
    rows = model._base_manager.filter(condition) if condition is not None else model._base_manager
    found = chunks(rows.all(), names[0], {place[0] for place in places}, "pk", *names)
    return {tuple(place) for pk, *place in found if pk not in own}


# --- What is in use ---------------------------------------------------------------------------


def _keep_offices_in_use(undoing):
    """An office that the import added, and that somebody has put on a sheet since, stays."""
    leaving = {item.pk: item for item in undoing.of(Prefecture, TAKEN_AWAY)}
    if not leaving:
        return
    coming = {(item.model, item.pk): item for item in undoing.undone}
    for field in fields_naming(Prefecture):
        naming = field.model._base_manager.filter(**{f"{field.name}__in": leaving}).order_by()
        for pk, office in naming.values_list("pk", field.name):
            if office in leaving and not _lets_go(coming.get((field.model, pk)), field, office):
                leaving[office].keep("des fiches le nomment depuis : reste")
    children = Prefecture._base_manager.filter(parent__in=leaving).values_list("pk", "parent")
    offices = {item.pk: item for item in undoing.undone if item.model is Prefecture}
    for pk, parent in children:
        final = offices[pk].final if pk in offices else Item(pk, {"parent": parent})
        if final is not None and final.values["parent"] == parent:
            leaving[parent].keep("un autre guichet en dépend depuis : reste")


def _lets_go(item, field, office):
    """Whether undoing ``item``, a sheet or one of its rows, leaves ``office`` unnamed."""
    if item is None:
        return False
    if item.final is None:
        return True
    value = item.final.values[field.name]
    return office not in value if field.many_to_many else office != value
