"""How fast the site answers, beside an empty Django view on the same server, and how right.

    AES_MODE=development .venv/bin/python benchmarks/serving.py [rounds]
    AES_MODE=development .venv/bin/python benchmarks/serving.py --moved [rounds]
    AES_MODE=development .venv/bin/python benchmarks/serving.py --publish
    AES_MODE=development .venv/bin/python benchmarks/serving.py --import
    AES_MODE=development .venv/bin/python benchmarks/serving.py --memory

Works in a copy of the site of DATA_DIR, which ``script/server`` has prepared; on PostgreSQL with
``script/on-postgresql`` before the command. Needs wrk (apt install wrk). Server and load share the
machine: figures are ratios, measured in turn, and counts.

The first command holds a kept page, "not modified" and a page made anew against a view without
middleware or database; budget: 1.2 times its requests a second for the first two, at most 8 times
its CPU for the third. ``--moved`` asks for each sheet, one at a time, after a change that none of
them shows, and for each as a page that nothing keeps; budget: 8 times the CPU of the view.
``--publish`` publishes 200 changes while 8 readers read from two processes:
nobody may read what was there before a publication that is confirmed. ``--import`` has 200
connections ask for 50 pages for 30 s while a volunteer imports 1,000 sheets. ``--memory`` asks
100,000 times for 5,000 addresses.
"""

import os
import re
import sys
import tempfile
from pathlib import Path
from statistics import median
from threading import Event, Thread
from time import sleep

from copied import COUNT, copy_site, new_sheets, prepare
from loads import EMPTY, Server

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aes_cms.settings")

SHEET = "/departements/46-lot/prefecture-de-cahors/"
DEPARTEMENT = "/departements/34-herault/"
BROTLI = "Accept-Encoding: br"
NUMBERED = re.compile(r"Publication n° (\d+)")
MOVES = 60
PUBLICATIONS, READERS = 200, 8
PAGES, CONNECTIONS, SECONDS = 50, 200, 30
ADDRESSES, REQUESTS = 5_000, 100_000


# --- Beside an empty view ---------------------------------------------------------------------


def answered(address, **headers):
    """Return the answer and its body, as it came."""
    with urlopen(Request(address, headers=headers), timeout=30) as answer:
        return answer, answer.read()


def compare(rounds=5):
    """Load one server after the other, round by round; print the ratios with their range."""
    with (
        Server(EMPTY) as empty,
        Server(ready=SHEET) as site,
        Server(ready=SHEET, KEPT_PAGES_MB="0") as cold,
    ):
        answer, page = answered(site.address + SHEET, **{"Accept-Encoding": "br"})
        known = f"If-None-Match: {answer.headers['ETag']}"
        loads = {
            "empty view": lambda: empty.load(["/vide"]),
            "kept page": lambda: site.load([SHEET], headers=[BROTLI]),
            "not modified": lambda: site.load([SHEET], headers=[BROTLI, known]),
            "made anew": lambda: cold.load([SHEET], headers=[BROTLI]),
            "made anew (4 at a time)": lambda: cold.load([SHEET], headers=[BROTLI], connections=4),
        }
        found = {name: [] for name in loads}
        for _ in range(rounds):
            for name, load in loads.items():
                found[name].append(load())
        print(
            f"{'':<24}{'a second':>9}{'µs CPU':>8}{'p50 ms':>8}{'p99 ms':>8}{'errors':>8}", end=""
        )
        print(f"{'× requests':>12}{'':14}{'× CPU':>8}")
        for name, measured in found.items():
            against = list(zip(measured, found["empty view"], strict=True))
            print(
                f"{name:<24}{median(one.a_second for one in measured):>9,.0f}"
                f"{median(one.cpu for one in measured):>8,.0f}"
                f"{median(one.p50 for one in measured):>8.1f}"
                f"{median(one.p99 for one in measured):>8.1f}"
                f"{sum(one.errors for one in measured):>8}"
                f"{spread([one.a_second / view.a_second for one, view in against])}"
                f"{spread([one.cpu / view.cpu for one, view in against])}"
            )
        print(f"\na first visit: {on_the_wire(answer, page):,} bytes, the same again: ", end="")
        print(f"{not_modified(site.address + SHEET, answer.headers['ETag']):,} bytes (headers too)")


def spread(ratios):
    return f"{median(ratios):>9.2f}  ({min(ratios):.2f} to {max(ratios):.2f})"


def on_the_wire(answer, body):
    return len(str(answer.headers).encode()) + len(body)


def not_modified(address, etag):
    try:
        answered(address, **{"If-None-Match": etag, "Accept-Encoding": "br"})
    except HTTPError as answer:
        if answer.code == 304:
            return on_the_wire(answer, answer.read())
    raise AssertionError("the page is not known again")


# --- After a change ---------------------------------------------------------------------------


def moved(rounds="5"):
    """Ask one server after the other for the sheets, one at a time; print the ratios of CPU."""
    sheets = [sheet.get_absolute_url() for sheet in Procedure.objects.published()]
    with (
        Server(EMPTY) as empty,
        Server(ready=SHEET) as site,
        Server(ready=SHEET, KEPT_PAGES_MB="0") as cold,
    ):
        servers = {"moved": site, "made": cold}
        found = {name: [] for name in servers}
        each_moving(site, sheets)
        for _ in range(int(rounds)):
            view = each_moving(empty, ["/vide"] * len(sheets))
            for name, server in servers.items():
                found[name].append(each_moving(server, sheets) / view)
    for name, ratios in found.items():
        print(f"{name:<8}{spread(ratios)} × the CPU of an empty view")


def each_moving(server, paths):
    """Return the CPU that ``server`` took for each of ``paths``, ``MOVES`` times over."""
    before = server.cpu()
    for _ in range(MOVES):
        with transaction.atomic():
            ContentVersion.move()
        for path in paths:
            answered(server.address + path, **{"Accept-Encoding": "br"})
    return server.cpu() - before


# --- Publications -----------------------------------------------------------------------------


class Reader(Thread):
    """Reads two pages in turn; counts what is older than what was confirmed before it asked."""

    def __init__(self, site, confirmed, done):
        super().__init__(daemon=True)
        self.site, self.confirmed, self.done = site, confirmed, done
        self.reads = self.stale = self.errors = 0

    def run(self):
        while not self.done.is_set():
            for path in (DEPARTEMENT, f"{DEPARTEMENT}sous-prefecture-de-beziers/"):
                known = self.confirmed[-1]
                try:
                    _, body = answered(self.site.address + path)
                except OSError:
                    self.errors += 1
                    continue
                self.reads += 1
                self.stale += max(map(int, NUMBERED.findall(body.decode())), default=0) < known


def publish():
    sheet = Procedure.objects.get(departement="34", slug="sous-prefecture-de-beziers")
    confirmed, done = [0], Event()
    with Server(ready=DEPARTEMENT) as site:
        readers = [Reader(site, confirmed, done) for _ in range(READERS)]
        for reader in readers:
            reader.start()
        for number in range(1, PUBLICATIONS + 1):
            with changeset(f"Publication n° {number}"):
                sheet.headline = f"Publication n° {number}"
                sheet.save()
            confirmed.append(number)
            sleep(0.02)
        done.set()
        for reader in readers:
            reader.join()
    reads, stale, errors = (
        sum(getattr(reader, name) for reader in readers) for name in ("reads", "stale", "errors")
    )
    print(
        f"{connection.vendor}: {PUBLICATIONS} publications, {READERS} readers, {reads:,} reads: "
        f"{stale} stale, {errors} errors"
    )


# --- An import --------------------------------------------------------------------------------


def import_sheets(site, user, outcome):
    """Send and confirm the sheets at the server, as the browser of a volunteer does."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    session = client.cookies["sessionid"].value
    opener = build_opener(HTTPCookieProcessor())
    opener.addheaders = [("Cookie", f"sessionid={session}; csrftoken={'x' * 32}")]
    address = site.address + reverse("admin:prefectures_procedure_import")
    started = perf_counter()
    body, kind = multipart(write_set("zip", new_sheets()))
    preview = opener.open(Request(address, body, {"Content-Type": kind}), timeout=120)
    confirmation = f"csrfmiddlewaretoken={'x' * 32}".encode()
    opener.open(Request(preview.url, confirmation), timeout=120).close()
    outcome.append(perf_counter() - started)


def multipart(content):
    """Return the body of the form and its content type."""
    line = b"--limite\r\nContent-Disposition: form-data; name="
    body = (
        line + b'"csrfmiddlewaretoken"\r\n\r\n' + b"x" * 32 + b"\r\n"
        + line + b'"file"; filename="mesure.zip"\r\n'
        b"Content-Type: application/zip\r\n\r\n" + content + b"\r\n--limite--\r\n"
    )  # fmt: skip
    return body, "multipart/form-data; boundary=limite"


def while_importing():
    user = User.objects.filter(is_superuser=True, is_active=True).first()
    paths = [item.get_absolute_url() for item in Departement.objects.all()[:PAGES]]
    outcome = []
    with Server(ready=SHEET) as site:
        before = site.load(paths, seconds=5, connections=CONNECTIONS, headers=[BROTLI])
        importing = Thread(target=import_sheets, args=(site, user, outcome), daemon=True)
        importing.start()
        load = site.load(paths, seconds=SECONDS, connections=CONNECTIONS, headers=[BROTLI])
        importing.join(timeout=120)
    assert outcome, "the import did not end"
    assert Procedure.objects.filter(slug__startswith="mesure-").count() == COUNT
    for label, one in (("before", before), ("meanwhile", load)):
        print(
            f"{label:<10} {one.requests:,} requests by {CONNECTIONS} connections, {one.errors} "
            f"errors ({one.refused} answered so), p50 {one.p50:.1f} ms, p99 {one.p99:.1f} ms"
        )
    print(f"{COUNT:,} sheets imported in {outcome[0]:.1f} s, on {connection.vendor}")


# --- Memory -----------------------------------------------------------------------------------


def memory():
    """Ask for the pages of the site under as many names of it as make ``ADDRESSES``."""
    import_in_place()
    pages = [sheet.get_absolute_url() for sheet in Procedure.objects.published()[:1000]]
    names = [f"site-{number}.example" for number in range(-(-ADDRESSES // len(pages)))]
    addresses = [name + page for name in names for page in pages][:ADDRESSES]
    with Server(ready=SHEET) as site:
        held, asked, errors = [site.memory()], 0, 0
        while asked < REQUESTS:
            load = site.load(addresses, seconds=10, headers=[BROTLI])
            asked, errors = asked + load.requests, errors + load.errors
            held.append(site.memory())
            print(f"after {asked:>9,} requests: {in_mebibytes(held[-1])}", flush=True)
    print(
        f"{len(addresses):,} addresses, {errors} errors; a worker held {in_mebibytes(held[0])} at "
        f"first; {settings.KEPT_PAGES_BYTES / 2**20:.0f} MiB of pages are kept at most"
    )


def in_mebibytes(workers):
    return " and ".join(f"{held:.0f} MiB" for held in workers)


def import_in_place():
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.filter(is_superuser=True, is_active=True).first())
    file = SimpleUploadedFile("mesure.zip", write_set("zip", new_sheets()))
    preview = client.post(reverse("admin:prefectures_procedure_import"), {"file": file})
    client.post(preview.url)


MEASURES = {"--moved": moved, "--publish": publish, "--import": while_importing, "--memory": memory}

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        copy_site(folder)
        import django

        django.setup()
        from time import perf_counter
        from urllib.error import HTTPError
        from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

        from django.conf import settings
        from django.core.files.uploadedfile import SimpleUploadedFile
        from django.db import connection, transaction
        from django.test import Client
        from django.urls import reverse

        from prefectures.importexport.files import write_set
        from prefectures.models import ContentVersion, Departement, Procedure, User, changeset

        prepare()
        words = sys.argv[1:]
        if words and words[0] in MEASURES:
            MEASURES[words[0]](*words[1:])
        else:
            compare(*map(int, words))
