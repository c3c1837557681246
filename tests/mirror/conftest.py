"""A site of two départements, whose mirror is made in seconds; and the mirror of it."""

import csv
import json
import shutil

import pytest
from django.conf import settings

from prefectures.importexport.help_file import load_help_places
from prefectures.importexport.sheet_file import load_sheets
from prefectures.importexport.words_file import load_words
from prefectures.mirror.building import build
from prefectures.territories.load import load

from ..conftest import FIXTURES

CODES = {"34", "46"}
LIVING = "https://guide.example.org"


def silent(label, done, total):
    pass


def kept(path, is_kept):
    """Keep of a CSV file the rows that ``is_kept``."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows, names = [row for row in reader if is_kept(row)], reader.fieldnames
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return rows


@pytest.fixture(scope="session")
def small_territory(tmp_path_factory):
    """The territory files, cut down to two départements and the seats of their offices."""
    folder = tmp_path_factory.mktemp("small")
    shutil.copytree(FIXTURES / "territories", folder, dirs_exist_ok=True)
    kept(folder / "regions.csv", lambda row: row["code"] == "76")
    places = kept(folder / "departements.csv", lambda row: row["code"] in CODES)
    around = kept(folder / "arrondissements.csv", lambda row: row["departement"] in CODES)
    seats = {row["chef_lieu"] for row in (*places, *around)}
    kept(folder / "communes.csv", lambda row: row["code"] in seats)
    kept(folder / "former_communes.csv", lambda row: False)
    kept(folder / "offices.csv", lambda row: row["departement"] in CODES)
    kept(folder / "printed_names.csv", lambda row: row["arrondissement"][:2] in CODES)
    return folder


@pytest.fixture
def small_site(empty_site, small_territory, tmp_path):
    load(small_territory)
    content = json.loads((FIXTURES / "occitanie.json").read_text(encoding="utf-8"))
    content["sheets"] = [each for each in content["sheets"] if each["departement"] in CODES]
    file = tmp_path / "sheets.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    load_sheets(file)
    load_help_places(FIXTURES / "help_places.csv")
    load_words(FIXTURES / "words.json")


@pytest.fixture
def living(settings):
    settings.PUBLIC_ADDRESS = LIVING


@pytest.fixture
def in_french(monkeypatch):
    """The mirror holds the French pages only: a quarter of the time."""
    monkeypatch.setattr("prefectures.mirror.addresses.LANGUAGES", [settings.LANGUAGE_CODE])


@pytest.fixture
def mirror(small_site, tmp_path):
    """Return a function that brings the mirror up to date, and returns what was built."""
    return lambda: build(tmp_path / "miroir", silent, processes=1)


@pytest.fixture
def served(tmp_path):
    return tmp_path / "miroir" / "site"
