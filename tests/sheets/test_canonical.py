"""A sheet as JSON: it holds the whole sheet, and the same sheet is always the same bytes."""

import json

import pytest

from prefectures.importexport.sheet_file import load_sheets
from prefectures.models import Ground, Link, Prefecture, Procedure, Quotation, changeset
from prefectures.sheets.canonical import canonical_json, document
from prefectures.sheets.kinds import ROWS, known_by, row_kind
from prefectures.sheets.reading import sheets_now
from prefectures.sheets.state import Item, OwnRow, State

from ..models.making import draft, written


def codes():
    """Return by what people know what sheets are linked to, {model: {key: code}}."""
    return {
        model: {item.pk: getattr(item, known_by(model)) for item in model.objects.all()}
        for model in (Prefecture, Procedure, Ground)
    }


def said(sheet):
    return document(sheets_now([sheet.pk])[sheet.pk], codes())


def without_keys(state):
    """Return what a ``State`` says, whatever its place in the database and its address."""
    sheet = {name: value for name, value in state.sheet.values.items() if name != "slug"}
    rows = {
        kind: {
            number: row.values | {"procedure": None} | numbers_named(kind, row, state)
            for number, row in state.rows[kind].items()
        }
        for kind in ROWS
    }
    return sheet, rows


def numbers_named(kind, row, state):
    """Return {name of the field: number of the row of the same sheet that ``row`` names}."""
    named = {}
    for field in kind.leading:
        rows = state.rows[row_kind(field.related_model)].items()
        numbers = {other.pk: number for number, other in rows}
        named[field.name] = numbers.get(row.values[field.name])
    return named


def written_again(found):
    """Return the document of a sheet as a file of sheets takes it, under another address."""
    found = json.loads(canonical_json(found))
    for kind in ROWS:
        for row in found.get(kind.part, ()):
            # There rows are numbered in their order.
            del row["number"]
    return found | {"slug": f"{found['slug']}-encore"}


@pytest.mark.django_db
def test_every_sheet_of_the_site_is_loaded_again_as_it_is(tmp_path):
    states = sheets_now(list(Procedure.objects.values_list("pk", flat=True)))
    known = codes()
    sheets = [written_again(document(state, known)) for state in states.values()]
    path = tmp_path / "fiches.json"
    path.write_bytes(canonical_json({"reason": "Les mêmes", "sheets": sheets}))
    loaded, _ = load_sheets(path)
    assert len(loaded) == len(states) == 14
    for state in states.values():
        copy = Procedure.objects.get(
            departement=state.sheet.values["departement"],
            slug=f"{state.sheet.values['slug']}-encore",
        )
        assert without_keys(sheets_now([copy.pk])[copy.pk]) == without_keys(state)


def test_the_order_of_a_dictionary_leaves_no_trace():
    one = {"title": "a", "steps": [{"number": 1, "kind": "post"}]}
    other = {"steps": [{"kind": "post", "number": 1}], "title": "a"}
    assert list(one) != list(other)
    assert canonical_json(one) == canonical_json(other)


def test_letters_are_written_as_they_are_and_nothing_between_them():
    found = canonical_json({"title": "Été", "position": 1})
    assert found.decode() == '{"position":1,"title":"Été"}'


@pytest.mark.django_db
def test_the_link_of_a_quotation_bears_its_number_in_the_sheet():
    sheet = draft()
    for url in ("https://a.example/", "https://b.example/"):
        link = written(Link, procedure=sheet, url=url)
    with changeset("Pour le test"):
        sheet.links.first().delete()
        Quotation.objects.create(procedure=sheet, text="<p>Des mots</p>", link=link)
    found = said(sheet)
    assert found["quotations"][0]["link"] == 2
    assert [row["number"] for row in found["links"]] == [2]


def state(**rows):
    """Return a made-up sheet, {number: values} of each kind."""
    values = {field.name: None for field in Procedure._meta.get_fields() if not field.auto_created}
    found = State(Item(1, values | {"title": "Une fiche"}))
    for kind in ROWS:
        begun = {f.name: None if f.is_relation else "" for f in kind.model._meta.fields}
        found.rows[kind] = {
            number: Item(None, begun | {"number": number} | own)
            for number, own in rows.get(kind.part, {}).items()
        }
    return found


def test_links_come_in_the_order_of_their_codes():
    found = state()
    found.sheet.values["grounds"] = frozenset([1, 2, 3])
    known = {Ground: {1: "travail", 2: "famille", 3: "parent"}}
    assert document(found, known)["grounds"] == ["famille", "parent", "travail"]


def test_a_link_that_is_not_written_yet_bears_its_number_too():
    found = state(links={1: {}, 2: {}}, quotations={1: {"link": OwnRow(2)}})
    assert document(found, {})["quotations"] == [{"number": 1, "link": 2}]


def test_rows_come_by_their_number_whatever_order_they_were_read_in():
    found = document(state(steps={2: {"kind": "email"}, 1: {"kind": "post"}}), {})
    assert [(row["number"], row["kind"]) for row in found["steps"]] == [(1, "post"), (2, "email")]


def test_what_is_empty_is_left_out_and_no_or_nought_is_not():
    found = state()
    found.sheet.values |= {"headline": "", "refused_channels": [], "grounds": frozenset()}
    found.sheet.values["position"] = 0
    assert document(found, {}) == {"title": "Une fiche", "position": 0}
    found = state(quotations={1: {"is_excerpt": False}})
    assert document(found, {})["quotations"] == [{"number": 1, "is_excerpt": False}]


def test_keys_of_the_database_and_versions_stand_nowhere():
    found = state(**{kind.part: {1: {"procedure": 1, "id": 7}} for kind in ROWS})
    found.sheet.values["version"] = 3
    told = document(found, {})
    assert set(told) == {"title", *(kind.part for kind in ROWS)}
    assert all(told[kind.part] == [{"number": 1}] for kind in ROWS)
