"""A sheet on paper says all that its page says."""

import json

import pytest

from prefectures.importexport.sheet_file import load_sheets
from prefectures.models import Procedure
from prefectures.models.fields import RichTextField
from prefectures.public.printed.sheet import sheet_blocks
from prefectures.published.current import departement_with_sheets, sheet_at
from prefectures.sheets.kinds import ROWS

from ...hostile.texts import sheet_of, text_fields
from ..made_up import FILES, load_made_up

pytestmark = pytest.mark.django_db
ADDRESS = "https://guide.example.org/fiche/"


def words(blocks):
    """Return all the words of ``blocks``, in order."""
    found = []
    for block in blocks:
        found += ["".join(run.get("pieces", [" "])) for run in block.get("runs", [])]
        found.append(words(block.get("blocks", [])))
        found += [words(item) for item in block.get("items", [])]
    return " ".join(filter(None, found))


def told(name):
    """Return a word that stands nowhere but in the field ``name``."""
    return f"mot{name.replace('_', '')}"


def field_by_field(model, prefix=""):
    return {
        name: f"<p>{told(prefix + name)}</p>"
        if isinstance(field, RichTextField)
        else told(prefix + name)
        for name, field in text_fields(model).items()
        if field.__class__.__name__ not in ("WebAddressField", "EmailField")
        and (field.max_length or 100) > len(told(prefix + name))
    }


@pytest.fixture
def full(tmp_path):
    """A sheet whose every text has a word of its own."""
    content = sheet_of("x", 1) | field_by_field(Procedure)
    for kind in ROWS:
        # A contact that is a telephone number is shown by its value all the same.
        content[kind.part] = [
            row | field_by_field(kind.model, kind.part) for row in content[kind.part]
        ]
    path = tmp_path / "fiches.json"
    path.write_text(json.dumps({"title": "x", "reason": "x", "sheets": [content]}))
    load_sheets(path)
    return sheet_at("34", "un-essai-1")


def test_every_text_of_a_sheet_is_printed(full):
    printed = words(sheet_blocks(full, ADDRESS))
    expected = [*field_by_field(Procedure)]
    missing = [name for name in expected if told(name) not in printed]
    for kind in ROWS:
        expected = field_by_field(kind.model, kind.part)
        missing += [
            f"{kind.part}.{name}" for name in expected if told(kind.part + name) not in printed
        ]
    assert missing == []


def test_what_is_quoted_stands_after_how_one_files_and_the_links(full):
    titles = [words([block]) for block in sheet_blocks(full, ADDRESS) if block["is"] == "heading"]
    order = ["Comment déposer", "Liens", "Ce que dit la préfecture", "Note du Gisti"]
    places = [
        next(at for at, title in enumerate(titles) if title.startswith(each)) for each in order
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("name", FILES)
def test_sheets_of_every_kind_are_printed_with_their_answer_first(name):
    load_made_up(name)
    sheet = Procedure.objects.published().exclude(departement__region="76").first()
    _, (shown, *_) = departement_with_sheets(sheet.departement_id)
    title, head, *_rest = sheet_blocks(shown, ADDRESS)
    assert words([title]) == shown.title
    assert head["is"] == "beside"
    assert "Dernière mise à jour" in words([head])
