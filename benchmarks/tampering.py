"""What verification finds of what somebody does to the history in the database file itself.

    AES_MODE=development .venv/bin/python benchmarks/tampering.py [times] [ways]

A site is prepared in a temporary folder and edited; then, ``times`` (100) for each of six ways and
each time on a fresh copy of its file, the triggers are dropped, foreign keys switched off, and
something drawn at random is done. One line a way: how many were found without the head that was
kept before, how many with it, and of how many the row (or the seal) was named.
"""

import os
import shutil
import sys
import tempfile
from io import StringIO
from pathlib import Path
from random import Random
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aes_cms.settings")

EDITS = 60


def prepare(random):
    """Make a site with its sheets, and edit it."""
    call_command("prepare_site", stdout=StringIO())
    offices = list(Prefecture.objects.order_by("pk"))
    for number in range(EDITS):
        sheet = random.choice(list(Procedure.objects.order_by("pk")))
        with changeset(f"Changement {number}", is_minor=number % 2 == 0):
            match number % 5:
                case 0:
                    sheet.situation_note = f"Précision n° {number}"
                    sheet.save()
                case 1:
                    sheet.steps.create(kind="post", address=f"{number} rue de la Paix")
                case 2:
                    sheet.offices.add(random.choice(offices))
                case 3:
                    sheet.links.create(label=f"Lien {number}", url=f"https://a.example/{number}")
                case 4:
                    for step in sheet.steps.order_by("-pk")[:1]:
                        step.delete()


def unguarded_copy(kept):
    """Have Django work on a copy of the file ``kept``, which refuses nothing any more."""
    connection.close()
    place = Path(connection.settings_dict["NAME"])
    for suffix in ("-wal", "-shm"):
        place.with_name(place.name + suffix).unlink(missing_ok=True)
    shutil.copyfile(kept, place)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


def main(times, ways):
    prepare(Random(0))
    digest, number = head().digest, head().number
    connection.close()
    place = Path(connection.settings_dict["NAME"])
    kept = place.with_name("kept.sqlite3")
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM INTO '{kept}'")
    rows = sum(1 for table in tables_of_site() for _ in table.rows())
    print(f"{number} seals, {rows} rows; each way {times} times")
    print(f"{'':<22}{'without head':>14}{'with head':>12}{'row named':>12}{'seconds each':>14}")
    for way in ways:
        without = with_head = named = 0
        started = perf_counter()
        for seed in range(times):
            unguarded_copy(kept)
            touched = tampered(way, Random(seed), minds_keys=False)
            verifier = Verifier(digest)
            fault = next(verifier.faults(), None)
            without += fault is not None
            with_head += fault is not None or verifier.head_at is None
            named += fault is not None and touched is not None and is_named(fault, touched)
        each = (perf_counter() - started) / times
        asked = "-" if way in FOUND_BY_THE_HEAD_ALONE else named
        print(f"{way.__name__:<22}{without:>14}{with_head:>12}{asked:>12}{each:>14.2f}", flush=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        from prefectures.models import Prefecture, Procedure, changeset
        from prefectures.sealing.sealing import head
        from prefectures.sealing.tables import tables_of_site
        from prefectures.sealing.verifying import Verifier
        from tests.sealing.tampering import FOUND_BY_THE_HEAD_ALONE, WAYS, is_named, tampered

        asked = [way for way in WAYS if way.__name__ in sys.argv]
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100, asked or WAYS)
