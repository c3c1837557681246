"""What making the mirror takes, whole and after the edit of one sheet, and how fast nginx gives it.

    AES_MODE=development .venv/bin/python benchmarks/mirror.py

On a site of its own: GISTI's fourteen sheets, all communes of France, brochures and open data. By
the clock: each command from its start to its end; for the one that follows the site, from the end
of an edit to the new version being served, with the second in which it does not look; it says how
long it worked. Each edit is of another sheet: one more of the same, on the same day, has one more
state of that day to show in all languages, and is told in all others. Budgets: after one edit <= 2
s of work, but for the first, which teaches the follower its templates; with nginx and wrk (apt
install nginx wrk), pages of the mirror >= 0.9 × a file of the same size that nginx gives from a
folder of its own. Server and load share the machine: the ratio tells, not the numbers.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = "https://guide.example.org"
ALONE, FOLLOWED = 3, 8
PORT = 8197
ROUNDS, SECONDS, CONNECTIONS = 5, 2, 16
PAGES = [
    "/index.html",
    "/departements/34-herault/index.html",
    "/departements/46-lot/prefecture-de-cahors/index.html",
    "/ar/communes/34-herault/l/index.html",
]
EDIT = """
from prefectures.models import Procedure, changeset
with changeset("Une modification pour la mesure"):
    sheet = Procedure.objects.published().order_by("pk")[{number}]
    sheet.headline = "Une autre façon."
    sheet.save()
"""
# As docs/miroir.md has it, without what only the network needs.
SERVED = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;
events {{ worker_connections 256; }}
http {{
  access_log off; gzip_static on; gzip_vary on;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  types {{ text/html html; }}
  server {{
    listen 127.0.0.1:{port}; index index.html;
    location / {{ root {mirror}/site; }}
    location /nu/ {{ root {folder}; }}
  }}
}}
"""


def manage(*arguments):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def timed(*arguments):
    """Return how many seconds a command took, and what it said."""
    started = perf_counter()
    said = manage(*arguments)
    return perf_counter() - started, said.strip()


def main(folder):
    mirror = folder / "miroir"
    manage("prepare_site")
    subprocess.run([sys.executable, "-m", "aes_cms.static_files"], cwd=ROOT, check=True)
    print("whole: {:.1f} s. {}".format(*timed("build_mirror", str(mirror))))
    print("nothing changed: {:.1f} s. {}".format(*timed("build_mirror", str(mirror))))
    for number in range(ALONE):
        edit(number)
        seconds, said = timed("build_mirror", str(mirror))
        print(f"one sheet edited, a process of its own: {seconds:.1f} s. {said}")
    followed(mirror)
    print("--check: {:.1f} s. {}".format(*timed("build_mirror", "--check", str(mirror))))
    if shutil.which("nginx") and shutil.which("wrk"):
        serve(folder, mirror)


def edit(number):
    manage("shell", "--no-imports", "-c", EDIT.format(number=number))


def followed(mirror):
    """Time what follows the site, from the end of each edit."""
    command = [sys.executable, "manage.py", "build_mirror", "--follow", str(mirror)]
    follower = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    took = []
    try:
        sleep(5)
        for number in range(ALONE, ALONE + FOLLOWED):
            version = os.readlink(mirror / "site")
            edit(number)
            edited = perf_counter()
            while os.readlink(mirror / "site") == version:
                sleep(0.01)
            took.append(perf_counter() - edited)
    finally:
        follower.send_signal(signal.SIGINT)
        said, _ = follower.communicate()
    print(said.strip())
    print("followed, from the end of the edit:", ", ".join(f"{each:.1f} s" for each in took))


def serve(folder, mirror):
    bare = folder / "nu"
    bare.mkdir()
    for page in PAGES:
        for end in ("", ".gz"):
            path = bare / f"{page[1:].replace('/', '-')}{end}"
            path.write_bytes((mirror / "site" / f"{page[1:]}{end}").read_bytes())
    with nginx(folder, mirror):
        ratios = []
        for _ in range(ROUNDS):
            for page in PAGES:
                own = asked(page)
                ratios.append(own / asked(f"/nu/{page[1:].replace('/', '-')}"))
        print(f"mirror, requests/s against a bare file: {median(ratios):.2f} ×, {own:.0f}/s last")


@contextmanager
def nginx(folder, mirror):
    written = folder / "nginx.conf"
    written.write_text(SERVED.format(folder=folder, mirror=mirror, port=PORT))
    process = subprocess.Popen(["nginx", "-c", written], stderr=subprocess.DEVNULL)
    try:
        sleep(1)
        yield
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait()


def asked(path):
    """Return how many requests a second nginx answers."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-H", "Accept-Encoding: gzip"]
    said = subprocess.run(
        [*command, f"http://127.0.0.1:{PORT}{path}"], check=True, capture_output=True, text=True
    ).stdout
    assert "Non-2xx" not in said, said
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        # nginx runs as another, who has to get there.
        os.chmod(scratch, 0o755)
        os.environ |= {"DATA_DIR": f"{scratch}/donnees", "PUBLIC_ADDRESS": ADDRESS}
        os.environ.pop("DATABASE_URL", None)
        Path(scratch, "donnees").mkdir()
        main(Path(scratch))
