"""The server itself, started as script/server starts it, and what is sent to it over the wire."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.db import connection
from django.test import Client

from .collected import collect_under_their_own_names

PATIENCE = 15
TOKEN = "x" * 32


class Answer:
    """What came over the wire."""

    def __init__(self, raw):
        head, _, self.body = raw.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        self.status = int(lines[0].split()[1])
        fields = (line.partition(": ") for line in lines[1:])
        self.headers = {name.lower(): value for name, _, value in fields}

    @property
    def is_bare_or_french(self):
        return not self.body or b'<html lang="fr"' in self.body


class Server:
    def __init__(self, port, process):
        self.port, self.process = port, process

    def connect(self, sent=b""):
        opened = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        opened.sendall(sent)
        return opened

    def ask(self, line, *headers, body=b""):
        """Send a request that ends the connection; return what came until the server closed it."""
        head = "".join(f"{text}\r\n" for text in (line, *headers, "Connection: close"))
        with self.connect(head.encode("latin-1") + b"\r\n" + body) as opened:
            return Answer(b"".join(iter(lambda: opened.recv(2**16), b"")))

    def get(self, address, *headers):
        return self.ask(f"GET {address} HTTP/1.1", "Host: guide.example", *headers)

    def post(self, address, data, session):
        """Send ``data``, as a form does, for whoever has ``session``."""
        body = urlencode({**data, "csrfmiddlewaretoken": TOKEN}, doseq=True).encode()
        return self.ask(
            f"POST {address} HTTP/1.1",
            "Host: guide.example",
            f"Cookie: {settings.SESSION_COOKIE_NAME}={session}; csrftoken={TOKEN}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
            body=body,
        )

    def stop(self, by=signal.SIGTERM):
        """Return (exit status, seconds that it took, all that was ever printed)."""
        began = time.monotonic()
        self.process.send_signal(by)
        printed, _ = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, time.monotonic() - began, printed


def session_of(user):
    """Sign ``user`` in; return the key of the session."""
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def address_of_the_tests_database():
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def variables(folder, database=None):
    """Return the environment of a server whose data are in ``folder``."""
    return {
        **os.environ,
        "AES_MODE": "development",
        # Who has signed in to the tests' own site has signed in to this one.
        "SECRET_KEY": settings.SECRET_KEY,
        "DEBUG": "",
        "DATA_DIR": str(folder),
        "DATABASE_URL": database or address_of_the_tests_database(),
    }


@contextmanager
def started(folder, database=None):
    """Within: the site is served, with files that bear their own names.

    From the tests' database, or from the one that ``database``, a DATABASE_URL, names.
    """
    collect_under_their_own_names(folder / "static")
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "aes_cms.server", "--port", str(port)],
        cwd=settings.BASE_DIR,
        env=variables(folder, database),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    server = Server(port, process)
    try:
        wait_for(server)
        yield server
    finally:
        if process.poll() is None:
            # Its own processes too: they would go on without it.
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def wait_for(server):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.process.poll() is None:
        try:
            server.connect().close()
            return
        except ConnectionRefusedError:
            time.sleep(0.05)
    raise AssertionError(f"the server did not start: {server.process.communicate()[0]}")
