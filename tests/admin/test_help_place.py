"""The screen of a help place."""

from datetime import date

import pytest
from django.urls import reverse

from prefectures.models import HelpPlace

from ..models.making import edited
from .forms import errors, posted

pytestmark = pytest.mark.django_db

ADD = reverse("admin:prefectures_helpplace_add")
LIST = reverse("admin:prefectures_helpplace_changelist")
FIELDS = {
    "name": "La Cimade, groupe de Béziers",
    "kind": "association",
    "departements": ["34"],
    "source": "un dépliant",
    "verified_on": "01/03/2025",
    "reason": "Vu ce matin",
}


def add(client, **changes):
    return client.post(ADD, posted(client.get(ADD), **FIELDS | changes))


def test_a_place_is_added_with_its_départements_and_a_reason(admin_client):
    assert add(admin_client).status_code == 302
    place = HelpPlace.objects.get(slug="la-cimade-groupe-de-beziers")
    assert (place.verified_on, place.departements.get().pk) == (date(2025, 3, 1), "34")
    assert place.history.get().changeset.reason == "Vu ce matin"


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("source", "Dites d’où vient cette information"),
        ("verified_on", "Donnez le jour où la source disait cela."),
        ("reason", "Dites en quelques mots pourquoi"),
    ],
)
def test_what_may_not_be_missing_is_asked_for_in_a_sentence(admin_client, field, said):
    assert said in errors(add(admin_client, **{field: ""}))


def test_two_people_at_once_lose_nothing(admin_client):
    place = HelpPlace.objects.get()
    url = reverse("admin:prefectures_helpplace_change", args=[place.pk])
    sent = posted(admin_client.get(url), phone="09 70 82 31 90", reason="Outre-mer")
    edited(place, phone="0 800 00 30 39")
    assert admin_client.post(url, sent).status_code == 409
    place.refresh_from_db()
    assert place.phone == "0 800 00 30 39"


@pytest.mark.parametrize(
    ("words", "count"), [("beziers", 1), ("hérault", 1), ("34", 1), ("rendez-vous", 0)]
)
def test_a_place_is_found_by_words_and_départements(admin_client, words, count):
    add(admin_client)
    assert admin_client.get(LIST, {"q": words}).context["cl"].result_count == count
