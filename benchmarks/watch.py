"""What the watch costs: 1,000 links over 100 sites of this machine; and who saves meanwhile.

    AES_MODE=development .venv/bin/python benchmarks/watch.py
    AES_MODE=development script/on-postgresql .venv/bin/python benchmarks/watch.py

On a site of its own. A process serves the pages, on 100 addresses of this machine, another is
``manage.py watch``, without a pause between pages: the work itself is measured, twice, the pages
being new to it and then the same; its CPU, its memory and how long it takes. Meanwhile an editor
saves a sheet through the admin again and again; how long that takes is told as a ratio to the same
saves before, in pairs with a process that only computes: two cores are shared by whoever works.

Budget: 200 MiB; the longest wait for the database no longer than an editor's own save takes.
"""

import multiprocessing
import os
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
LINKS, HOSTS, SHEETS = 1000, 100, 25
SAVES = 60
BUDGET_MIB = 200
PAGE = (
    "<!doctype html><title>Préfecture, page {0}</title><nav><a href='/'>Accueil</a></nav><main>"
    + "<p>La demande numéro {0} se dépose par courrier, avec les pièces de la liste.</p>" * 40
    + "</main>"
)


def serve(port):
    """Serve a page of each number, for ever."""
    from tests.monitoring.local_site import LocalSite

    with LocalSite() as site:
        for number in range(LINKS):
            site.pages[f"/{number}"] = (200, {}, PAGE.format(number).encode())
        port.put(site.server.server_port)
        multiprocessing.Event().wait()


def compute():
    """Keep a processor busy, for ever."""
    while True:
        sum(range(10_000))


def give_links(port):
    """Publish sheets that give the links; return one of them."""
    for start in range(0, LINKS, LINKS // SHEETS):
        with changeset("Des liens à visiter"):
            sheet = Procedure.objects.create(
                departement_id="34", title=f"Fiche {start}", publication="published"
            )
            sheet.grounds.add(Ground.objects.get(covers_all=True))
            Step.objects.create(procedure=sheet, kind="post")
            for number in range(start, start + LINKS // SHEETS):
                url = f"http://127.0.1.{number % HOSTS + 1}:{port}/{number}"
                Link.objects.create(procedure=sheet, kind="source", url=url)
    sheet.refresh_from_db()
    return sheet


class Editor:
    """Saves the form of one sheet again and again, as the admin is sent it."""

    def __init__(self, sheet):
        self.client = Client()
        self.client.force_login(User.objects.get(username="mesure"))
        self.address = reverse("admin:prefectures_procedure_change", args=[sheet.pk])
        self.sent, self.version = posted(self.client.get(self.address)), sheet.version

    def save(self):
        """Return the seconds of one save."""
        self.version += 1
        said = {"headline": f"Phrase {self.version}.", "reason": "Mesure"}
        sent = {**self.sent, **said, "seen_version": self.version - 1}
        started = perf_counter()
        answer = self.client.post(self.address, sent)
        assert answer.status_code == 302, answer.context["errors"]
        return perf_counter() - started


def told(label, seconds, usual):
    worst = quantiles(seconds, n=20)[-1]
    print(
        f"{label:<42}{len(seconds):>4} saves, median {median(seconds) / median(usual):.2f} x,"
        f" 95th {worst / quantiles(usual, n=20)[-1]:.2f} x, longest"
        f" {max(seconds) / median(usual):.1f} x the usual median"
    )


def watch():
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.monitoring.reaching_this_machine"}
    command = [sys.executable, "manage.py", "watch", "--pause", "0", "--most", str(LINKS)]
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)


def measure(label, editor, usual):
    started, seconds = perf_counter(), []
    process = watch()
    ended = 0
    while not ended:
        if editor is not None:
            seconds.append(editor.save())
        ended, status, used = os.wait4(process.pid, os.WNOHANG if editor else 0)
    assert status == 0, status
    took, cpu = perf_counter() - started, used.ru_utime + used.ru_stime
    mib = used.ru_maxrss / 2**10
    print(
        f"{label:<42}{1000 * cpu / LINKS:.1f} ms of CPU a link, {took:.0f} s in all, "
        f"{mib:.0f} MiB ({mib / BUDGET_MIB:.0%} of the budget)"
    )
    if seconds:
        told("an editor meanwhile", seconds, usual)


def main():
    prepare()
    context = multiprocessing.get_context("spawn")
    ports = context.Queue()
    pages = context.Process(target=serve, args=(ports,), daemon=True)
    pages.start()
    sheet = give_links(ports.get())
    editor = Editor(sheet)
    for _ in range(5):
        editor.save()
    usual = [editor.save() for _ in range(SAVES)]
    print(f"{connection.vendor}: {LINKS} links over {HOSTS} sites, {SHEETS} sheets")
    busy = context.Process(target=compute, daemon=True)
    busy.start()
    told("an editor, beside who only computes", [editor.save() for _ in range(SAVES)], usual)
    busy.terminate()
    measure("new pages, nobody else", None, usual)
    age()
    measure("the same pages, an editor at work", editor, usual)
    print(f"noted: {WatchedAddress.objects.exclude(checked_at=None).count()} of {LINKS}")
    pages.terminate()


def age():
    """Let a day pass."""
    WatchedAddress.objects.update(checked_at=timezone.now() - timedelta(days=1))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aes_cms.settings")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        import django

        django.setup()
        from django.db import connection
        from django.test import Client
        from django.test.utils import override_settings, setup_test_environment
        from django.urls import reverse
        from django.utils import timezone
        from grown_site import prepare

        from prefectures.models import (
            Ground,
            Link,
            Procedure,
            Step,
            User,
            WatchedAddress,
            changeset,
        )
        from tests.admin.forms import posted

        plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        # Which form a page has is told in tests alone.
        setup_test_environment()
        with override_settings(STORAGES={"staticfiles": plain}):
            main()
