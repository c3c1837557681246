"""What is wrong with a field is tied to that field, for who hears the page too."""

import re

import pytest
from django.urls import reverse

from .forms import posted

pytestmark = pytest.mark.django_db

ERRORS = re.compile(r'<ul class="errorlist"[^>]*\bid="([^"]+)"')
LISTS = re.compile(r'<ul class="errorlist(?! nonfield)')
FIELD = re.compile(r"<(?:input|select|textarea)\b[^>]*>")
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


def are_tied(answer):
    """Whether each error of a page is what a field that is wrong is described by; at least one."""
    html = answer.content.decode()
    described = {
        name
        for field in FIELD.findall(html)
        if 'aria-invalid="true"' in field
        for name in re.search(r'aria-describedby="([^"]*)"', field)[1].split()
    }
    errors = ERRORS.findall(html)
    assert errors
    assert len(errors) == len(LISTS.findall(html))
    assert set(errors) <= described
    assert TITLE.search(html)[1].split()[0] == "Erreur"


OF_THE_SITE = ["prefectures_procedure_import", "prefectures_procedure_from_page", "password_change"]
OF_A_MODEL = ["prefectures_helpplace_add", "prefectures_procedure_add"]


@pytest.mark.parametrize("name", OF_THE_SITE)
def test_an_error_is_tied_to_its_field_and_said_in_the_title(admin_client, name):
    are_tied(admin_client.post(reverse(f"admin:{name}"), {"text": ""}))


@pytest.mark.parametrize("name", OF_A_MODEL)
def test_so_is_that_of_something_to_be_added(admin_client, name):
    address = reverse(f"admin:{name}")
    are_tied(admin_client.post(address, posted(admin_client.get(address))))


def test_so_is_that_of_a_filter(admin_client):
    are_tied(admin_client.get(reverse("admin:prefectures_journalentry_changelist"), {"du": "x"}))


def test_so_is_that_of_a_deletion_without_a_reason(admin_client, beziers):
    address = reverse("admin:prefectures_procedure_delete", args=[beziers.pk])
    are_tied(admin_client.post(address, {"post": "yes", "seen_version": beziers.version}))


def test_so_are_those_of_the_sign_in(client):
    are_tied(client.post(reverse("admin:login"), {}))


def test_the_sign_in_is_filled_in_by_whoever_keeps_passwords(client):
    html = client.get(reverse("admin:login")).content.decode()
    told = dict(re.findall(r'name="(\w+)"[^>]*autocomplete="([\w-]+)"', html))
    assert told == {"username": "username", "password": "current-password"}
    # Nothing keeps one from pasting.
    assert "onpaste" not in html
