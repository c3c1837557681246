"""What it takes to find words in a thousand published sheets, in process.

    AES_MODE=development .venv/bin/python benchmarks/searching_sheets.py [sheets]
    AES_MODE=development script/on-postgresql .venv/bin/python benchmarks/searching_sheets.py

On a site of its own, whose sheets are GISTI's fourteen spread over the other départements
(``grown_site.py``). The first question is that of a process that was never asked: it reads each
sheet once. Then each question is asked ROUNDS times, of what is in memory. Budget: p99 <= 50 ms.
"""

import gc
import os
import sys
import tempfile
import tracemalloc
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time

ROOT = Path(__file__).resolve().parent.parent
SHEETS = 1000
ROUNDS = 200
# Nothing, few sheets, most of them, all of them; near one another or not.
QUESTIONS = [
    "éléphant",
    "jean bringer",
    "herault.gouv.fr/booking",
    "recommandé",
    "récépissé",
    "dossier poste",
    "préfecture",
    "rendez-vous guichet préfecture",
    "demande titre séjour préfecture dossier pièces étrangers france",
    "de",
    '"accusé de réception"',
]


def milliseconds(ask):
    """Return (CPU of this process, by the clock), with what the database and others take."""
    started = process_time(), perf_counter()
    ask()
    return 1000 * (process_time() - started[0]), 1000 * (perf_counter() - started[1])


def main(published):
    # Of ten sheets, eight are published.
    prepare()
    add_sheets(published * 10 // 8)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    there = Procedure.objects.published().count()
    first = milliseconds(lambda: in_sheets("éléphant"))
    which = milliseconds(finding._texts.now)
    finding._texts = OfEach(SheetText)
    tracemalloc.start()
    in_sheets("éléphant")
    # What they were made of goes around in circles.
    gc.collect()
    of_each = tracemalloc.get_traced_memory()[0] / there
    tracemalloc.stop()
    print(f"{connection.vendor}, {there} published sheets")
    print(f"first question {first[0]:.0f} ms of CPU, {first[1]:.0f} by the clock")
    print(f"which sheets there are {which[1]:.1f} ms")
    print(f"memory of a sheet {of_each / 1024:.1f} KiB")
    heads = f"{'p50    p99':>17}" * 2
    print(f"{'warm: ms of CPU, then by the clock':<66}{'sheets':>8}{heads}")
    every = []
    for question in QUESTIONS:
        took = [milliseconds(lambda asked=question: in_sheets(asked)) for _ in range(ROUNDS)]
        every += took
        tell(question, in_sheets(question).count, took)
    tell("all", "", every)


def tell(question, count, took):
    told = ""
    for each in zip(*took, strict=True):
        p50, p99 = (quantiles(each, n=100)[at] for at in (49, 98))
        told += f"{p50:>10.1f}{p99:>7.1f}"
    print(f"{question:<66}{count:>8}{told}")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aes_cms.settings")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        import django

        django.setup()
        from django.db import connection
        from grown_site import add_sheets, prepare

        from prefectures.models import Procedure
        from prefectures.public.in_sheets import finding, in_sheets
        from prefectures.public.in_sheets.sheet_text import SheetText
        from prefectures.published.every import OfEach

        main(int(sys.argv[1]) if len(sys.argv) > 1 else SHEETS)
