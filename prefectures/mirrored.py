"""Whether a page is made for a copy of the site, which goes where no server answers.

Templates are compiled once for all: they ask while they are rendered. Whoever reads a copy reads it
on another day, so what is said there must stay true (``prefectures/mirror/``).
"""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Copy:
    """A copy of the site, made on ``day``; ``site`` is the address of the living one, or ""."""

    day: date
    site: str


_being_made = ContextVar("copy_being_made", default=None)


def copy_being_made():
    """Return the ``Copy`` for which pages are made now, None where they are for who asks."""
    return _being_made.get()


@contextmanager
def making(copy):
    """Have pages made for ``copy`` within."""
    token = _being_made.set(copy)
    try:
        yield
    finally:
        _being_made.reset(token)
