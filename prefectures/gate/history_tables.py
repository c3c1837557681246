"""What the history of a model keeps, and in which tables.

django-simple-history has no public way to ask; these are the only lines that know its own names.
"""

from functools import cache


@cache
def history_of(model):
    """Return the model of its history rows."""
    # Asked once, as are the links: at each ``history`` the library makes a manager's class anew.
    return model.history.model


def has_history(model):
    return hasattr(model._meta, "simple_history_manager_attribute")


@cache
def fields_of(model):
    """Return the fields of ``model`` that a row of its history holds, its key included."""
    return tuple(history_of(model).tracked_fields)


@cache
def columns_of(model):
    """Return the names of the attributes of ``model`` that its history keeps."""
    return tuple(field.attname for field in fields_of(model))


@cache
def links_of(model):
    """Return the many-to-many fields of ``model`` whose links its history keeps."""
    return tuple(
        model._meta.get_field(field.name) for field in history_of(model)._history_m2m_fields
    )


def kept_in(model):
    """Return the models of the rows in which the history of ``model`` is."""
    return [history_of(model), *(past_links_of(model, field) for field in links_of(model))]


@cache
def past_links_of(model, field):
    """Return the model of the links of ``field`` that history rows of ``model`` have."""
    return getattr(history_of(model), field.name).model
