"""Sheets, and what stands alone, are written as they were read, or not at all."""

from ..gate.locking import locked
from ..gate.reading_back import newest_ids
from ..models import Procedure, StaleVersionError
from .kinds import ALONE


def lock_as_read(sheets, alone=None):
    """Wait for whoever writes these; return {pk: sheet} of those that are there.

    ``sheets`` is {pk: version, 0 where none was}; ``alone`` is of offices and the like, {model:
    {pk: newest row of its history}}. Raises StaleVersionError when one was written since.
    """
    for kind in ALONE:
        rows = (alone or {}).get(kind.model, {})
        locked(kind.model, rows)
        if rows and newest_ids(kind.model, rows) != rows:
            raise StaleVersionError
    there = locked(Procedure, sheets)
    for pk, version in sheets.items():
        if (there[pk].version if pk in there else 0) != version:
            raise StaleVersionError(there.get(pk))
    return there
