from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils import timezone

from prefectures.models import Arrondissement, Ground, Prefecture, changeset

from .making import draft, edited, office, written

pytestmark = pytest.mark.django_db


def prefecture(**fields):
    return Prefecture(**{"departement_id": "09", "kind": "sous_prefecture", "city": "Ax", **fields})


def refusal(item):
    with pytest.raises(ValidationError) as refused:
        item.full_clean()
    return refused.value.message_dict


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"kind": "prefecture", "city": "Foix"}, "Préfecture de Foix"),
        ({"kind": "prefecture", "city": "Auch", "article": "d'"}, "Préfecture d'Auch"),
        ({"city": "Le Vigan", "article": "du"}, "Sous-préfecture du Vigan"),
        ({"kind": "prefecture_de_police", "city": "Paris"}, "Préfecture de police de Paris"),
        ({"printed_name": "Centre de réception"}, "Centre de réception"),
    ],
)
def test_an_office_is_named_as_a_sheet_prints_it(fields, name):
    assert prefecture(**fields).name == name


@pytest.mark.parametrize(
    ("fields", "slug"),
    [
        ({"kind": "prefecture", "city": "Albi", "article": "d'"}, "prefecture-d-albi"),
        ({"city": "Lodève"}, "sous-prefecture-de-lodeve"),
        ({"printed_name": "Centre d’accueil"}, "centre-d-accueil"),
    ],
)
def test_an_office_without_address_takes_it_from_its_name(fields, slug):
    item = prefecture(**fields)
    item.clean()
    assert item.slug == slug


def test_an_address_that_was_given_is_kept():
    item = written(Prefecture, departement_id="09", kind="sous_prefecture", city="Ax", slug="ax")
    assert edited(item, city="Ax-les-Thermes").slug == "ax"


def test_a_save_fills_the_address_too():
    item = written(Prefecture, departement_id="09", kind="sous_prefecture", city="Ax")
    assert item.slug == "sous-prefecture-de-ax"


def test_a_long_name_gives_an_address_that_fits():
    item = prefecture(kind="other", printed_name="Centre " * 22)
    item.full_clean()
    assert len(item.slug) <= 120


def test_the_key_of_an_office_bears_its_departement():
    assert office("sous-prefecture-de-lodeve").key == "34/sous-prefecture-de-lodeve"


@pytest.mark.parametrize("kind", ["", "mairie"])
def test_an_office_of_unknown_kind_is_refused_in_french_and_breaks_nothing(kind):
    assert "kind" in refusal(prefecture(kind=kind))


@pytest.mark.parametrize("kind", ["", "mairie"])
def test_an_office_of_unknown_kind_cannot_be_saved(kind):
    with pytest.raises(ValidationError), changeset("Pour le test"):
        prefecture(kind=kind).save()


def test_the_seat_of_another_departement_is_refused():
    faults = refusal(prefecture(seat_of=Arrondissement.objects.get(code="341")))
    assert faults["seat_of"] == ["Cet arrondissement est d’un autre département."]


def test_an_arrondissement_has_one_seat():
    faults = refusal(prefecture(seat_of=office().seat_of))
    assert "seat_of" in faults


def test_an_office_does_not_depend_on_itself():
    item = office()
    item.parent = item
    assert refusal(item)["parent"] == ["Un guichet ne dépend pas de lui-même."]


def test_an_office_without_seat_or_parent_is_accepted():
    prefecture().full_clean()


def test_the_contacts_of_an_office_may_all_be_empty():
    item = prefecture(phone="", email="", website="", source="", source_on=None)
    item.full_clean()


def test_the_source_of_an_office_cannot_be_of_tomorrow():
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert refusal(prefecture(source_on=tomorrow))["source_on"] == ["Cette date est dans l’avenir."]


def test_the_contacts_of_an_office_are_kept_in_its_history():
    item = edited(office(), phone="05 61 00 00 00", source="site de la préfecture")
    newest = item.history.first()
    assert (newest.phone, newest.source) == ("05 61 00 00 00", "site de la préfecture")


def test_an_office_that_a_sheet_names_cannot_be_deleted():
    sheet = draft()
    with changeset("Pour le test"):
        sheet.offices.add(office("sous-prefecture-de-pamiers"))
    with pytest.raises(ProtectedError) as refused, changeset("Pour le test"):
        office("sous-prefecture-de-pamiers").delete()
    assert refused.value.protected_objects == {sheet}


def test_an_office_that_no_sheet_names_can_be_deleted():
    with changeset("Pour le test"):
        office("sous-prefecture-de-pamiers").delete()
    assert not Prefecture.objects.filter(slug="sous-prefecture-de-pamiers").exists()


def test_an_office_on_which_others_depend_cannot_be_deleted():
    with pytest.raises(ProtectedError), changeset("Pour le test"):
        office().delete()


def test_a_ground_that_a_sheet_names_cannot_be_deleted():
    ground = Ground.objects.get(slug="travail")
    sheet = draft()
    with changeset("Pour le test"):
        sheet.grounds.add(ground)
    with pytest.raises(ProtectedError) as refused, changeset("Pour le test"):
        ground.delete()
    assert refused.value.protected_objects == {sheet}


def test_a_ground_that_no_sheet_names_can_be_deleted():
    with changeset("Pour le test"):
        Ground.objects.get(slug="travail").delete()
    assert not Ground.objects.filter(slug="travail").exists()


def test_grounds_come_in_the_order_that_the_team_gives():
    positions = [ground.position for ground in Ground.objects.all()]
    assert positions == sorted(positions)
