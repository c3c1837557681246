"""A volunteer imports sheets, and undoes it: whoever reads meanwhile is answered."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from prefectures.models import Departement, Procedure

from .killing import Importer
from .served import session_of, started

READERS = 20
IMPORTS = 6


@pytest.mark.django_db(transaction=True)
def test_every_page_is_answered_while_sheets_are_imported(tmp_path, admin_user):
    session = session_of(admin_user)
    sheets = list(Procedure.objects.published())
    places = [*sheets, *Departement.objects.filter(procedures__in=sheets).distinct()]
    pages = [place.get_absolute_url() for place in places]
    pages += ["/", "/changements/", "/changements.atom", "/recherche/?q=lodevve"]
    statuses = Counter()
    with started(tmp_path) as server, ThreadPoolExecutor(READERS) as threads:
        importer = Importer(server, session, sheets=sheets)
        connection.close()
        importer.start()
        while importer.is_alive() and len(importer.confirmed) < IMPORTS:
            statuses.update(answer.status for answer in threads.map(server.get, pages))
        server.stop()
        importer.join()
    assert importer.fault is None
    assert len(importer.confirmed) >= IMPORTS
    assert set(statuses) == {200}, statuses
