"""Holes and overlaps, told of published sheets of one ground in one département."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from prefectures.contradictions import contradictions_of
from prefectures.contradictions.territory import Communes, territory
from prefectures.models import Arrondissement, Commune, Ground, Procedure, changeset

from ..models.making import draft, published

pytestmark = pytest.mark.django_db


def ground(slug="travail"):
    return Ground.objects.get(slug=slug)


def sheet(title, *, arrondissements=(), included=(), excluded=(), grounds=(), **fields):
    found = published(title, **fields)
    with changeset("Pour le test"):
        found.arrondissements.set(arrondissements)
        found.communes_included.set(included)
        found.communes_excluded.set(excluded)
        found.grounds.set(grounds or [ground()])
    return found


def told():
    """Return {title: [(kind, reason)]} of territory, for the sheets of Ariège made here."""
    sheets = list(Procedure.objects.filter(departement="09").exclude(title__startswith="Préf"))
    found = contradictions_of(sheets)
    return {
        each.title: [
            (item.kind, item.reason)
            for item in found.get(each.pk, ())
            if item.kind in ("hole", "overlap")
        ]
        for each in sheets
    }


def foix():
    return Arrondissement.objects.get(departement="09", name="Foix")


def others():
    return Arrondissement.objects.filter(departement="09").exclude(name="Foix")


def kinds(title):
    return [kind for kind, _ in told()[title]]


def test_one_sheet_for_the_whole_departement_has_neither():
    sheet("Tout")
    assert told() == {"Tout": []}


def test_two_sheets_for_the_same_communes_overlap_both():
    sheet("Un")
    sheet("Deux", arrondissements=[foix()])
    assert (kinds("Un"), kinds("Deux")) == (["overlap"], ["overlap"])
    assert "« Deux » vaut aussi pour" in told()["Un"][0][1]


def without_the_sheet_for_all():
    with changeset("Pour le test"):
        Procedure.objects.get(slug="prefecture-de-foix").delete()


def test_communes_without_a_sheet_are_a_hole():
    without_the_sheet_for_all()
    sheet("Foix", arrondissements=[foix()])
    ((kind, reason),) = told()["Foix"]
    assert kind == "hole"
    assert "autres" in reason


def test_sheets_that_share_the_departement_have_neither():
    without_the_sheet_for_all()
    sheet("Foix", arrondissements=[foix()])
    sheet("Le reste", arrondissements=others())
    assert told() == {"Foix": [], "Le reste": []}


def test_a_sheet_for_all_grounds_fills_the_hole_and_does_not_overlap():
    sheet("Travail à Foix", arrondissements=[foix()])
    sheet("Tous", grounds=[Ground.objects.get(covers_all=True)])
    without_the_sheet_for_all()
    assert told() == {"Travail à Foix": [], "Tous": []}


def test_sheets_of_other_grounds_have_nothing_to_do_with_each_other():
    sheet("Un")
    sheet("Deux", grounds=[ground("vie-privee-et-familiale")])
    assert told() == {"Un": [], "Deux": []}


def test_of_a_territory_told_in_words_alone_nothing_is_claimed():
    sheet("Un", territory_note="rive gauche")
    sheet("Deux")
    assert told() == {"Un": [], "Deux": []}


def test_a_commune_taken_out_here_and_added_there_is_no_fault():
    without_the_sheet_for_all()
    commune = Commune.objects.filter(arrondissement=foix()).first()
    sheet("Foix", arrondissements=[foix()], excluded=[commune])
    sheet("Le reste", arrondissements=others(), included=[commune])
    assert told() == {"Foix": [], "Le reste": []}


def test_a_draft_is_compared_with_nobody():
    sheet("Un")
    with changeset("Pour le test"):
        draft_sheet = Procedure.objects.create(title="Brouillon", departement_id="09")
        draft_sheet.grounds.set([ground()])
    assert told() == {"Un": [], "Brouillon": []}


CODES = [f"c{n}" for n in range(6)]
ARRONDISSEMENTS = {"a": {"c0", "c1", "c2"}, "b": {"c3", "c4"}}
SOME = st.sets(st.sampled_from(CODES))


@settings(deadline=None)
@given(st.sets(st.sampled_from("ab")), SOME, SOME)
def test_a_territory_is_what_its_lists_say(arrondissements, included, excluded):
    communes = SimpleNamespace(
        of_departement={"09": set(CODES)},
        of_arrondissement=ARRONDISSEMENTS,
        parts={"c5": {"c5-1", "c5-2"}},
    )
    communes.divided = lambda codes: Communes.divided(communes, codes)

    def listed(codes):
        items = [SimpleNamespace(code=code) for code in codes]
        return SimpleNamespace(all=lambda: items)

    asked = SimpleNamespace(
        departement_id="09",
        territory_note="",
        arrondissements=listed(arrondissements),
        communes_included=listed(included),
        communes_excluded=listed(excluded),
    )
    expected = set()
    for code in CODES:
        by_arrondissement = any(code in ARRONDISSEMENTS[name] for name in arrondissements)
        is_all = not arrondissements and not included
        if (is_all or by_arrondissement or code in included) and code not in excluded:
            expected |= communes.parts.get(code, {code})
    assert territory(asked, communes) == expected


def test_a_hundred_sheets_cost_as_many_queries_as_one():
    counts = []
    for _ in range(2):
        sheets = list(Procedure.objects.all())
        with CaptureQueriesContext(connection) as queries:
            contradictions_of(sheets)
        counts.append(len(queries))
        for number in range(10):
            draft(f"Fiche {number} {len(counts)}")
    assert counts[0] == counts[1]
