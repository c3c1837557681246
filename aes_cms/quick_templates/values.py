"""Values and conditions of templates: each becomes a function of the context."""

from operator import contains, eq, ge, gt, is_, is_not, le, lt, ne

from django.utils.safestring import SafeData, mark_safe


class UnsureError(Exception):
    """What is asked is not usual: Django knows what to do, or what to complain of."""


def asked_values(expressions):
    asked = [(name, asked_value(expression)) for name, expression in expressions.items()]

    def values_of(context):
        return {name: value_of(context) for name, value_of in asked}

    return values_of


def asked_value(expression, or_none=False):
    """Return what asks a context for the value of ``expression``; ``or_none`` where it has none."""
    value_of = _named(expression.var, or_none) if expression.is_var else always(expression.var)
    for function, arguments in expression.filters:
        value_of = _filtered(value_of, function, arguments)
    return value_of


def always(value):
    return lambda context: value


def _named(variable, or_none=False):
    if variable.translate:
        raise UnsureError
    if variable.lookups is None:
        return always(variable.literal)
    name, *others = variable.lookups

    def value_of(context):
        names = context.dicts[-1]
        if name in names:
            value = names[name]
        elif or_none:
            return None
        else:
            raise UnsureError
        if callable(value):
            value = _called(value)
        for other in others:
            if value is None and or_none:
                return None
            value = _part_of(value, other)
            if callable(value):
                value = _called(value)
        return value

    return value_of


# Classes whose objects have attributes alone.
WITHOUT_ITEMS = set()


def _part_of(value, name):
    kind = type(value)
    try:
        if kind in WITHOUT_ITEMS:
            return getattr(value, name)
        if not hasattr(kind, "__getitem__"):
            WITHOUT_ITEMS.add(kind)
            return getattr(value, name)
        try:
            return value[name]
        except (TypeError, KeyError):
            return getattr(value, name)
    except Exception as error:
        raise UnsureError from error


def _called(value):
    if getattr(value, "do_not_call_in_templates", False):
        return value
    if getattr(value, "alters_data", False):
        raise UnsureError
    try:
        return value()
    except Exception as error:
        raise UnsureError from error


def _filtered(value_of, function, arguments):
    given = [
        _named(value) if is_asked else always(mark_safe(value)) for is_asked, value in arguments
    ]
    if getattr(function, "expects_localtime", False):
        raise UnsureError
    named = {"autoescape": True} if getattr(function, "needs_autoescape", False) else {}
    is_safe = getattr(function, "is_safe", False)

    def filtered(context):
        value = value_of(context)
        found = function(value, *[argument(context) for argument in given], **named)
        return mark_safe(found) if is_safe and isinstance(value, SafeData) else found

    return filtered


COMPARED = {
    "in": lambda one, other: contains(other, one),
    "not in": lambda one, other: not contains(other, one),
    "is": is_,
    "is not": is_not,
    "==": eq,
    "!=": ne,
    ">": gt,
    ">=": ge,
    "<": lt,
    "<=": le,
}


def asked_condition(operator):
    """Return what tells whether a condition of ``{% if %}`` holds."""
    if operator.id == "literal":
        return asked_value(operator.value, or_none=True)
    first = asked_condition(operator.first)
    second = asked_condition(operator.second) if operator.second else None
    compared = {"not": _not, "or": _or, "and": _and}.get(operator.id)
    told = compared(first, second) if compared else _compared(operator.id, first, second)

    def holds(context):
        try:
            return told(context)
        except UnsureError:
            raise
        except Exception as error:
            # To Django, what cannot be compared does not hold.
            raise UnsureError from error

    return holds


def _not(first, second):
    return lambda context: not first(context)


def _or(first, second):
    return lambda context: first(context) or second(context)


def _and(first, second):
    return lambda context: first(context) and second(context)


def _compared(name, first, second):
    compared = COMPARED[name]
    return lambda context: compared(first(context), second(context))
