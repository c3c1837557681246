"""Sheets and offices are written as they were read, or not at all."""

from ..gate.locking import locked
from ..gate.reading_back import newest_ids
from ..models import Prefecture, Procedure, StaleVersionError


def lock_as_read(sheets, offices=()):
    """Wait for whoever writes these; return {pk: sheet} of those that are there.

    ``sheets`` is {pk: version, 0 where none was}, ``offices`` {pk: newest row of its history}.
    Raises StaleVersionError when one was written since.
    """
    locked(Prefecture, offices)
    if offices and newest_ids(Prefecture, offices) != offices:
        raise StaleVersionError
    there = locked(Procedure, sheets)
    for pk, version in sheets.items():
        if (there[pk].version if pk in there else 0) != version:
            raise StaleVersionError(there.get(pk))
    return there
