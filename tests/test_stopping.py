"""The server is told to stop while it answers: whoever has sent something gets the answer to it."""

import signal
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest
from django.db import connection, transaction
from django.urls import reverse

from prefectures.gate.locking import locked
from prefectures.models import Procedure

from .admin.forms import posted
from .served import session_of, started

pytestmark = pytest.mark.django_db(transaction=True)
# Seconds in which what was sent has arrived, and the server has been told.
ARRIVES = 0.5


@pytest.fixture
def sheet(transactional_db):
    return Procedure.objects.get(slug="sous-prefecture-de-beziers")


def test_what_is_being_saved_is_saved(tmp_path, sheet, admin_user, admin_client):
    """A colleague holds the sheet meanwhile."""
    form = reverse("admin:prefectures_procedure_change", args=[sheet.pk])
    data = posted(admin_client.get(form), headline="Au guichet.", reason="Lu ce matin")
    session = session_of(admin_user)
    may_end, holds = Event(), Event()

    def hold():
        with transaction.atomic():
            locked(Procedure, [sheet.pk])
            holds.set()
            may_end.wait(20)
        connection.close()

    with started(tmp_path) as server, ThreadPoolExecutor() as threads:
        holding = threads.submit(hold)
        assert holds.wait(10)
        saving = threads.submit(server.post, form, data, session)
        sleep(ARRIVES)
        server.process.send_signal(signal.SIGTERM)
        sleep(ARRIVES)
        may_end.set()
        holding.result()
        assert saving.result().status == 302
        assert server.process.wait(20) == 0
    sheet.refresh_from_db()
    assert sheet.headline == "Au guichet."
