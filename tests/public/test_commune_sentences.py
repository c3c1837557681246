"""What the page of a commune says of itself is short, and true of every territory."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefectures.models import Arrondissement, Commune, Departement, Ground, Procedure
from prefectures.public.wording import territory_words, unanswered, why
from prefectures.published.covering import Why
from prefectures.published.holding import Held

from .own_sentences import sentences_of, words_in

LONGEST = 25
PLACES = ["Lodève", "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson", "Lyon 3e Arrondissement"]


def several(items):
    """Stand for a relation: what ``all()`` gives."""
    return SimpleNamespace(all=lambda: items)


def held(reason, *, arrondissements=(), included=(), excluded=(), departement="34", note=""):
    sheet = SimpleNamespace(
        departement=Departement(code=departement, name="Alpes-de-Haute-Provence", article="des"),
        arrondissements=several(list(arrondissements)),
        communes_included=several(list(included)),
        communes_excluded=several(list(excluded)),
        territory_note=note,
    )
    return Held(sheet, reason)


def commune(name="Lodève", arrondissement=None):
    return Commune(
        code="34142", name=name, departement_id="34", arrondissement=arrondissement, article="de"
    )


@pytest.mark.django_db
def test_no_sentence_says_more_than_one_can_read():
    by_departement = {}
    for each in Arrondissement.objects.filter(is_current=True):
        by_departement.setdefault(each.departement_id, []).append(each)
    too_long = []
    for places in by_departement.values():
        for count in range(1, len(places) + 1):
            # The longest names, which are the worst.
            some = sorted(places, key=lambda place: -len(words_in(place.of_name)))[:count]
            for name in PLACES:
                said = why(commune(name, some[0]), held(Why.ARRONDISSEMENT, arrondissements=some))
                too_long += [each for each in sentences_of(said) if len(words_in(each)) > LONGEST]
    assert too_long == []


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("reason", [Why.DEPARTEMENT, Why.NOTE, Why.LISTED])
@pytest.mark.parametrize("departement", ["34", "04"])
def test_nor_does_any_other_reason(name, reason, departement):
    said = why(commune(name), held(reason, departement=departement))
    assert [each for each in sentences_of(said) if len(words_in(each)) > LONGEST] == []
    assert said.endswith(".")


@pytest.mark.parametrize(
    ("arrondissements", "said"),
    [
        (["Lodève"], "cette fiche vaut pour cet arrondissement."),
        (["Béziers", "Lodève"], "pour les arrondissements de Béziers et de Lodève."),
        (["A", "B", "C", "Lodève"], "Cette fiche vaut pour 4 arrondissements, dont celui-ci."),
    ],
)
def test_arrondissements_are_named_while_they_are_few(arrondissements, said):
    places = [Arrondissement(code=name, name=name, article="de") for name in arrondissements]
    own = places[-1]
    told = why(commune(arrondissement=own), held(Why.ARRONDISSEMENT, arrondissements=places))
    assert told.startswith("Lodève est dans l’arrondissement de Lodève")
    assert told.endswith(said)


@given(st.sets(st.text("abc", min_size=1), min_size=1))
def test_reasons_that_are_left_open_are_said_in_few_words(names):
    (sentence,) = sentences_of(unanswered(sorted(names)))
    assert len(words_in(sentence)) <= LONGEST


@pytest.mark.django_db
def test_the_reasons_of_the_site_that_are_left_open_are_said_in_few_words():
    names = [ground.name for ground in Ground.objects.filter(covers_all=False)]
    longest = sorted(names, key=lambda name: -len(words_in(name)))
    for count in range(1, len(names) + 1):
        (sentence,) = sentences_of(unanswered(longest[:count]))
        assert len(words_in(sentence)) <= LONGEST


def test_a_note_is_told_as_the_words_of_the_sheet():
    sheet = Procedure(territory_note="rive gauche\nde la commune.")
    assert (
        territory_words(sheet) == "La fiche précise\u00a0: «\u00a0rive gauche de la commune\u00a0»."
    )
    assert territory_words(Procedure()) == ""
