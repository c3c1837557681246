"""Starts the server: the one place that says how. See docs/decisions/0013-server.md.

python -m aes_cms.server --address 127.0.0.1 --port 8000
"""

import argparse
import gc
import os
import signal
import subprocess
import sys
from contextlib import suppress
from functools import partial
from importlib import import_module

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from . import port, starting, stopping

# Of each of the two processes. Who waits for the database takes one; so does what is being sent, of
# which ``wsgi.py`` lets in fewer.
THREADS = 8
SITE = "aes_cms.wsgi:application"
LOGGING = {
    "formatters": {"line": {"()": "aes_cms.log_lines.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"_granian": {"handlers": ["stderr"], "propagate": False}},
}


def server(address, port, application=SITE):
    served = Granian(
        application,
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=THREADS,
        http=HTTPModes.http1,
        websockets=False,
        http1_settings=HTTP1Settings(
            # Milliseconds: who has not asked by then, or has nothing more to ask, is let go.
            header_read_timeout=10_000,
            # Bytes; a head of 100 KB still passes, a longer one gets a bare 431.
            max_buffer_size=2**16,
        ),
        respawn_failed_workers=True,
        # Seconds, for what is being answered when the server is told to stop.
        workers_kill_timeout=30,
        # No access log; nothing of who asks is in an error.
        log_level=LogLevels.error,
        log_dictconfig=LOGGING,
    )
    # By then it has an answer to signals, and no other process yet.
    served.on_startup(partial(stopping.hear, signal.SIGTERM, signal.SIGINT))
    return served


def load(target):
    """Return the site, in a process of its own, which may be told to stop before it has it."""
    # What it inherits here is the answer of the process that started it; its own comes after this.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    stopping.hear(signal.SIGTERM)
    module, name = target.split(":")
    site = getattr(import_module(module), name)
    if target == SITE:
        _know_the_places()
    return site


def _know_the_places():
    """Read the names of all communes now: who searches first would wait for it."""
    # What needs the settings and the models.
    from django.db import Error, connection

    from prefectures.finder.kept import index

    # A database that is not there is told to whoever asks for a page.
    with suppress(Error):
        index()
    connection.close()
    # It stays: looking through it for garbage would take Python a third of a second each time.
    gc.freeze()


def main():
    parser = argparse.ArgumentParser(description="Lance le serveur du site.")
    parser.add_argument("--address", default="127.0.0.1", help="adresse où il écoute")
    parser.add_argument("--port", default="8000", help="port où il écoute")
    asked = parser.parse_args()
    starting.stop_on(
        [*starting.faults(os.environ, at_start=True), *port.faults(asked.address, asked.port)]
    )
    if status := subprocess.run([sys.executable, "-m", "aes_cms.before_serving"]).returncode:
        sys.exit(status)
    server(asked.address, int(asked.port)).serve(target_loader=load)


if __name__ == "__main__":
    main()
