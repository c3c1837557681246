"""The server is told to stop: it hears, and whoever has sent something gets the answer to it."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest
from django.conf import settings
from django.urls import reverse

from prefectures.models import Procedure

from .admin.forms import posted
from .gate.holding import held
from .served import PATIENCE, session_of, started

# Seconds in which what was sent has arrived, and the server has been told.
ARRIVES = 0.5
TOLD = "os.kill(os.getpid(), signal.SIGTERM)"
# For minutes the main thread does what no signal interrupts, while others may go on.
BUSY = "hashlib.pbkdf2_hmac('sha256', b'', b'', 10**9)"
ANSWERED = "signal.signal(signal.SIGTERM, lambda *_: os._exit(3))"
HEARD = "stopping.hear(signal.SIGTERM)"


@pytest.fixture
def sheet(transactional_db):
    return Procedure.objects.get(slug="sous-prefecture-de-beziers")


def status_of(*lines):
    """Return the status with which a process ends that does ``lines``."""
    program = ["import hashlib, os, signal", "from aes_cms import stopping", *lines]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(program)],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"]},
        timeout=PATIENCE,
        check=False,
    )
    return done.returncode


def test_it_is_heard_while_the_main_thread_hears_nothing():
    assert status_of(ANSWERED, HEARD, TOLD, BUSY) == 3


def test_it_is_heard_when_it_comes_before_anything_listens():
    blocked = "signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])"
    assert status_of(blocked, TOLD, ANSWERED, HEARD, BUSY) == 3


def test_it_ends_what_has_no_answer_to_it_yet():
    assert status_of(HEARD, TOLD, BUSY) == 128 + signal.SIGTERM


@pytest.mark.django_db(transaction=True)
def test_what_is_being_saved_is_saved(tmp_path, sheet, admin_user, admin_client):
    form = reverse("admin:prefectures_procedure_change", args=[sheet.pk])
    data = posted(admin_client.get(form), headline="Au guichet.", reason="Lu ce matin")
    session = session_of(admin_user)
    with started(tmp_path) as server, ThreadPoolExecutor() as threads:
        with held(sheet):
            saving = threads.submit(server.post, form, data, session)
            sleep(ARRIVES)
            server.process.send_signal(signal.SIGTERM)
            sleep(ARRIVES)
        assert saving.result().status == 302
        assert server.process.wait(20) == 0
    sheet.refresh_from_db()
    assert sheet.headline == "Au guichet."
