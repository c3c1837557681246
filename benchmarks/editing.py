"""What keeping a thousand sheets costs: import them with steps and links, undo it, list them.

    AES_MODE=development .venv/bin/python benchmarks/editing.py

As a person does it: the file is sent, its preview looked at, confirmed, undone, all by the admin's
addresses. Meanwhile a colleague saves another sheet again and again. On SQLite this happens in a
copy of the site of DATA_DIR, which ``script/server`` has prepared; on PostgreSQL in the database
that DATABASE_URL names, which is prepared first: ``script/on-postgresql`` lends one.

Budget: sending, preview and confirmation of 1,000 sheets in 10 s together; undoing costs no more
than that; nobody waits longer than 3 s; 12 queries for a list. Times are given as shares of these;
the machine's other work counts in them. At the end, what ``hostile.py`` measures: files and texts
that are made to keep the site busy.
"""

import os
import sys
import tempfile
from pathlib import Path
from threading import Event, Thread
from time import perf_counter, sleep

from copied import copy_site, new_sheets, prepare

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aes_cms.settings")

OF_A_COLLEAGUE = "fiche-d-une-collegue"
BUDGET, LONGEST_WAIT, MOST_QUERIES = 10, 3, 12


def changed_sheets():
    """Return the tables of all sheets but the colleague's, a word changed in each row of texts."""
    sheets = Procedure.objects.exclude(slug=OF_A_COLLEAGUE)
    datasets = {kind.name: export(kind, sheets) for kind in WHOLE_SHEETS}
    changed = {}
    for name, column in (("fiches", "titre"), ("etapes", "consignes"), ("liens", "texte du lien")):
        rows = datasets[name].dict
        for row in rows:
            row[column] += " bis"
        changed[name] = Dataset(*(row.values() for row in rows), headers=datasets[name].headers)
    return changed


class Colleague(Thread):
    """Saves a sheet of her own again and again; notes how long she waited at most."""

    def __init__(self):
        super().__init__(daemon=True)
        self.longest, self.done = 0, Event()

    def run(self):
        sheet = Procedure.objects.get(slug=OF_A_COLLEAGUE)
        while not self.done.is_set():
            started = perf_counter()
            with changeset("Pendant l’import"):
                sheet.headline = f"Écrite à {started}"
                sheet.save()
            self.longest = max(self.longest, perf_counter() - started)
            sleep(0.05)
        connection.close()


def timed(write):
    started = perf_counter()
    found = write()
    return perf_counter() - started, found


def share(seconds, budget=BUDGET):
    return f"{seconds:5.1f} s ({seconds / budget:4.0%})"


def measure(label, tables, client, *, keeps):
    """Import ``tables`` and undo that; with ``keeps``, leave the import."""
    for kind in ("zip", "xlsx"):
        file = SimpleUploadedFile(f"mesure.{kind}", write_set(kind, tables))
        colleague = Colleague()
        colleague.start()
        address = reverse("admin:prefectures_procedure_import")
        sent, answer = timed(
            lambda file=file, address=address: client.post(address, {"file": file})
        )
        assert answer.status_code == 302, answer.context["form"].errors
        shown, page = timed(lambda answer=answer: client.get(answer.url))
        confirmed, done = timed(lambda answer=answer: client.post(answer.url))
        record = Changeset.objects.filter(origin="import").first()
        assert done.url == reverse("admin:prefectures_changeset_change", args=[record.pk])
        undoing = reverse("admin:prefectures_changeset_undo", args=[record.pk])
        undone = 0
        if not (keeps and kind == "xlsx"):
            undone, answer = timed(lambda undoing=undoing: client.post(undoing))
            assert answer.status_code == 302, "the undoing was refused"
        colleague.done.set()
        colleague.join()
        print(
            f"{label:<24}{kind:<5}send {sent:4.1f}  preview {shown:4.1f} ({len(page.content):,} "
            f"bytes)  confirm {confirmed:4.1f}  together {share(sent + shown + confirmed)}  "
            f"undo {share(undone)}  a colleague waited {share(colleague.longest, LONGEST_WAIT)}"
        )


def measure_form(client):
    """Send the form of one sheet with as many links as nobody has: refused, and never locked."""
    sheet = Procedure.objects.get(slug=OF_A_COLLEAGUE)
    sent = {"title": sheet.title, "departement": "34", "seen_version": sheet.version, "reason": "x"}
    for part, count in (("steps", 0), ("contacts", 0), ("links", 2000)):
        sent |= {f"{part}-TOTAL_FORMS": count, f"{part}-INITIAL_FORMS": 0}
    sent |= {f"links-{number}-label": f"Lien {number}" for number in range(2000)}
    address = reverse("admin:prefectures_procedure_change", args=[sheet.pk])
    taken, answer = timed(lambda: client.post(address, sent))
    assert answer.status_code == 200, "the form was taken"
    assert not sheet.links.exists()
    print(f"form of 2,000 links          {share(taken, hostile.BUDGET)} until it comes back")


def count_queries(client):
    for label, url in (
        ("list of sheets", reverse("admin:prefectures_procedure_changelist")),
        ("desk", reverse("admin:index")),
    ):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        assert response.status_code == 200
        print(
            f"{label:<29}{len(queries)} queries for {Procedure.objects.count()} sheets "
            f"({len(queries) / MOST_QUERIES:.0%} of the budget)"
        )


def main():
    prepare()
    user = User.objects.filter(is_superuser=True, is_active=True).first()
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    with changeset("La fiche d’une collègue"):
        Procedure.objects.create(departement_id="34", title="Lodève", slug=OF_A_COLLEAGUE)
    measure("new", new_sheets(), client, keeps=True)
    count_queries(client)
    measure("a change in every row", changed_sheets(), client, keeps=False)
    count_queries(client)
    measure_form(client)
    hostile.main()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        copy_site(folder)
        import django

        django.setup()
        import hostile
        from django.core.files.uploadedfile import SimpleUploadedFile
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext
        from django.urls import reverse
        from tablib import Dataset

        from prefectures.importexport.files import write_set
        from prefectures.importexport.resources import WHOLE_SHEETS, export
        from prefectures.models import Changeset, Procedure, User, changeset

        main()
