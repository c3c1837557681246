"""Holes and overlaps, told of published sheets of one ground in one département."""

from datetime import date
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from prefectures.contradictions import territory as module
from prefectures.contradictions.territory import Communes, between, territory
from prefectures.models import Arrondissement, Commune, Ground, Procedure, changeset

from ..models.making import draft, published
from .telling import forget, told_of

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
    found = told_of(sheets)
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
    assert "« Deux » vaut aussi pour" in told()["Un"][0][1]


def test_many_sheets_for_the_same_communes_are_told_in_one_sentence():
    for title in ("Un", "Deux", "Trois", "Quatre", "Cinq"):
        sheet(title)
    ((kind, reason),) = told()["Un"]
    assert kind == "overlap"
    assert "et 1 autre valent aussi pour" in reason


def test_what_is_true_of_several_grounds_is_told_once():
    for title in ("Un", "Deux"):
        sheet(title, grounds=[ground(), ground("vie-privee-et-familiale")])
    ((_, reason),) = told()["Un"]
    assert "« Travail »" in reason
    assert "« Vie privée et familiale »" in reason


def test_sheets_that_follow_each_other_in_time_do_not_overlap():
    sheet("Un", valid_until=date(2025, 8, 31))
    sheet("Deux", valid_from=date(2025, 9, 1))
    assert told() == {"Un": [], "Deux": []}


def test_sheets_that_hold_on_the_same_day_overlap():
    sheet("Un", valid_until=date(2025, 9, 1))
    sheet("Deux", valid_from=date(2025, 9, 1))
    assert kinds("Un") == ["overlap"]


def test_a_city_and_its_municipal_arrondissement_overlap_in_the_latter():
    without_the_sheet_for_all()
    city = Commune.objects.filter(arrondissement=foix()).first()
    part = Commune.objects.create(
        code="09901", name="Le cinquième", departement_id="09", arrondissement=foix(), part_of=city
    )
    sheet("La ville", included=[city])
    sheet("Une partie", included=[part])
    overlaps = [reason for kind, reason in told()["La ville"] if kind == "overlap"]
    assert overlaps == ["« Travail » : « Une partie » vaut aussi pour Le cinquième."]


def test_a_commune_that_insee_has_merged_away_overlaps_nothing():
    gone = Commune.objects.filter(arrondissement=foix()).first()
    for title in ("Un", "Deux"):
        sheet(title, included=[gone])
    Commune.objects.filter(pk=gone.pk).update(is_current=False)
    assert (kinds("Un"), kinds("Deux")) == ([], [])


def test_a_sheet_for_a_merged_commune_alone_is_not_one_for_the_whole_departement():
    gone = Commune.objects.filter(arrondissement=foix()).first()
    without_the_sheet_for_all()
    sheet("Un", included=[gone])
    Commune.objects.filter(pk=gone.pk).update(is_current=False)
    assert kinds("Un") == ["hole"]


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


def made_up_communes(departements=()):
    communes = SimpleNamespace(
        of_departement={"09": set(CODES)},
        of_arrondissement=ARRONDISSEMENTS,
        parts={"c5": {"c5-1", "c5-2"}},
        names={code: code for code in [*CODES, "c5-1", "c5-2"]},
    )
    communes.divided = lambda codes: Communes.divided(communes, codes)
    return communes


def listed(items):
    return SimpleNamespace(all=lambda: items)


def coded(codes):
    return listed([SimpleNamespace(code=code) for code in codes])


class MadeUpSheet:
    departement_id, territory_note = "09", ""
    valid_from = valid_until = None

    def __init__(self, pk, arrondissements, included, excluded, grounds=()):
        self.pk, self.title, self.lists = pk, f"Fiche {pk}", (arrondissements, included, excluded)
        self.arrondissements, self.communes_included = coded(arrondissements), coded(included)
        self.communes_excluded, self.grounds = coded(excluded), listed(list(grounds))

    def expected(self):
        """Its communes, commune by commune as a reader would go through the lists."""
        arrondissements, included, excluded = self.lists
        is_all = not arrondissements and not included
        found = set()
        for code in CODES:
            is_near = any(code in ARRONDISSEMENTS[name] for name in arrondissements)
            if (is_all or is_near or code in included) and code not in excluded:
                found |= {"c5-1", "c5-2"} if code == "c5" else {code}
        return found


LISTS = st.tuples(st.sets(st.sampled_from("ab")), SOME, SOME)


@given(LISTS)
def test_a_territory_is_what_its_lists_say(lists):
    asked = MadeUpSheet(1, *lists)
    assert territory(asked, made_up_communes()) == asked.expected()


TRAVAIL = Ground(pk=1, name="travail")
TOUS = Ground(pk=2, name="tous motifs", covers_all=True)
ALL_PLACES = MadeUpSheet(0, (), (), ()).expected()


def expected_kinds(sheets):
    """Return {(pk, kind)}, asking of each commune who answers for it."""
    found = set()
    for asked in (TRAVAIL, TOUS):
        same = [item for item in sheets if asked in item.grounds.all()]
        for place in ALL_PLACES:
            answers = [item for item in same if place in item.expected()]
            wider = [s for s in sheets if TOUS in s.grounds.all() and place in s.expected()]
            if len(answers) > 1:
                found |= {(item.pk, "overlap") for item in answers}
            if not answers and not wider:
                found |= {(item.pk, "hole") for item in same}
    return found


@given(
    st.lists(st.tuples(LISTS, st.sets(st.sampled_from([TRAVAIL, TOUS]), min_size=1)), max_size=4)
)
def test_holes_and_overlaps_are_those_that_one_finds_commune_by_commune(chosen):
    sheets = [MadeUpSheet(pk, *lists, grounds) for pk, (lists, grounds) in enumerate(chosen)]
    with patch.object(module, "Communes", made_up_communes):
        found = between(sheets)
    told_of = {(pk, item.kind) for pk, of_one in found.items() for item in of_one}
    assert told_of == expected_kinds(sheets)


def test_a_hundred_sheets_cost_as_many_queries_as_one():
    counts = []
    for _ in range(2):
        sheets = list(Procedure.objects.all())
        forget()
        with CaptureQueriesContext(connection) as queries:
            told_of(sheets)
        counts.append(len(queries))
        for number in range(10):
            draft(f"Fiche {number} {len(counts)}")
    assert counts[0] == counts[1]
