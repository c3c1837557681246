import base64
import gzip
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection

from prefectures.sealing.guarding import history_unlocked

from ..earlier_site.conftest import put, use

# Left by the edition of 29 November 2026, as tests/leave_a_site.py says.
LEFT = Path(__file__).parent / "with_seals.json.gz"


@pytest.fixture(scope="session")
def left():
    return json.loads(gzip.decompress(LEFT.read_bytes()))


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, left):
    """The database of that edition, brought to today’s."""
    with django_db_blocker.unblock():
        name = connection.creation._create_test_db(verbosity=0, autoclobber=True)
        use(name)
        call_command("migrate", "prefectures", left["migration"], verbosity=0)
        with history_unlocked(SimpleNamespace(connection=connection)):
            put({name: as_stored(table) for name, table in left["tables"].items()})
        call_command("migrate", verbosity=0)
        yield
        connection.close()
        connection.creation._destroy_test_db(name, verbosity=0)


def as_stored(table):
    """Return ``table`` with the bytes that JSON cannot hold."""
    rows = [
        [base64.b64decode(value["base64"]) if isinstance(value, dict) else value for value in row]
        for row in table["rows"]
    ]
    return {**table, "rows": rows}
