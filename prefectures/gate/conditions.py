"""A model's check constraints, asked of an object that is not saved: no query, a sentence each.

Django sends a query for each: eight for each row of a form or of a spreadsheet.
"""

from django.db.models import CheckConstraint, F, Q


def knows_its_choices(**sentences):
    """Let the database refuse, in these ``sentences``, what is no choice of a model’s field."""
    return _refusing(sentences, "{}_{}_is_known", _is_a_choice)


def requires(**sentences):
    """Let the database refuse, in these ``sentences``, an empty text in a model’s field."""
    return _refusing(sentences, "{}_has_{}", lambda field: ~Q(**{field.name: ""}))


def _is_a_choice(field):
    return Q(**{f"{field.name}__in": [value for value, _ in field.flatchoices]})


def _refusing(sentences, name, condition):
    def constrained(model):
        model._meta.constraints += [
            CheckConstraint(
                name=name.format(model._meta.model_name, field),
                condition=condition(model._meta.get_field(field)),
                violation_error_message=sentence,
            )
            for field, sentence in sentences.items()
        ]
        return model

    return constrained


def broken_conditions(instance, exclude=()):
    """Return the sentences of the check constraints of its model that ``instance`` breaks.

    Those that speak of a field of ``exclude`` are not asked.
    """
    return [
        constraint.violation_error_message
        for constraint in instance._meta.constraints
        if isinstance(constraint, CheckConstraint)
        and not set(exclude).intersection(_fields(constraint.condition))
        and holds(constraint.condition, instance) is False
    ]


def _fields(condition):
    for child in condition.children:
        if isinstance(child, Q):
            yield from _fields(child)
        else:
            yield child[0].partition("__")[0]


def holds(condition, instance):
    """Return whether ``instance`` fulfils a ``Q``: True, False or, as SQL says, None (unknown)."""
    answers = [
        holds(child, instance) if isinstance(child, Q) else _compare(*child, instance)
        for child in condition.children
    ]
    if condition.connector == Q.AND:
        answer = False if False in answers else None if None in answers else True
    else:
        answer = True if True in answers else None if None in answers else False
    return answer if answer is None else answer is not condition.negated


def _compare(path, expected, instance):
    name, _, lookup = path.partition("__")
    value = getattr(instance, instance._meta.get_field(name).attname)
    if isinstance(expected, F):
        expected = getattr(instance, instance._meta.get_field(expected.name).attname)
    match lookup:
        case "" if expected is None:
            return value is None
        case _ if value is None or expected is None:
            return None
        case "":
            return value == expected
        case "in":
            return value in expected
        case "gt":
            return value > expected
        case "gte":
            return value >= expected
    raise NotImplementedError(f"{path}: say here what this lookup means.")
