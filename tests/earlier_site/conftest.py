import gzip
import json
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction

# Made by the edition of 28 November 2026: GISTI’s fourteen sheets, then fifty edits drawn at
# random, by form, import, deletion and undoing. ``versions`` says what each version of each sheet
# quoted then, as that edition read it: [sheet, version, [text, extract, link, publisher]].
EARLIER = Path(__file__).parent / "before_quotations.json.gz"
LAST_MIGRATION = "0006_derived"


@pytest.fixture(scope="session")
def earlier():
    return json.loads(gzip.decompress(EARLIER.read_bytes()))


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, earlier):
    """The database of that edition, brought to today’s."""
    with django_db_blocker.unblock():
        name = connection.creation._create_test_db(verbosity=0, autoclobber=True)
        use(name)
        call_command("migrate", "prefectures", LAST_MIGRATION, verbosity=0)
        put(earlier["tables"])
        call_command("migrate", verbosity=0)
        yield
        connection.close()
        connection.creation._destroy_test_db(name, verbosity=0)


def use(name):
    connection.close()
    for kept in (settings.DATABASES["default"], connection.settings_dict):
        kept["NAME"] = name


def put(tables):
    """Fill ``tables``, as the earlier edition had them, and let keys go on where it stopped."""
    # In one transaction: what a row leads to may come after it.
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'DELETE FROM "{table}"')
        for table, held in tables.items():
            columns = ", ".join(f'"{column}"' for column in held["columns"])
            places = ", ".join(["%s"] * len(held["columns"]))
            for row in held["rows"]:
                cursor.execute(f'INSERT INTO "{table}" ({columns}) VALUES ({places})', row)
        for statement in connection.ops.sequence_reset_sql(no_style(), of_tables(tables)):
            cursor.execute(statement)


def of_tables(tables):
    found = apps.get_app_config("prefectures").get_models(include_auto_created=True)
    return [model for model in found if model._meta.db_table in tables]
