"""What a sheet must satisfy as a whole, told of a state alone: no database."""

import pytest

from prefectures.models import Arrondissement, Commune, Procedure
from prefectures.models.numbering import MOST_ROWS_OF_A_SHEET
from prefectures.sheets.checking import new_item
from prefectures.sheets.faults import (
    NO_GROUND,
    NOTHING_TO_READ,
    OFFICE_TWICE,
    faults_of,
)
from prefectures.sheets.kinds import ROWS
from prefectures.sheets.state import Item, OwnRow, State

from .kinds import LINKS, QUOTATIONS, STEPS

NOWHERE = {Arrondissement: {}, Commune: {}}
THERE = {
    Arrondissement: {"341": Arrondissement(code="341", name="Béziers", departement_id="34")},
    Commune: {
        "34032": Commune(code="34032", name="Béziers", departement_id="34"),
        "09122": Commune(code="09122", name="Foix", departement_id="09"),
        "11069": Commune(code="11069", name="Carcassonne", departement_id="11"),
    },
}


def state(rows=(), **values):
    """Return the state of a sheet of the Hérault; ``rows`` gives {kind: how many}."""
    begun = {"departement": "34", "grounds": frozenset([1])}
    found = State(new_item(Procedure, **begun | values))
    for kind, count in dict(rows).items():
        named = {field.name: None for field in kind.model._meta.fields if field.is_relation}
        numbers = range(1, count + 1)
        found.rows[kind] = {number: Item(100 + number, dict(named)) for number in numbers}
    return found


def with_row(kind, name, value, rows, **values):
    """Return the faults where the first row of ``kind`` has this ``value`` in field ``name``."""
    found = state({**rows, kind: 1}, **values)
    found.rows[kind][1].values[name] = value
    return list(faults_of(found, NOWHERE))


def faults(rows=(), places=NOWHERE, **values):
    return list(faults_of(state(rows, **values), places))


def test_a_draft_may_be_empty():
    assert faults(grounds=frozenset()) == []


def test_a_published_sheet_needs_a_ground():
    assert faults({STEPS: 1}, publication="published", grounds=frozenset()) == [NO_GROUND]


def test_a_published_sheet_needs_something_to_read():
    assert faults(publication="published") == [NOTHING_TO_READ]


@pytest.mark.parametrize("kind", ROWS, ids=lambda kind: kind.part)
def test_one_row_is_something_to_read(kind):
    assert faults({kind: 1}, publication="published") == []


@pytest.mark.parametrize("field", Procedure.rich_text_fields(), ids=lambda field: field.name)
def test_one_text_is_something_to_read(field):
    assert faults(publication="published", **{field.name: "<p>Un mot</p>"}) == []


def test_a_title_alone_is_nothing_to_read():
    assert faults(publication="published", title="Une fiche", headline="Un mot") == [
        NOTHING_TO_READ
    ]


@pytest.mark.parametrize("kind", ROWS, ids=lambda kind: kind.part)
def test_a_sheet_has_a_bounded_number_of_rows_of_a_kind(kind):
    assert faults({kind: MOST_ROWS_OF_A_SHEET}) == []
    (fault,) = faults({kind: MOST_ROWS_OF_A_SHEET + 1})
    assert fault.startswith(f"Une fiche a au plus {MOST_ROWS_OF_A_SHEET} {kind.plural} : ")


def test_rows_of_several_kinds_are_counted_apart():
    assert faults(dict.fromkeys(ROWS, MOST_ROWS_OF_A_SHEET)) == []


NAMING = [(kind, field.name) for kind in ROWS for field in kind.leading]
each_naming = pytest.mark.parametrize(("kind", "name"), NAMING, ids=lambda value: str(value))


def test_a_quotation_names_its_link_and_a_step_its_source():
    assert NAMING == [(STEPS, "source"), (QUOTATIONS, "link")]


@each_naming
@pytest.mark.parametrize("link", [None, 101, 102, OwnRow(1)])
def test_a_row_may_name_a_link_of_its_sheet(kind, name, link):
    assert with_row(kind, name, link, {LINKS: 2}) == []


@each_naming
@pytest.mark.parametrize("link", [1, 103])
def test_a_row_that_names_no_link_of_its_sheet_is_refused_and_named(kind, name, link):
    """Not even where its key is the number of one."""
    [told] = with_row(kind, name, link, {LINKS: 2})
    label = kind.model._meta.get_field(name).verbose_name
    assert told.startswith(f"{kind.one.capitalize()} n° 1, «\u00a0{label}\u00a0»")
    assert "ce lien n’est pas, ou plus, dans la fiche" in told


@pytest.mark.parametrize("office", [None, 7])
def test_a_step_takes_place_at_an_office_of_its_sheet(office):
    assert with_row(STEPS, "office", office, {}, offices=frozenset([7, 8])) == []


def test_a_step_at_another_office_is_refused_and_named():
    [told] = with_row(STEPS, "office", 9, {}, offices=frozenset([7, 8]))
    assert told.startswith("Étape n° 1\u00a0: son guichet n’est pas parmi")


def test_an_office_does_not_receive_a_request_and_refuse_it():
    both = {"offices": frozenset([7]), "offices_not_receiving": frozenset([7, 8])}
    assert faults(**both) == [OFFICE_TWICE]
    assert faults(**both | {"offices": frozenset([9])}) == []


def test_every_place_of_a_sheet_lies_in_its_departement():
    values = {"arrondissements": {"341"}, "communes_included": {"34032"}}
    assert faults(places=THERE, **values) == []


@pytest.mark.parametrize("name", ["arrondissements", "communes_included", "communes_excluded"])
def test_a_place_of_another_departement_is_named(name):
    place = "341" if name == "arrondissements" else "34032"
    assert faults(places=THERE, departement="09", **{name: {place}}) == [
        "Béziers (34) n’est pas dans ce département."
    ]


def test_each_place_elsewhere_is_told_in_the_order_of_the_codes():
    told = faults(places=THERE, communes_included={"34032", "11069", "09122"})
    assert told == [
        "Foix (09) n’est pas dans ce département.",
        "Carcassonne (11) n’est pas dans ce département.",
    ]
