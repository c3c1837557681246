"""The address that leads from an object of the admin to its public page."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from prefectures.models import Changeset, Departement, Procedure

from ..models.making import draft, edited
from .test_tracked import person

pytestmark = pytest.mark.django_db


def leading_to(item):
    kind = ContentType.objects.get_for_model(item)
    return reverse("admin:view_on_site", args=[kind.pk, item.pk])


def test_it_leads_to_a_sheet_that_is_published(beziers):
    response = person("view_procedure").get(leading_to(beziers))
    assert (response.status_code, response.url) == (302, beziers.get_absolute_url())


@pytest.mark.parametrize("publication", ["draft", "archived"])
def test_it_tells_nobody_the_address_of_a_sheet_that_is_not(admin_client, publication):
    sheet = edited(draft("Préfecture secrète"), publication=publication)
    assert admin_client.get(leading_to(sheet)).status_code == 404


@pytest.mark.parametrize("publication", ["draft", "published"])
def test_who_may_not_see_sheets_is_led_to_none(beziers, publication):
    sheet = edited(beziers, publication=publication)
    assert person("view_ground").get(leading_to(sheet)).status_code == 404


def test_it_leads_to_the_page_of_a_departement(admin_client):
    herault = Departement.objects.get(pk="34")
    assert admin_client.get(leading_to(herault)).url == herault.get_absolute_url()


def test_what_has_no_page_and_what_is_not_there_are_not_found(admin_client):
    kind = ContentType.objects.get_for_model(Procedure).pk
    assert admin_client.get(leading_to(Changeset.objects.first())).status_code == 404
    for args in [(kind, "999999"), (kind, 10**30), (10**30, "1"), ("abc", "²")]:
        assert admin_client.get(reverse("admin:view_on_site", args=args)).status_code == 404
