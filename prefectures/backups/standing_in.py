"""Another database stands in for the site's own: a copy, or one that is to take its place.

All that is asked of models, and by commands, goes to the connection called "default". Whatever
looks at the site's history, makes its tables or writes in it can so be used on another database,
without knowing of it.
"""

from contextlib import contextmanager
from copy import deepcopy

from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, connections


def beside(connection, **changes):
    """Return a connection of the same kind, not open yet, some of whose settings are others."""
    other = connection.copy()
    other.settings_dict = deepcopy(connection.settings_dict) | changes
    return other


@contextmanager
def standing_in(other):
    """Have this thread ask ``other`` inside, which is closed at the end."""
    usual = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = other
    # Django remembers their keys, which are others there.
    ContentType.objects.clear_cache()
    try:
        yield other
    finally:
        other.close()
        connections[DEFAULT_DB_ALIAS] = usual
        ContentType.objects.clear_cache()
