"""An ``Item`` as the object that it would be: begun, made, and asked what refuses it."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from ..gate.conditions import broken_conditions
from ..gate.history_tables import links_of
from .state import Item, OwnRow


def new_item(model, **values):
    """Return the ``Item`` of a new object of ``model``, with what its fields begin with."""
    begun = {
        field.name: field.get_default() for field in model._meta.fields if not field.primary_key
    }
    links = {field.name: frozenset() for field in model._meta.many_to_many}
    return Item(None, begun | links | values)


def as_instance(model, item):
    """Return the object of ``model`` that ``item`` describes, without what it is linked to."""
    links = {field.name for field in links_of(model)}
    attributes = {
        model._meta.get_field(name).attname: _key(value)
        for name, value in item.values.items()
        if name not in links
    }
    instance = model(pk=item.pk, **attributes)
    instance._state.adding = item.pk is None
    return instance


# Stands for the key of what is not written yet: it leads somewhere, and is nobody's.
NOT_YET = 0


def _key(value):
    """Return the key of what a value leads to."""
    if isinstance(value, OwnRow):
        return NOT_YET
    return (value.pk or NOT_YET) if isinstance(value, Item) else value


def refusals(model, item, known=None):
    """Return {name of the field, "" of several: sentences} of what refuses ``item``.

    Its values are cleaned, as saving does. ``known`` are objects that it may lead to, {model: {key:
    object}}.
    """
    instance = as_instance(model, item)
    columns = [field for field in model._meta.fields if field.name in item.values]
    for field in columns:
        there = (known or {}).get(field.related_model, {}) if field.is_relation else {}
        key = item.values[field.name]
        if there and not isinstance(key, OwnRow | Item) and key in there:
            setattr(instance, field.name, there[key])
    found = {}
    try:
        instance.clean()
        instance.clean_fields(exclude={field.name for field in columns if field.is_relation})
    except ValidationError as error:
        # What ``clean`` says of no field in particular comes without any.
        said = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        found = {"" if name == NON_FIELD_ERRORS else name: told for name, told in said.items()}
    for field in columns:
        is_owner = field.name == "procedure"
        if field.is_relation and not (field.null or is_owner) and not item.values[field.name]:
            found[field.name] = [str(field.error_messages["blank"])]
    if broken := broken_conditions(instance):
        found.setdefault("", []).extend(broken)
    for field in columns:
        if not isinstance(item.values[field.name], OwnRow | Item):
            item.values[field.name] = getattr(instance, field.attname)
    return found
