"""The site's own server in front of an application, and wrk to load it: for ``serving.py``."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from time import sleep
from typing import NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
SITE, EMPTY = "aes_cms.wsgi:application", "benchmarks.empty_site:application"
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")

# Asks for each address in turn, and writes down as JSON what wrk prints for people.
ASKING = """
local addresses, at = {%s}, 0
request = function()
  at = at %% #addresses + 1
  local host, path = addresses[at]:match("^([^/]*)(.*)$")
  if host ~= "" then wrk.headers["Host"] = host end
  return wrk.format("GET", path)
end
done = function(summary, latency, requests)
  local failed = summary.errors
  io.stderr:write(string.format('{"requests": %%d, "microseconds": %%d, "p50": %%d, "p99": %%d, ' ..
    '"errors": %%d, "refused": %%d}', summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99),
    failed.connect + failed.read + failed.write + failed.status + failed.timeout, failed.status))
end
"""


class Load(NamedTuple):
    """What came back: milliseconds at the middle and at the 99th percent, CPU in microseconds.

    ``refused`` are those of the ``errors`` that were answered, by 400 or more; the others came too
    late, or not at all.
    """

    requests: int
    a_second: float
    p50: float
    p99: float
    errors: int
    cpu: float
    refused: int


class Server:
    """The server as ``script/server`` starts it, on a free port of this machine."""

    def __init__(self, application=SITE, ready="/vide", **environment):
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self.port = listener.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                "import sys; from aes_cms.server import load, server; "
                "server('127.0.0.1', int(sys.argv[1]), sys.argv[2]).serve(target_loader=load)",
                str(self.port),
                application,
            ],
            cwd=ROOT,
            env=os.environ | environment,
        )
        self._wait(ready)

    def _wait(self, path):
        for _ in range(300):
            try:
                urlopen(self.address + path, timeout=5).close()
            except (URLError, ConnectionError):
                sleep(0.1)
            else:
                return
        raise RuntimeError("the server does not answer")

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)

    def cpu(self):
        """Return the seconds of CPU that its processes have taken."""
        return sum(sum(map(int, _stat(pid)[11:13])) for pid in self._processes()) / TICKS

    def memory(self):
        """Return the MiB that each of its workers holds."""
        held = sorted(int(_stat(pid)[21]) * PAGE / 2**20 for pid in self._processes())
        return held[-2:]

    def load(self, paths, *, seconds=3, connections=64, headers=()):
        """Have wrk ask for ``paths``, "host/path" or "/path", in turn; return the ``Load``."""
        before = self.cpu()
        asked = json.loads(_wrk(self.address, paths, seconds, connections, headers))
        took = self.cpu() - before
        return Load(
            asked["requests"],
            asked["requests"] / asked["microseconds"] * 1e6,
            asked["p50"] / 1000,
            asked["p99"] / 1000,
            asked["errors"],
            took / asked["requests"] * 1e6,
            asked["refused"],
        )

    def _processes(self):
        found, parents = set(), {self.process.pid}
        while parents:
            found |= parents
            parents = {pid for pid in _all() if int(_stat(pid)[1]) in parents} - found
        return found


def _wrk(address, paths, seconds, connections, headers):
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(ASKING % ", ".join(f'"{path}"' for path in paths))
        script.flush()
        named = [word for header in headers for word in ("-H", header)]
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", script.name, *named]
        done = subprocess.run(
            [*command, address], check=True, text=True, capture_output=True, timeout=seconds + 60
        )
    return done.stderr


def _all():
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def _stat(pid):
    """Return what the kernel says of a process, from its state on: [state, parent, …]."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return ["", "0", *["0"] * 50]
