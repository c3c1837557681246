import pytest
from django.test import Client
from django.urls import reverse

from prefectures.models import Changeset

from .test_tracked import person

pytestmark = pytest.mark.django_db
URL = reverse("admin:prefectures_procedure_paste")


def test_it_answers_with_clean_text(admin_client):
    answer = admin_client.post(URL, {"html": '<div onclick="x()"><b>a</b><img src=x></div>'})
    assert answer.json() == {"html": "<p><strong>a</strong></p>"}


def test_incomplete_links_are_completed_from_the_page(admin_client):
    sent = {"html": '<div><a href="/f.pdf">f</a></div>', "base": "https://www.aude.gouv.fr/x"}
    html = admin_client.post(URL, sent).json()["html"]
    assert html == '<p><a href="https://www.aude.gouv.fr/f.pdf">f</a></p>'


@pytest.mark.parametrize("base", ["javascript:alert(1)", "data:text/html,x", "x", ""])
def test_a_base_that_is_no_web_page_is_ignored(admin_client, base):
    sent = {"html": '<div><a href="/f.pdf">f</a></div>', "base": base}
    assert admin_client.post(URL, sent).json()["html"] == '<p><a href="/f.pdf">f</a></p>'


def test_it_writes_nothing(admin_client):
    before = Changeset.objects.count()
    admin_client.post(URL, {"html": "<p>a</p>"})
    assert Changeset.objects.count() == before


def test_what_is_too_long_is_refused_with_a_sentence(admin_client):
    answer = admin_client.post(URL, {"html": "a" * 500_001})
    assert answer.status_code == 413
    assert "collez-le en morceaux" in answer.json()["error"]


def test_what_stays_too_long_once_cleaned_is_refused_as_well(admin_client):
    assert admin_client.post(URL, {"html": "<p>" + "a" * 100_000}).status_code == 413


def test_a_page_of_which_little_is_kept_may_weigh_more(admin_client):
    answer = admin_client.post(URL, {"html": f'<p style="{"color:red;" * 40_000}">a</p>'})
    assert answer.json() == {"html": "<p>a</p>"}


def test_a_base_longer_than_an_address_is_ignored(admin_client):
    sent = {"html": '<a href="/f.pdf">f</a>', "base": "https://a.fr/" + "a" * 2000}
    assert admin_client.post(URL, sent).json()["html"] == '<p><a href="/f.pdf">f</a></p>'


def test_who_may_only_look_is_refused():
    assert person("view_procedure").post(URL, {"html": "a"}).status_code == 403


def test_strangers_are_asked_to_sign_in(client):
    response = client.post(URL, {"html": "a"})
    assert response.status_code == 403
    assert "Votre session est finie" in response.page.text


def test_another_site_cannot_use_it(admin_user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)
    assert client.post(URL, {"html": "a"}).status_code == 403


def test_it_is_only_posted_to(admin_client):
    assert admin_client.get(URL).status_code == 405
