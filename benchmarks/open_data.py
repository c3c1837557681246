"""What the open data of a thousand published sheets cost: CPU, bytes, memory, by file.

    AES_MODE=development .venv/bin/python benchmarks/open_data.py [sheets]
    AES_MODE=development script/on-postgresql .venv/bin/python benchmarks/open_data.py

On a site of its own, whose sheets are GISTI's fourteen spread over the other départements
(``grown_site.py``). Each file is made ROUNDS times by Django, as the front of the server has it
made when what it says has changed; the ratio is to an empty view, without middleware or database.
What is kept is sent as any page that is kept (``serving.py``).
"""

import os
import sys
import tempfile
import tracemalloc
from pathlib import Path
from statistics import median
from time import process_time

ROOT = Path(__file__).resolve().parent.parent
SHEETS = 1000
ROUNDS = 5
DEPARTEMENT = "/donnees/departements/34-herault/fiches.json"


def cpu(application, address):
    """Return the CPU of a call, in milliseconds."""
    started = process_time()
    ask(application, address)
    return 1000 * (process_time() - started)


def main(published):
    # Of ten sheets, eight are published.
    prepare()
    add_sheets(published * 10 // 8)
    there = Procedure.objects.published().count()
    with override_settings(MIDDLEWARE=[]):
        empty = WSGIHandler()
    with override_settings(ROOT_URLCONF="empty_site"):
        view = median(cpu(empty, "/vide") for _ in range(200))
    making = MakingHandler()
    print(f"{connection.vendor}, {there} published sheets; an empty view: {view:.2f} ms")
    print(f"{'file':<46}{'ms':>8}{'ratio':>8}{'bytes':>11}{'brotli':>9}{'peak MiB':>10}")
    names = [name for name in Files(str).all_names if name.startswith(SHOWN)]
    for address in [*(address_of(name) for name in names), DEPARTEMENT]:
        ask(making, address)
        took = median(cpu(making, address) for _ in range(ROUNDS))
        body = Client(SERVER_NAME="127.0.0.1").get(address).content
        tracemalloc.start()
        ask(making, address)
        peak = tracemalloc.get_traced_memory()[1] / 2**20
        tracemalloc.stop()
        packed = len(brotli.compress(body, quality=5))
        print(
            f"{address:<46}{took:>8.0f}{took / view:>8.0f}{len(body):>11,}{packed:>9,}{peak:>10.1f}"
        )


SHOWN = ("fiches", "etapes", "liens", "citations", "guichets", "changements", "sommes")

if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aes_cms.settings")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        import django

        django.setup()
        import brotli
        from cold_page import ask
        from django.core.handlers.wsgi import WSGIHandler
        from django.db import connection
        from django.test import Client
        from django.test.utils import override_settings
        from grown_site import add_sheets, prepare

        from prefectures.models import Procedure
        from prefectures.public.cache import MakingHandler
        from prefectures.public.data.files import Files, address_of

        main(int(sys.argv[1]) if len(sys.argv) > 1 else SHEETS)
