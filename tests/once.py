"""What is tried on one database, since none changes it: how pages look, and what asks for none."""

import subprocess

import pytest
from django.db import connection

from . import own_site, served

ASKS = {"db", "transactional_db"}
# Whoever starts another process may have it ask the database of this run.
STARTING = {own_site.__name__, served.__name__}


def try_once(items):
    """Skip on another database than SQLite what would be tried there a second time."""
    if connection.vendor == "sqlite":
        return
    looks = pytest.mark.skip("What makes the page is tried on both databases, its looks on one.")
    asks_for_none = pytest.mark.skip("It asks for no database.")
    for item in items:
        if item.get_closest_marker("looks"):
            item.add_marker(looks)
        elif not asks_for_database(item):
            item.add_marker(asks_for_none)


def asks_for_database(item):
    return (
        item.get_closest_marker("django_db") is not None
        or bool(ASKS.intersection(item.fixturenames))
        or starts_a_process(item.module)
    )


def starts_a_process(module):
    """Tell whether ``module`` imports what another process is started with."""
    names = vars(module).values()
    return any(
        name is subprocess or getattr(name, "__module__", None) in STARTING for name in names
    )
