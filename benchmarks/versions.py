"""What a version costs, its document and its seal: time, bytes; and how long verification takes.

    AES_MODE=development .venv/bin/python benchmarks/versions.py
    script/on-postgresql .venv/bin/python benchmarks/versions.py

In a temporary folder (on PostgreSQL in the database of DATABASE_URL, which must be empty): a
thousand published sheets, written in one changeset; edits of one field; the new name of a ground
that sheets name; then 100,000 rows of history more, which are verified. Times are of the processor
on SQLite, of the clock on PostgreSQL.
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
def timed(signal, receiver):
    """Yield the list to which the seconds of each call of a receiver are added."""
    taken = []

    def call(sender, writing, **kwargs):
        started = clock()
        receiver(sender, writing)
        taken.append(clock() - started)

    signal.disconnect(receiver)
    signal.connect(call, weak=False)
    yield taken
    signal.disconnect(call)
    signal.connect(receiver)


def tell(label, write, times=1):
    """Write, and tell how much of that documents and seals take, and what the last ones weigh."""
    whole = []
    with (
        timed(changeset_ending, keep_documents) as documents,
        timed(changeset_sealing, seal_changeset) as seals,
    ):
        for number in range(times):
            started = clock()
            write(number)
            whole.append(clock() - started)
    seal = Seal.objects.order_by("number").last()
    rows = sum(map(len, json.loads(unpacked(seal.payload))["rows"].values()))
    kept = [len(row.content) for row in seal.changeset.documents.all()]
    own = [median(taken[-times:]) * 1000 for taken in (whole, documents, seals)]
    print(f"{label}: {own[0]:.1f} ms, {own[1]:.1f} for documents, {own[2]:.1f} for the seal")
    print(f"  the seal: {len(seal.payload):,} bytes for {rows:,} rows")
    print(f"  {len(kept):,} documents of {sum(kept) / len(kept):,.0f} bytes on average")


def edit(number):
    sheet = Procedure.objects.order_by("pk").first()
    with changeset(f"Changement {number}"):
        sheet.situation_note = f"Précision n° {number}"
        sheet.save()


def rename(number):
    ground = Ground.objects.filter(procedures__publication="published").order_by("pk").first()
    with changeset("Autre nom"):
        ground.name += " bis"
        ground.save()


def megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main():
    prepare()
    tell(f"{SHEETS} sheets", lambda number: grown_site.add_sheets(SHEETS))
    tell("one field", edit, EDITS)
    tell("the name of a ground", rename)
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

        from prefectures.gate.unit_of_work import changeset_ending, changeset_sealing
        from prefectures.models import Ground, Procedure, Seal, changeset
        from prefectures.published.keeping import keep_documents
        from prefectures.sealing.payload import unpacked
        from prefectures.sealing.sealing import head, seal_changeset, seal_what_was_there
        from prefectures.sealing.verifying import Verifier

        main()
