"""What a page costs when nothing keeps it ready: CPU beside an empty Django view, and queries.

    AES_MODE=development .venv/bin/python benchmarks/cold_page.py [rounds]

Reads the site of DATA_DIR, which ``script/server`` has prepared and collected. The empty view has
no middleware and asks no database; the page passes the whole of Django, and is then compressed as
it is for readers. Both are called in turn, in one process and without a server, whose own work
would make the ratio smaller. Budget: 10 queries.
"""

import os
import sys
from pathlib import Path
from statistics import median
from time import process_time
from wsgiref.util import setup_testing_defaults

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aes_cms.settings")

import django

django.setup()

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings

from prefectures.public.cache import KeptPages

PAGES = [
    "/",
    "/regions/occitanie/",
    "/departements/31-haute-garonne/",
    "/departements/34-herault/",
    "/departements/46-lot/prefecture-de-cahors/",
    "/a-propos/",
]
CALLS = 50


def ask(application, address):
    environ = {
        "PATH_INFO": address,
        "HTTP_HOST": "127.0.0.1",
        "HTTP_ACCEPT_ENCODING": "gzip, deflate, br",
    }
    setup_testing_defaults(environ)
    said = []
    answer = application(environ, lambda status, headers, exc_info=None: said.append(status))
    b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    assert said[0].startswith("200"), (address, said)


def cpu(application, address, calls=CALLS):
    """Return the CPU of a call, in microseconds."""
    start = process_time()
    for _ in range(calls):
        ask(application, address)
    return (process_time() - start) / calls * 1e6


def main(rounds=5):
    with override_settings(MIDDLEWARE=[]):
        empty = WSGIHandler()
    site = WSGIHandler()
    # Nothing fits in it: each page is made anew.
    cold = KeptPages(site, most_bytes=0)

    def empty_view(calls):
        with override_settings(ROOT_URLCONF="empty_site"):
            return cpu(empty, "/vide", calls)

    print(f"{'page':<46}{'queries':>8}{'µs':>8}{'× an empty view':>17}  (lowest to highest)")
    for address in PAGES:
        ask(cold, address)
        with CaptureQueriesContext(connection) as queries:
            ask(site, address)
            asked = len(queries)
        measured = [(empty_view(CALLS * 10), cpu(cold, address)) for _ in range(rounds)]
        ratios = sorted(page / view for view, page in measured)
        print(
            f"{address:<46}{asked:>8}{median(page for _, page in measured):>8.0f}"
            f"{median(ratios):>17.1f}  ({ratios[0]:.1f} to {ratios[-1]:.1f})"
        )
    print(f"{'the empty view':<46}{0:>8}{median(view for view, _ in measured):>8.0f}")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
