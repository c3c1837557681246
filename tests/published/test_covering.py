"""Where a sheet holds, and why: an arrondissement, a list, the département, or a note alone."""

from types import SimpleNamespace

import pytest

from prefectures.contradictions.territory import Communes, territory
from prefectures.models import Commune, Procedure
from prefectures.published.covering import Territory, Why, territory_of


def commune(code, arrondissement=None, part_of=None):
    return SimpleNamespace(
        code=code, departement_id=code[:2], arrondissement_id=arrondissement, part_of_id=part_of
    )


def holding(departement="34", arrondissements=(), included=(), excluded=(), has_note=False):
    sets = map(frozenset, (arrondissements, included, excluded))
    return Territory(departement, *sets, has_note)


LODEVE = commune("34142", "342")


@pytest.mark.parametrize(
    ("there", "why"),
    [
        (holding(), Why.DEPARTEMENT),
        (holding("11"), None),
        (holding(arrondissements=["342"]), Why.ARRONDISSEMENT),
        (holding(arrondissements=["341"]), None),
        (holding(arrondissements=["341"], included=["34142"]), Why.LISTED),
        (holding(included=["34032"]), None),
        (holding(excluded=["34142"]), None),
        (holding(excluded=["34032"]), Why.DEPARTEMENT),
        (holding(arrondissements=["342"], excluded=["34142"]), None),
        (holding(has_note=True), Why.NOTE),
        (holding(has_note=True, excluded=["34032"]), Why.DEPARTEMENT),
        (holding(has_note=True, arrondissements=["342"]), Why.ARRONDISSEMENT),
        # An office may take the requests of communes of another département.
        (holding("11", included=["34142"]), Why.LISTED),
    ],
)
def test_a_sheet_holds_where_what_it_names_says_so(there, why):
    assert there.why(LODEVE) is why


def test_what_holds_in_a_city_holds_in_its_arrondissements_unless_one_is_left_out():
    eighteenth = commune("75118", "751", part_of="75056")
    assert holding("75", included=["75056"]).why(eighteenth) is Why.LISTED
    assert holding("75", excluded=["75056"]).why(eighteenth) is None
    assert holding("75", excluded=["75118"]).why(eighteenth) is None
    assert holding("75", excluded=["75118"]).why(commune("75056", "751")) is Why.DEPARTEMENT


@pytest.mark.django_db
def test_readers_and_editors_are_told_the_same_territory():
    sheets = list(Procedure.objects.published())
    communes = Communes({sheet.departement_id for sheet in sheets})
    everywhere = list(Commune.objects.filter(is_current=True))
    for sheet in sheets:
        there = territory_of(sheet)
        held = {each.code for each in everywhere if there.why(each)}
        assert held == territory(sheet, communes)
