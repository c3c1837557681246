"""docs/format-des-fiches.md says all that a sheet file may hold, and nothing else."""

import re
from collections import defaultdict

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from prefectures.importexport.sheet_file import load_sheets
from prefectures.models import (
    Contact,
    Ground,
    Link,
    Prefecture,
    Procedure,
    Quotation,
    Referral,
    Step,
)
from prefectures.sheets.kinds import ROWS

TEXT = (settings.BASE_DIR / "docs" / "format-des-fiches.md").read_text(encoding="utf-8")
# A row of a table whose first cell is a name: `kind` | action …
ROW = re.compile(r"^\| `(\w+)` \| (.+?) \|(?: `(\w+)` \|)?$")
MODELS = {
    "La fiche": Procedure,
    "L'étape": Step,
    "Le contact": Contact,
    "Le lien": Link,
    "La citation": Quotation,
    "Le renvoi": Referral,
}
GIVEN_BY_THE_SITE = {"id", "version", "procedure", "number"}
ALSO_IN_A_SHEET = {kind.part for kind in ROWS}


def sections():
    """Return {title: {"fields": {name: words}, field with choices: {value: (words, role)}}}."""
    found, values_of = defaultdict(lambda: defaultdict(dict)), "fields"
    for line in TEXT.splitlines():
        if line.startswith("## "):
            title, values_of = line[3:], "fields"
        elif heading := re.match(r"Valeurs de `(\w+)`", line):
            values_of = heading[1]
        elif row := ROW.match(line):
            found[title][values_of][row[1]] = row[2] if values_of == "fields" else row.group(2, 3)
    return found


SECTIONS = sections()


def fields_of(model):
    names = {f.name for f in [*model._meta.fields, *model._meta.many_to_many]} - GIVEN_BY_THE_SITE
    return names | (ALSO_IN_A_SHEET if model is Procedure else set())


WITH_CHOICES = [
    (title, field)
    for title, model in MODELS.items()
    for field in model._meta.fields
    if field.choices and field.name not in GIVEN_BY_THE_SITE
]


@pytest.mark.parametrize(("title", "model"), MODELS.items(), ids=MODELS)
def test_every_field_is_described_and_no_other(title, model):
    assert set(SECTIONS[title]["fields"]) == fields_of(model)


def test_the_fields_of_the_file_are_described():
    assert set(SECTIONS["Le fichier"]["fields"]) == {"title", "reason", "public_reason", "sheets"}


@pytest.mark.parametrize(
    ("title", "field"), WITH_CHOICES, ids=[f"{title} {field.name}" for title, field in WITH_CHOICES]
)
def test_every_stored_value_stands_beside_its_french_label(title, field):
    described = {value: words for value, (words, _) in SECTIONS[title][field.name].items()}
    choices = {value: str(label).replace("’", "'") for value, label in field.choices if value}
    assert described == choices


def test_no_other_field_has_values():
    described = {
        (title, name) for title, tables in SECTIONS.items() for name in tables if name != "fields"
    }
    assert described == {(title, field.name) for title, field in WITH_CHOICES}


@pytest.mark.parametrize(("title", "model"), MODELS.items(), ids=MODELS)
def test_a_field_is_called_as_on_the_screen(title, model):
    fields = {f.name: f for f in [*model._meta.fields, *model._meta.many_to_many]}
    wrong = {
        name: words
        for name, words in SECTIONS[title]["fields"].items()
        if name in fields and not words.startswith(str(fields[name].verbose_name).replace("’", "'"))
    }
    assert wrong == {}


def test_the_role_that_follows_from_each_kind_is_told():
    described = {kind: role for kind, (_, role) in SECTIONS["L'étape"]["kind"].items()}
    assert described == {kind.value: role.value for kind, role in Step.PROPOSED_ROLES.items()}


# --- The examples -----------------------------------------------------------------------------


@pytest.fixture
def example(tmp_path):
    path = tmp_path / "fiches.json"
    [text] = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.django_db
def test_the_example_loads(example):
    assert load_sheets(example)[0] == ["34/sous-prefecture-de-lodeve-travail"]
    sheet = Procedure.objects.get(slug="sous-prefecture-de-lodeve-travail")
    assert [place.name for place in sheet.arrondissements.all()] == ["Lodève"]
    assert sheet.quotations.get().link.number == 1
    assert sheet.referrals.get().sheet.departement_id == "34"


@pytest.mark.django_db
def test_the_fault_of_the_document_is_what_the_command_says(example, monkeypatch):
    text = example.read_text(encoding="utf-8")
    text = text.replace("34/sous-prefecture-de-lodeve", "34/prefecture-de-nimes")
    example.write_text(text, encoding="utf-8")
    monkeypatch.chdir(example.parent)
    with pytest.raises(CommandError) as caught:
        call_command("load_sheets", "fiches.json")
    assert f"```text\n{caught.value}\n```" in TEXT


@pytest.mark.django_db
def test_what_the_document_names_is_there():
    assert Prefecture.objects.filter(departement="34", slug="sous-prefecture-de-beziers").exists()
    assert Ground.objects.filter(slug__in=["tous-motifs", "travail"]).count() == 2
