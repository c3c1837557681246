"""What seals cost: time of an edit and of an import, bytes, and how long verification takes.

    AES_MODE=development .venv/bin/python benchmarks/sealing.py
    script/on-postgresql .venv/bin/python benchmarks/sealing.py

In a temporary folder (on PostgreSQL in the database of DATABASE_URL, which must be empty): a
thousand sheets, written in one changeset; edits of one field; then 100,000 rows of history more,
which are verified. Times are of the processor on SQLite, of the clock on PostgreSQL.
"""

import os
import resource
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aes_cms.settings")

SHEETS, EDITS, HISTORY = 1000, 200, 100_000


def clock():
    return process_time() if connection.vendor == "sqlite" else perf_counter()


@contextmanager
def timed_seals():
    """Yield the list to which the seconds of each seal are added."""
    taken = []

    def timed(sender, writing, **kwargs):
        started = clock()
        seal_changeset(sender, writing)
        taken.append(clock() - started)

    changeset_sealing.disconnect(seal_changeset)
    changeset_sealing.connect(timed, weak=False)
    yield taken
    changeset_sealing.disconnect(timed)
    changeset_sealing.connect(seal_changeset)


def last_seal():
    seal = Seal.objects.order_by("number").last()
    rows = sum(map(len, json.loads(unpacked(seal.payload))["rows"].values()))
    return f"{len(seal.payload):,} bytes for {rows:,} rows"


def megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main():
    prepare()
    with timed_seals() as taken:
        started = clock()
        grown_site.add_sheets(SHEETS)
        whole = clock() - started
    print(f"{SHEETS} sheets: {sum(taken):.2f} s of {whole:.2f} for the seal; {last_seal()}")
    sheet = Procedure.objects.order_by("pk").first()
    with timed_seals() as taken:
        edits = []
        for number in range(EDITS):
            started = clock()
            with changeset(f"Changement {number}"):
                sheet.situation_note = f"Précision n° {number}"
                sheet.save()
            edits.append(clock() - started)
    own, edit = median(taken) * 1000, median(edits) * 1000
    print(f"one field: {own:.1f} ms of {edit:.1f} for the seal; {last_seal()}")
    started = clock()
    grown_site.add_history(HISTORY, timezone.now() - timedelta(days=3650))
    print(f"history written past the gate: {clock() - started:.1f} s")
    with transaction.atomic():
        started = clock()
        seal_what_was_there(apps)
    print(f"{HISTORY:,} rows sealed afterwards: {clock() - started:.1f} s")
    before, started = megabytes(), clock()
    verifier = Verifier(head().digest)
    assert next(verifier.faults(), None) is None
    assert verifier.head_at == verifier.last.number
    taken = clock() - started
    print(
        f"verified: {verifier.seals:,} seals, {verifier.rows:,} rows in {taken:.1f} s;"
        f" memory from {before:.0f} to {megabytes():.0f} MB at most"
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        import json
        from datetime import timedelta

        import django

        django.setup()
        import grown_site
        from django.apps import apps
        from django.db import connection, transaction
        from django.utils import timezone
        from grown_site import prepare

        from prefectures.gate.unit_of_work import changeset_sealing
        from prefectures.models import Procedure, Seal, changeset
        from prefectures.sealing.payload import unpacked
        from prefectures.sealing.sealing import head, seal_changeset, seal_what_was_there
        from prefectures.sealing.verifying import Verifier

        main()
