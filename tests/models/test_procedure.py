"""A sheet: its address and what it says. What publishing takes is in test_publishing.py, age in
test_age.py.
"""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from prefectures.models import (
    Procedure,
    Step,
    changeset,
)

from .making import draft, edited, published

pytestmark = pytest.mark.django_db


def create(**fields):
    return Procedure.objects.create(**{"departement_id": "09", "title": "Une fiche", **fields})


def faults(write):
    """Return what is said when ``write`` is refused, in a changeset of its own."""
    with pytest.raises(ValidationError) as refusal, changeset("Pour le test"):
        write()
    return refusal.value.messages


# --- Its address ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Guichet d'Albi", "guichet-d-albi"),
        ("Guichet d’Albi", "guichet-d-albi"),
        ("Guichets de Montpellier et de Lodève", "guichets-de-montpellier-et-de-lodeve"),
    ],
)
def test_a_sheet_without_address_takes_it_from_its_title(title, slug):
    assert draft(title).slug == slug


def test_the_prefecture_of_albi_has_its_apostrophe_for_a_hyphen():
    sheet = Procedure(departement_id="75", title="Préfecture d'Albi")
    sheet.full_clean()
    assert sheet.slug == "prefecture-d-albi"


def test_a_new_title_leaves_the_address_as_it_is():
    assert edited(draft("Avant"), title="Après").slug == "avant"


def test_a_long_title_gives_an_address_that_fits():
    assert len(draft("mot " * 45).slug) <= 120


def test_a_title_without_a_latin_letter_is_given_an_address():
    assert draft("إقامة").slug == "fiche"


@pytest.mark.parametrize("title", ["Au", "Historique", "Changements"])
def test_a_title_that_gives_no_address_of_its_own_is_refused_with_a_sentence(title):
    with pytest.raises(ValidationError, match="réservée au site"):
        Procedure(departement_id="09", title=title).full_clean()


def test_the_page_of_a_sheet_stands_under_its_departement():
    assert draft("Une fiche").get_absolute_url() == "/departements/09-ariege/une-fiche/"


def test_the_address_that_a_published_sheet_once_had_still_belongs_to_it():
    edited(published("Ancienne"), slug="nouvelle")
    (fault,) = faults(lambda: create(title="Ancienne"))
    assert fault.startswith("Cette adresse de page a été celle d’une autre fiche")


def test_the_address_that_a_draft_once_had_is_free():
    edited(draft("Ancienne"), slug="nouvelle")
    assert draft("Ancienne").slug == "ancienne"


def test_the_address_of_a_deleted_sheet_is_free():
    sheet = published("Ancienne")
    with changeset("Pour le test"):
        sheet.delete()
    assert published("Ancienne").slug == sheet.slug


def test_a_sheet_may_take_back_the_address_it_once_had():
    sheet = edited(published("Ancienne"), slug="nouvelle")
    assert edited(sheet, slug="ancienne").slug == "ancienne"


def test_an_old_address_is_free_in_another_departement():
    edited(published("Ancienne"), slug="nouvelle")
    assert draft("Ancienne", departement="11").slug == "ancienne"


def test_a_sheet_is_shown_with_its_departement():
    assert str(Procedure(title="Une fiche", departement_id="09")) == "Une fiche (09)"


def test_the_key_of_a_sheet_bears_its_departement():
    assert Procedure(slug="une-fiche", departement_id="09").key == "09/une-fiche"


# --- What it says -----------------------------------------------------------------------------


def with_steps(*steps):
    sheet = draft()
    with changeset("Pour le test"):
        for fields in steps:
            Step.objects.create(procedure=sheet, **fields)
    return sheet


def test_steps_of_one_group_are_alternatives():
    sheet = with_steps(
        {"kind": "counter", "group": 2}, {"kind": "post"}, {"kind": "email", "position": 1}
    )
    kinds = [[step.kind for step in group] for group in sheet.step_groups]
    assert kinds == [["post", "email"], ["counter"]]


def test_a_sheet_without_steps_has_no_groups():
    assert draft().step_groups == []


# --- Where and when it holds ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("until", "expected"),
    [(None, False), (date(2024, 2, 28), True), (date(2024, 2, 29), False)],
)
def test_a_sheet_has_ended_the_day_after_its_last_day(monkeypatch, until, expected):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2024, 2, 29))
    assert Procedure(valid_until=until).has_ended is expected


@pytest.mark.parametrize(
    ("since", "expected"),
    [(None, False), (date(2024, 3, 1), True), (date(2024, 2, 29), False)],
)
def test_a_sheet_has_begun_on_its_first_day(monkeypatch, since, expected):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2024, 2, 29))
    assert Procedure(valid_from=since).has_not_begun is expected


def test_a_rank_is_small_enough_for_both_databases():
    sheet = draft()
    sheet.position = 10_000
    with pytest.raises(ValidationError) as refused:
        sheet.full_clean()
    assert list(refused.value.message_dict) == ["position"]
