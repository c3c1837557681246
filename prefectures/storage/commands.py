"""What a command says where the database is away, or takes nothing: a sentence, no traceback."""

import sys
from contextlib import contextmanager

from django.db import Error

from .gone import DatabaseGoneError
from .troubles import trouble


@contextmanager
def in_a_sentence():
    """End the program, with 1, where the database keeps it from its work."""
    try:
        yield
    except Error as error:
        found = trouble(error)
        if found is None:
            raise
        said = str(error).strip()
        sys.exit(said if isinstance(error, DatabaseGoneError) else f"{found.title} :\n    {said}")
