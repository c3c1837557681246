"""The JSON Schema is that of what is served, whatever the sheets say."""

import json
import random

import pytest
from jsonschema import Draft202012Validator

from prefectures.importexport.open_data.tables import tables
from prefectures.importexport.sheet_file import load_sheets
from prefectures.models import Verification, changeset
from prefectures.public.data import dictionary
from prefectures.public.data.files import Files

from ...hostile.executed import MARK
from ...hostile.payloads import PAYLOADS
from ...hostile.texts import sheet_of
from ...seed import SEED
from ...size import AT_FULL_SIZE
from ..made_up import FILES, load_made_up

pytestmark = pytest.mark.django_db

# Of the hostile texts, each its share.
PARTS = 5
HERAULT = "/donnees/departements/34-herault/"


@pytest.fixture
def validator(client):
    schema = json.loads(client.get("/donnees/schema.json").content)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.fixture
def faults(client, validator):
    """Return a function that tells what the schema finds wrong in every file of a place."""

    def faults(place="/donnees/"):
        return [
            (name, error.json_path, error.message)
            for name in Files(str).names
            if name.endswith(".json")
            for error in validator.iter_errors(json.loads(client.get(f"{place}{name}").content))
        ]

    return faults


def test_every_file_is_as_the_schema_says(faults):
    assert faults() == []


def test_so_is_every_file_of_sheets_unlike_the_document_s(faults):
    for name in FILES:
        load_made_up(name)
    assert faults() == []


@pytest.mark.parametrize(
    "part", range(PARTS) if AT_FULL_SIZE else [random.Random(SEED).randrange(PARTS)]
)
def test_so_is_every_file_of_hostile_sheets(faults, tmp_path, part):
    path = tmp_path / "fiches.json"
    sheets = [sheet_of(payload, number) for number, payload in enumerate(PAYLOADS[part::PARTS])]
    reason = f"<script>{MARK}()</script>"
    path.write_text(json.dumps({"reason": reason, "public_reason": reason, "sheets": sheets}))
    load_sheets(path)
    assert faults() == []


def test_a_file_without_rows_is_as_the_schema_says(faults, empty_site):
    assert faults() == []


def test_what_no_table_has_is_refused(client, validator):
    told = json.loads(client.get("/donnees/motifs.json").content)
    told["rows"][0]["couleur"] = "rouge"
    assert [error.json_path for error in validator.iter_errors(told)] == ["$.rows[0]"]


def test_a_wrong_choice_is_refused(client, validator):
    told = json.loads(client.get(f"{HERAULT}etapes.json").content)
    told["rows"][0]["kind"] = "pigeon"
    assert [error.json_path for error in validator.iter_errors(told)] == ["$.rows[0].kind"]


def test_a_day_on_which_somebody_looked_is_told(client, validator, beziers):
    with changeset("Une vérification"):
        Verification.objects.create(procedure=beziers, verified_on="2026-11-02")
    told = json.loads(client.get(f"{HERAULT}fiches.json").content)
    days = {row["key"]: row.get("last_verified_on") for row in told["rows"]}
    assert days[beziers.key] == "2026-11-02"
    assert not list(validator.iter_errors(told))


# --- The dictionary ---------------------------------------------------------------------------


def test_the_dictionary_tells_every_column_of_every_table(client):
    text = client.get("/donnees/dictionnaire.csv").content.decode("utf-8-sig")
    told = [line.split(";")[:2] for line in text.split("\r\n")[1:] if line.count(";") >= 6]
    expected = [
        [table.name, name]
        for table in tables().values()
        for name in (*(column.name for column in table.columns), "as_of", "current")
    ]
    assert [each for each in expected if each not in told] == []


KINDS = {"nombre": int, "oui ou non": lambda cell: cell == "oui"}


@pytest.mark.parametrize("name", tables())
def test_an_example_is_one_that_the_schema_takes(validator, name):
    own = {table.name: lines for table, lines in dictionary.entries()}[name]
    row = {}
    for entry in own:
        value = KINDS.get(entry.column.kind, str)(entry.example)
        row[entry.column.name] = value.split(" | ") if entry.column.is_list else value
    schema = validator.schema["$defs"][name]
    assert list(Draft202012Validator(schema).iter_errors(row)) == []
