"""What refuses one object by itself, before anything is written, and what becomes of its values."""

import pytest
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from prefectures.models import (
    Arrondissement,
    Contact,
    Link,
    Prefecture,
    Procedure,
    Quotation,
    Referral,
    Step,
)
from prefectures.sheets.checking import new_item, refusals
from prefectures.sheets.state import OwnRow


def sheet(**values):
    return new_item(Procedure, **{"departement": "34", "title": "Une fiche"} | values)


def office(**values):
    begun = {"departement": "34", "kind": "sous_prefecture", "city": "Béziers"}
    return new_item(Prefecture, **begun | values)


def test_a_new_object_begins_as_in_the_form():
    step = new_item(Step, kind="post")
    assert (step.pk, step.values["kind"], step.values["group"]) == (None, "post", 1)
    assert sheet().values["grounds"] == frozenset()
    assert sheet().values["publication"] == "draft"


def test_no_two_objects_share_what_they_begin_with():
    assert sheet().values["refused_channels"] is not sheet().values["refused_channels"]


def test_what_may_be_written_is_refused_by_nothing():
    assert refusals(Procedure, sheet()) == {}


def test_a_field_that_refuses_is_named():
    item = sheet(slug="a b", fees="<a href='/x'>x</a>")
    assert list(refusals(Procedure, item)) == ["slug", "fees"]


def test_what_several_fields_refuse_together_bears_no_name():
    found = refusals(Step, new_item(Step, kind="post", group=0))
    assert found == {"": ["Le numéro d’une étape commence à 1."]}


def test_what_a_model_says_of_two_fields_is_refused_too():
    assert list(refusals(Contact, new_item(Contact, kind="email", value="x"))) == ["value"]


def test_what_a_model_refuses_as_a_whole_bears_no_name(monkeypatch):
    def clean(step):
        raise ValidationError({NON_FIELD_ERRORS: "Pas ainsi."})

    monkeypatch.setattr(Step, "clean", clean)
    found = refusals(Step, new_item(Step, kind="post", role="files"))
    assert found == {"": ["Pas ainsi."]}


def test_values_are_cleaned_and_filled_in_as_saving_does():
    item = sheet(title="  Une  fiche ", situation_note="un\r\ndeux")
    assert refusals(Procedure, item) == {}
    assert item.values["title"] == "Une fiche"
    assert item.values["slug"] == "une-fiche"
    assert item.values["situation_note"] == "un\ndeux"


def test_a_row_that_is_not_written_yet_stays_what_is_quoted():
    item = new_item(Quotation, text="<p>Des mots</p>", link=OwnRow(1))
    assert refusals(Quotation, item) == {}
    assert item.values["link"] == OwnRow(1)


def test_a_sheet_that_is_not_written_yet_stays_what_is_referred_to():
    other = sheet()
    item = new_item(Referral, ground=1, sheet=other)
    assert refusals(Referral, item) == {}
    assert item.values["sheet"] is other


@pytest.mark.django_db
def test_what_is_known_is_not_asked_of_the_database(django_assert_num_queries):
    known = {Arrondissement: {"341": Arrondissement(code="341", departement_id="34")}}
    with django_assert_num_queries(0):
        assert refusals(Prefecture, office(seat_of="341"), known) == {}


@pytest.mark.django_db
def test_what_is_not_known_is_asked_of_it(django_assert_num_queries):
    with django_assert_num_queries(1):
        found = refusals(Prefecture, office(departement="09", seat_of="341"))
    assert found == {"seat_of": ["Cet arrondissement est d’un autre département."]}


def test_a_link_that_leads_nowhere_is_left_to_the_database():
    assert refusals(Link, new_item(Link, procedure=0, url="https://a.example/")) == {}


def test_what_is_refused_of_no_field_in_particular_is_said_of_none(monkeypatch):
    def clean(self):
        raise ValidationError("Cela ne va pas.")

    monkeypatch.setattr(Contact, "clean", clean)
    item = new_item(Contact, kind="phone", value="04 67 36 70 70", number=1)
    assert refusals(Contact, item) == {"": ["Cela ne va pas."]}
