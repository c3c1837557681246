"""The server is killed while editors work: all that they were told is saved is there, whole."""

import os
import random
import signal
from time import sleep

import pytest
from django.db import connection

from prefectures.models import Procedure

from .killing import Importer, Publisher, Writer, inner_faults, lost_or_halved
from .seed import SEED
from .served import session_of, started
from .size import AT_FULL_SIZE

pytestmark = pytest.mark.django_db(transaction=True)
KILLS = 100 if AT_FULL_SIZE else 10
# Seconds from the first thing that is confirmed.
LATEST = 2.0 if AT_FULL_SIZE else 0.6
WRITERS, PUBLISHERS, IMPORTERS = 4, 2, 2
SHEETS_IMPORTED = 4


def at_work(server, session, client):
    """Return eight editors, each of sheets of its own, who have not begun."""
    sheets = iter(Procedure.objects.order_by("pk"))
    return [
        *(Writer(server, session, client=client, sheet=next(sheets)) for _ in range(WRITERS)),
        *(Publisher(server, session, sheet=next(sheets)) for _ in range(PUBLISHERS)),
        *(
            Importer(server, session, sheets=[next(sheets) for _ in range(SHEETS_IMPORTED)])
            for _ in range(IMPORTERS)
        ),
    ]


def kill(server):
    os.killpg(server.process.pid, signal.SIGKILL)
    server.process.wait()


def test_whatever_was_confirmed_is_there_after_a_kill_and_nothing_by_half(
    tmp_path, admin_user, admin_client
):
    chance = random.Random(SEED)
    print(f"seed {SEED}")
    session = session_of(admin_user)
    confirmed = cut = 0
    for number in range(KILLS):
        with started(tmp_path) as server:
            editors = at_work(server, session, admin_client)
            connection.close()
            for editor in editors:
                editor.start()
            while not any(editor.confirmed or editor.fault for editor in editors):
                sleep(0.01)
            sleep(chance.uniform(0, LATEST))
            kill(server)
            for editor in editors:
                editor.join()
        assert [editor.fault for editor in editors if editor.fault] == []
        wrong = lost_or_halved(editors, SHEETS_IMPORTED) + inner_faults()
        assert wrong == [], f"kill {number}, seed {SEED}"
        confirmed += sum(len(editor.confirmed) for editor in editors)
        cut += sum(len(editor.sent) - len(editor.confirmed) for editor in editors)
    print(f"{KILLS} kills, {confirmed} changes confirmed, {cut} cut off")
    assert confirmed >= KILLS
    assert cut
