"""Who is sent elsewhere finds somebody there; what is not to be used is used nowhere."""

import pytest

from prefectures.models import Ground, changeset

from ..models.making import draft, edited, office, published
from .telling import told_of
from .test_one_sheet import POST, kinds, sheet_with

pytestmark = pytest.mark.django_db


def ground(slug):
    return Ground.objects.get(slug=slug)


def referring(to=None, slug="travail", **referral):
    sheet = sheet_with(POST)
    with changeset("Pour le test"):
        sheet.referrals.create(ground=ground(slug), sheet=to, **referral)
    return sheet


def test_a_sheet_that_answers_is_no_contradiction():
    other = published("Travail", "34")
    assert kinds(referring(other)) == []
    with changeset("Pour le test"):
        other.grounds.set([ground("travail")])
    assert kinds(referring(other)) == []


def test_an_office_or_nobody_known_is_no_contradiction():
    assert kinds(referring(office=office())) == []
    assert kinds(referring(note="Nous ne savons pas où.")) == []


@pytest.mark.parametrize("publication", ["draft", "archived"])
def test_a_sheet_that_is_not_online_is_told_as_soon_as_it_goes(publication):
    other = published("Travail", "34")
    sheet = referring(other)
    assert kinds(sheet) == []
    edited(other, publication=publication)
    assert kinds(sheet) == ["sent_nowhere"]
    [item] = told_of([sheet])[sheet.pk]
    assert (item.where, item.field) == ("renvoi n° 1", "sheet")
    assert "n’est pas en ligne" in item.reason


def test_a_sheet_that_was_deleted_is_told_too():
    other = draft("Travail", "34")
    sheet = referring(other)
    with changeset("Pour le test"):
        other.delete()
    [item] = told_of([sheet])[sheet.pk]
    assert (item.kind, "supprimée" in item.reason) == ("sent_nowhere", True)


def test_a_sheet_of_other_grounds_is_told_as_soon_as_it_changes():
    other = published("Travail", "34")
    sheet = referring(other)
    with changeset("Pour le test"):
        other.grounds.set([ground("metiers-en-tension")])
    assert kinds(sheet) == ["sent_in_vain"]


def test_a_sheet_for_all_grounds_answers_no_neighbouring_request():
    assert kinds(referring(published("Tous", "34"), "parents-d-enfant-malade")) == ["sent_in_vain"]


def test_a_ground_of_the_sheet_is_not_sent_away():
    sheet = referring(office=office())
    with changeset("Pour le test"):
        sheet.grounds.set([ground("travail")])
    assert kinds(sheet) == ["sent_away"]


def test_a_neighbouring_request_is_no_ground_of_a_sheet():
    sheet = sheet_with(POST)
    with changeset("Pour le test"):
        sheet.grounds.set([ground("liens-personnels-et-familiaux")])
    assert kinds(sheet) == ["neighbour"]


@pytest.mark.parametrize("situation", ["not_offered", "not_applicable"])
def test_an_office_where_nothing_is_filed_is_told(situation):
    sheet = sheet_with(situation=situation)
    with changeset("Pour le test"):
        sheet.offices.add(office())
    assert kinds(sheet) == ["office_of_nothing"]
    with changeset("Pour le test"):
        sheet.offices.clear()
        sheet.offices_not_receiving.add(office())
    assert kinds(sheet) == []


@pytest.mark.parametrize(
    ("step", "contact"),
    [
        ({"kind": "email", "email": "pref@a.fr"}, {"kind": "email", "value": "Pref@a.fr"}),
        ({"kind": "post", "address": "Ici\n75001"}, {"kind": "address", "value": "ici  75001"}),
    ],
)
def test_a_step_does_not_use_what_is_for_another_request(step, contact):
    sheet = sheet_with(step)
    with changeset("Pour le test"):
        row = sheet.contacts.create(**contact)
    assert kinds(sheet) == []
    edited(row, is_for_another_request=True)
    assert kinds(sheet) == ["forbidden"]


def test_a_step_does_not_open_a_page_for_another_request():
    url = "https://a.example/rdv"
    sheet = sheet_with({"kind": "book_online", "url": url}, POST, links=[{"url": url}])
    edited(sheet.links.get(), is_for_another_request=True)
    assert kinds(sheet) == ["forbidden"]
