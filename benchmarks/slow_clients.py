"""Whether readers still read while hundreds of connections send a byte at a time.

    .venv/bin/python benchmarks/slow_clients.py http://127.0.0.1:8000
    .venv/bin/python benchmarks/slow_clients.py https://127.0.0.1 --name guide.example.org

Loads a site that runs on this machine, and no other: 200 connections each drip the head of a
request, or its body, a byte every half second, and open another once they are let go;
meanwhile readers ask for a page, one after the other. Given are the times of their answers, before
and meanwhile, and what became of the drips. Certificates are not verified.
"""

import argparse
import socket
import ssl
import sys
from collections import Counter
from contextlib import suppress
from ipaddress import ip_address
from statistics import quantiles
from threading import Event, Lock, Thread
from time import monotonic, sleep
from urllib.parse import urlsplit

DRIPS, READERS, SECONDS = 200, 4, 30
PAUSE, PAUSE_OF_READERS = 0.5, 0.1
TOKEN = "a" * 32
# Enough of each for none to end by itself. Without a token, no body would be read.
HEADS = {
    "heads": "GET / HTTP/1.1\r\nHost: {name}\r\nX-Slow: " + "a" * 1000,
    "bodies": (
        "POST /admin/login/ HTTP/1.1\r\nHost: {name}\r\nX-Forwarded-Proto: https\r\n"
        f"Origin: https://{{name}}\r\nCookie: csrftoken={TOKEN}; __Host-csrftoken={TOKEN}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n"
    )
    + "a" * 999,
}


class Site:
    def __init__(self, address, name):
        parts = urlsplit(address)
        if not ip_address(parts.hostname).is_loopback:
            sys.exit("only a site of this machine: http://127.0.0.1:8000")
        self.is_safe = parts.scheme == "https"
        self.at = parts.hostname, parts.port or (443 if self.is_safe else 80)
        self.name = name
        self.tls = ssl.create_default_context()
        self.tls.check_hostname, self.tls.verify_mode = False, ssl.CERT_NONE

    def connect(self):
        opened = socket.create_connection(self.at, timeout=30)
        return self.tls.wrap_socket(opened, server_hostname=self.name) if self.is_safe else opened

    def read(self):
        """Ask for a page over a connection of its own; return (status, seconds)."""
        began = monotonic()
        head = f"GET / HTTP/1.1\r\nHost: {self.name}\r\nX-Forwarded-Proto: https\r\n"
        with self.connect() as opened:
            opened.sendall(f"{head}Connection: close\r\n\r\n".encode())
            answer = b"".join(iter(lambda: opened.recv(2**16), b""))
        return answer[9:12].decode(), monotonic() - began


class Drips:
    """Connections that send what they have to say a byte at a time; ``let_go`` counts the ends."""

    def __init__(self, site, kind):
        self.site = site
        self.text = HEADS[kind].format(name=site.name).encode()
        # What comes first of a body is its head, whole: only the body drips.
        self.whole = self.text.find(b"\r\n\r\n") + 4 if kind == "bodies" else 0
        self.stop, self.lock = Event(), Lock()
        self.let_go, self.open = 0, 0

    def __enter__(self):
        self.threads = [Thread(target=self._drip) for _ in range(DRIPS)]
        for thread in self.threads:
            thread.start()
        self.stop.wait(2)
        return self

    def __exit__(self, *error):
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def _drip(self):
        while not self.stop.is_set():
            with suppress(OSError), self.site.connect() as opened:
                self._count(open=1)
                self._send(opened)
                self._count(open=-1, let_go=not self.stop.is_set())
            self.stop.wait(PAUSE)

    def _send(self, opened):
        with suppress(OSError):
            opened.sendall(self.text[: self.whole])
            opened.settimeout(PAUSE)
            for place in range(self.whole, len(self.text)):
                if self.stop.is_set():
                    return
                opened.sendall(self.text[place : place + 1])
                with suppress(TimeoutError):
                    # An answer, or the end: either way it is over.
                    opened.recv(2**16)
                    return

    def _count(self, open=0, let_go=0):
        with self.lock:
            self.open += open
            self.let_go += let_go


def read_for(site, seconds):
    """Return (Counter of statuses, sorted seconds) of what the readers were answered."""
    statuses, times, end = Counter(), [], monotonic() + seconds

    def read():
        while monotonic() < end:
            try:
                status, took = site.read()
            except OSError as error:
                status, took = type(error).__name__, 30
            statuses[status] += 1
            times.append(took)
            # Fewer than nginx lets one address ask for.
            sleep(PAUSE_OF_READERS)

    threads = [Thread(target=read) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses, sorted(times)


def show(title, read):
    statuses, times = read
    hundredths = quantiles(times, n=100)
    told = ", ".join(f"{1000 * part:.0f}" for part in (hundredths[49], hundredths[98], times[-1]))
    print(f"{title:<28}{dict(statuses)!s:<28} p50, p99, most: {told} ms")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("address")
    parser.add_argument("--name", default="127.0.0.1", help="the site's name")
    asked = parser.parse_args()
    site = Site(asked.address, asked.name)
    show("nobody else", read_for(site, SECONDS / 3))
    for kind in HEADS:
        with Drips(site, kind) as drips:
            show(f"{DRIPS} drip their {kind}", read_for(site, SECONDS))
            print(f"{'':<28}{drips.open} still open, {drips.let_go} were let go")


if __name__ == "__main__":
    main()
