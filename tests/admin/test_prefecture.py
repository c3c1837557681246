"""The screen of an office: how it is reached, in reading order."""

import pytest
from django.urls import reverse

from prefectures.models import Prefecture

from .forms import errors, posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def foix():
    return Prefecture.objects.get(departement="09", slug="prefecture-de-foix")


def address(office):
    return reverse("admin:prefectures_prefecture_change", args=[office.pk])


def test_how_an_office_is_reached_stands_in_reading_order_with_an_example_each(admin_client, foix):
    form = admin_client.get(address(foix)).context["adminform"].form
    asked = [name for name in form.fields if name in Prefecture.CONTACTS]
    assert asked == ["address", "phone", "email", "website", "source", "source_on"]
    assert [name for name in asked if "Exemple" not in form.fields[name].help_text] == []


def test_an_editor_writes_how_an_office_is_reached_and_says_why(admin_client, foix):
    page = admin_client.get(address(foix))
    sent = posted(
        page,
        phone="05 61 00 00 00",
        email="accueil@ariege.gouv.fr",
        source="site de la préfecture",
        source_on="01/09/2025",
        reason="Lu ce matin",
    )
    assert admin_client.post(address(foix), sent).status_code == 302
    foix.refresh_from_db()
    assert (foix.phone, foix.email) == ("05 61 00 00 00", "accueil@ariege.gouv.fr")
    assert (foix.source, foix.source_on.isoformat()) == ("site de la préfecture", "2025-09-01")
    assert foix.history.first().changeset.reason == "Lu ce matin"


def test_a_day_to_come_is_refused_under_its_field(admin_client, foix):
    sent = posted(admin_client.get(address(foix)), source_on="01/01/2999", reason="Essai")
    response = admin_client.post(address(foix), sent)
    assert "Cette date est dans l’avenir." in errors(response)
