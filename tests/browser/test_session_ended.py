"""The session ends while somebody writes, on a telephone: signed in on the way, nothing is lost."""

import pytest
from playwright.sync_api import expect

from prefectures.models import Procedure, User

from .conftest import DESK, PHONE
from .rules import is_wider_than_screen, violations_in_every_light

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "mot-de-passe-de-test"


@pytest.fixture
def asked(desk, site):
    """The page that asks for the password, after a title was changed and the session had ended."""
    sheet = Procedure.objects.get(slug="prefecture-de-foix")
    desk.set_viewport_size(PHONE)
    desk.goto(f"{site}/admin/prefectures/procedure/{sheet.pk}/change/")
    desk.fill("#id_title", "Un titre neuf")
    desk.fill("#id_reason", "Lu ce matin")
    claire = User.objects.get(username="claire")
    claire.set_password(PASSWORD)
    # It ends the sessions of before.
    claire.save(update_fields=["password"])
    desk.click("[name=_save]")
    expect(desk.get_by_role("heading")).to_have_text("Votre session est finie")
    return desk


def test_what_was_typed_is_saved_once_one_has_signed_in(asked):
    asked.get_by_label("Nom d’utilisateur").fill("claire")
    asked.get_by_label("Mot de passe").fill(PASSWORD)
    asked.get_by_role("button").click()
    expect(asked.locator(".messagelist")).to_contain_text("Un titre neuf")
    assert Procedure.objects.get(slug="prefecture-de-foix").title == "Un titre neuf"


@pytest.mark.looks
def test_axe_finds_nothing_and_the_page_fits(asked):
    assert not is_wider_than_screen(asked)
    assert violations_in_every_light(asked, DESK, PHONE) == {}
