"""What is tried on one database, since none changes it: how pages look, and what asks for none."""

import pytest
from django.db import connection

from . import own_site, served

ASKS = {"db", "transactional_db"}
# They run the site in another process, on the database of this run.
OTHER_PROCESSES = {own_site.__name__, served.__name__}


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
        or runs_elsewhere(item.module)
    )


def runs_elsewhere(module):
    """Tell whether ``module`` names anything of those that start another process."""
    named = (getattr(value, "__module__", None) for value in vars(module).values())
    return not OTHER_PROCESSES.isdisjoint(named)
