"""What is done otherwise on each database."""

from . import postgresql, sqlite

ENGINES = {engine.NAME: engine for engine in (sqlite, postgresql)}


def of(connection):
    return ENGINES[connection.vendor]


def in_words(name):
    return ENGINES[name].IN_WORDS if name in ENGINES else name
