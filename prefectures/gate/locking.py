"""Row locks, taken in one order by everybody, so that no two writers wait for each other.

Offices before sheets, rows in the order of their keys, nothing joined: a lock of a sheet that
reached its département would stop whoever writes another sheet of it. On SQLite the transaction
itself is the lock.
"""

from django.db import connection

from .reading_back import batches

# Of this lock of PostgreSQL's, which has no row: a number of our own ("AES").
TURN = 0x414553


def locked(model, pks):
    """Lock rows of ``model`` until the transaction ends; return {pk: row} of those that exist."""
    found = {}
    for some in batches(sorted(pks)):
        rows = model._base_manager.select_for_update(of=("self",)).filter(pk__in=some)
        found |= {row.pk: row for row in rows.order_by("pk")}
    return found


def wait_for_turn():
    """Let changesets end one after the other: wait for who is ending, and hold it to the commit.

    Whoever has the turn sees all that those before have written, and locks nothing else.
    """
    if connection.vendor == "postgresql":
        # Foreign keys, which it checks at the commit, may wait there for somebody who waits for
        # this turn: they come before.
        connection.check_constraints()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
