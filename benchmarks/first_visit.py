"""What a first visit weighs, in each language: page, style and scripts in brotli, queries, cookies.

    AES_MODE=development .venv/bin/python benchmarks/first_visit.py

Reads the site of DATA_DIR, which ``script/server`` has prepared and collected. Budget: 14 KiB
(30 for the map) and 3 requests for a first visit, 4 queries for a page that nothing keeps ready.
"""

import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aes_cms.settings")

import brotli
import django

django.setup()

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from prefectures.languages import address_in

PAGES = [
    "/",
    "/regions/occitanie/",
    "/departements/31-haute-garonne/",
    "/departements/34-herault/",
    "/departements/46-lot/prefecture-de-cahors/",
    "/communes/34142-lodeve/",
    "/recherche/?q=lodevve",
    "/a-propos/",
    "/carte/",
    "/carte/?couleur=age",
]
RESOURCE = re.compile(r'<(?:link rel="stylesheet" href|script src|img src)="(?:/static/)([^"]+)"')


def weigh(data):
    return len(brotli.compress(data))


def main():
    client = Client(SERVER_NAME="127.0.0.1")
    print(f"{'page':<46}{'HTML':>7}{'all':>8}{'requests':>10}{'queries':>9}{'cookies':>9}")
    for path in [address_in(code, path) for code, _ in settings.LANGUAGES for path in PAGES]:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
        assert response.status_code == 200, path
        resources = RESOURCE.findall(response.content.decode())
        page = weigh(response.content)
        everything = page + sum(
            weigh(staticfiles_storage.open(name).read()) for name in set(resources)
        )
        print(
            f"{path:<46}{page:>7}{everything:>8}{1 + len(set(resources)):>10}"
            f"{len(queries):>9}{len(response.cookies):>9}"
        )


if __name__ == "__main__":
    main()
