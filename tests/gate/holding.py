"""A colleague who holds a sheet, while the test does something else and is in a hurry."""

import threading
from contextlib import contextmanager

from django.db import connection, transaction

from prefectures.gate.locking import locked
from prefectures.models import Procedure

IMPATIENT = {"sqlite": "PRAGMA busy_timeout = 50", "postgresql": "SET lock_timeout = 50"}


@contextmanager
def held(sheet):
    """Hold ``sheet`` locked in another connection; this one waits for a moment only."""
    holds, may_end = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            locked(Procedure, [sheet.pk])
            holds.set()
            may_end.wait(20)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    holds.wait(10)
    with connection.cursor() as cursor:
        cursor.execute(IMPATIENT[connection.vendor])
    try:
        yield
    finally:
        may_end.set()
        thread.join(20)
        connection.close()
