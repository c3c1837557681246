"""Row locks, taken in one order by everybody, so that no two writers wait for each other.

Offices before sheets, rows in the order of their keys, nothing joined: a lock of a sheet that
reached its département would stop whoever writes another sheet of it. On SQLite the transaction
itself is the lock.
"""

from .reading_back import batches


def locked(model, pks):
    """Lock rows of ``model`` until the transaction ends; return {pk: row} of those that exist."""
    found = {}
    for some in batches(sorted(pks)):
        rows = model._base_manager.select_for_update(of=("self",)).filter(pk__in=some)
        found |= {row.pk: row for row in rows.order_by("pk")}
    return found
