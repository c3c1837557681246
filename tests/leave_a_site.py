"""Leaves the database of this edition, with a history, for later editions to be tried on.

    .venv/bin/python -m pytest tests/leave_a_site.py -n 0 -o python_files='*.py'

On SQLite. Writes ``tests/sealed_site/with_seals.json.gz``: GISTI's fourteen sheets, then sixty
edits drawn at random through every gate, and what this edition says of the outcome. What is there
already is not to be written over: an edition that has landed left it.
"""

import base64
import gzip
import json
import random
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from prefectures.models import Commune, Procedure, PublishedDocument, Revision
from prefectures.sealing.sealing import head
from prefectures.sheets.reading import sheets_at

from .every_gate import GATES, through

PLACE = Path(__file__).parent / "sealed_site" / "with_seals.json.gz"
EDITS = 60
# Of no history, and too many; of the communes, those that something names are enough.
OF_THE_TERRITORY = {"prefectures_postalcode", "prefectures_formercommune"}
NAMED = " OR ".join(
    f'"{Commune._meta.pk.column}" IN (SELECT "{naming.field.column}" FROM "{table}")'
    for naming in Commune._meta.get_fields(include_hidden=True)
    if naming.one_to_many or naming.one_to_one
    if (table := naming.related_model._meta.db_table) not in OF_THE_TERRITORY
)


def said(state):
    """Return what a version says, by field: {part or "": {number: {field: value}}}, or None."""
    if state.sheet is None:
        return None
    items = {"": {"": state.sheet}}
    items |= {kind.part: rows for kind, rows in state.rows.items() if rows}
    return {
        part: {str(number): values_said(item) for number, item in rows.items()}
        for part, rows in items.items()
    }


def values_said(item):
    return {
        name: sorted(map(str, value)) if isinstance(value, frozenset) else str(value)
        for name, value in item.values.items()
    }


def versions_said():
    """Return [[sheet, version, what it says]] of every version there is."""
    found = Revision.objects.order_by("procedure", "number").values_list("procedure", "number")
    return [[pk, number, said(sheets_at({pk: number})[pk])] for pk, number in found]


def documents():
    """Return [[sheet, changeset, digest]] of all that readers ever saw."""
    rows = PublishedDocument.objects.order_by("pk")
    return [list(row) for row in rows.values_list("procedure", "changeset", "sha256")]


def tables():
    """Return {table: its columns and rows}, as any database takes them."""
    models = apps.get_app_config("prefectures").get_models(include_auto_created=True)
    names = {model._meta.db_table: model._meta.concrete_fields for model in models}
    return {name: table(name, fields) for name, fields in names.items()}


def table(name, fields):
    kinds = {field.column: field.get_internal_type() for field in fields}
    where = f" WHERE {NAMED}" if name == Commune._meta.db_table else ""
    if name in OF_THE_TERRITORY:
        return {"columns": list(kinds), "rows": []}
    with connection.cursor() as cursor:
        columns = ", ".join(f'"{column}"' for column in kinds)
        cursor.execute(f'SELECT {columns} FROM "{name}"{where}')
        rows = [
            [stored(value, kind) for value, kind in zip(row, kinds.values(), strict=True)]
            for row in cursor.fetchall()
        ]
    return {"columns": list(kinds), "rows": rows}


def stored(value, kind):
    if kind == "BooleanField" and value is not None:
        return bool(value)
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    return value if value is None or isinstance(value, int | float) else str(value)


@pytest.mark.django_db
def test_leave(admin_client):
    assert connection.vendor == "sqlite"
    assert not PLACE.exists()
    chance = random.Random(1)
    for number in range(EDITS):
        gate = GATES[number % len(GATES)]
        words = chance.choice(["Par la poste.", "Au guichet.", "Sur rendez-vous, en ligne."])
        through(gate, admin_client, chance.randrange(12), words)
    applied = MigrationRecorder.Migration.objects.filter(app="prefectures").order_by("pk")
    left = {
        "migration": applied.last().name,
        "head": list(head())[:2],
        "versions": versions_said(),
        "documents": documents(),
        "sheets": sorted(Procedure.objects.values_list("pk", flat=True)),
        "tables": tables(),
    }
    PLACE.write_bytes(gzip.compress(json.dumps(left, separators=(",", ":")).encode(), mtime=0))
