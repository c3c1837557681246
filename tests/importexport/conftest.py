"""A file with one small sheet, which a test may change."""

import json
from copy import deepcopy

import pytest

SHEET = {
    "departement": "34",
    "slug": "une-fiche",
    "title": "Une fiche",
    "publication": "published",
    "offices": ["34/prefecture-de-montpellier"],
    "grounds": ["tous-motifs"],
    "steps": [{"kind": "post", "address": "34 place des Martyrs"}],
    "links": [{"kind": "source", "url": "https://www.herault.gouv.fr/"}],
}


class SheetFile:
    def __init__(self, path):
        self.path = path
        self.document = {"reason": "Une reprise", "sheets": [deepcopy(SHEET)]}
        self.sheet = self.document["sheets"][0]

    def write(self):
        """Write one value a line, as fixtures/occitanie.json does."""
        self.write_text(json.dumps(self.document, ensure_ascii=False, indent=2))
        return self.path

    def write_text(self, text):
        self.path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def line_of(self, text):
        """Return the number of the one line that holds ``text``."""
        lines = self.path.read_text(encoding="utf-8").splitlines()
        [number] = [number for number, line in enumerate(lines, 1) if text in line]
        return number


@pytest.fixture
def sheet_file(tmp_path):
    return SheetFile(tmp_path / "fiches.json")
