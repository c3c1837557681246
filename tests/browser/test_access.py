"""Coming in with a password and a code, as somebody does it: on a phone's width, without help."""

import re
from base64 import b32decode

import pytest

from prefectures.access import links, second_step
from prefectures.models import User, changeset
from tests.access.signing_in import let_time_pass, phone_for, shown_by

from .conftest import DESK, PHONE
from .rules import is_wider_than_screen, violations_in_every_light

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "mot-de-passe-de-test"


@pytest.fixture
def claire(db):
    with changeset("Un compte pour le test"):
        return User.objects.create_superuser("claire", password=PASSWORD, email="")


@pytest.fixture
def door(page, site, settings, claire, complaints):
    """The page that asks for the password, on a phone."""
    settings.TWO_FACTOR = True
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/admin/")
    yield page
    assert complaints == []


def give_password(page):
    page.get_by_label("Nom d’utilisateur").fill("claire")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()


def give_code(page, code):
    page.get_by_label(re.compile("^Code")).fill(code)
    page.get_by_role("button", name=re.compile("Entrer|Enregistrer ce téléphone")).click()


def is_in_order(page):
    assert violations_in_every_light(page, DESK, PHONE) == {}
    page.set_viewport_size(PHONE)
    assert not is_wider_than_screen(page)


def test_the_first_time_a_phone_is_set_up_and_codes_are_given(door, claire):
    give_password(door)
    is_in_order(door)
    door.get_by_text("Je ne peux pas le scanner").click()
    secret = door.locator("p.secret").inner_text().replace(" ", "")
    device = claire.totpdevice_set.get()
    assert b32decode(secret) == device.bin_key
    give_code(door, "000000")
    door.get_by_role("alert").wait_for()
    is_in_order(door)
    let_time_pass(device)
    give_code(door, shown_by(device))
    door.get_by_role("heading", name="Vos codes de secours").wait_for()
    assert door.locator(".codes li").count() == 10
    is_in_order(door)
    door.get_by_role("link", name="Je les ai gardés").click()
    door.get_by_role("heading", name="Que voulez-vous tenir à jour").wait_for()


def test_a_code_on_paper_opens_without_the_phone(door, claire):
    phone_for(claire)
    code, *_ = second_step.new_codes_on_paper(claire)
    give_password(door)
    is_in_order(door)
    door.get_by_role("link", name="Je n’ai pas mon téléphone").click()
    is_in_order(door)
    give_code(door, code)
    door.get_by_role("link", name="Mon accès").click()
    door.get_by_text("Il vous reste 9 codes de secours").wait_for()
    door.get_by_text("Refaire mes codes de secours").click()
    is_in_order(door)


def test_after_too_many_wrong_ones_the_page_says_until_when(door, complaints):
    for _ in range(5):
        door.get_by_label("Nom d’utilisateur").fill("claire")
        door.get_by_label("Mot de passe").fill("faux")
        door.get_by_role("button", name="Se connecter").click()
    assert re.search(
        r"Trop d’essais ont échoué.: attendez \d\d h \d\d", door.locator(".errornote").inner_text()
    )
    is_in_order(door)
    # The browser says of such an answer that it failed.
    assert all("429" in complaint for complaint in complaints)
    complaints.clear()


def test_a_link_lets_its_owner_choose_a_password(page, site, claire):
    page.set_viewport_size(PHONE)
    page.goto(f"{site}{links.link_for(claire)}")
    is_in_order(page)
    for label in ("Nouveau mot de passe", "une seconde fois"):
        page.get_by_label(label).fill("des-chats-sur-le-toit")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("Votre mot de passe est enregistré").wait_for()
    page.goto(f"{site}/admin/mot-de-passe/x/y/")
    page.get_by_text("Ce lien ne sert plus").first.wait_for()
    is_in_order(page)


def test_the_access_of_another_is_in_order_too(desk, site):
    with changeset("Un compte pour le test"):
        samir = User.objects.create_user("samir", is_staff=True)
    phone_for(samir)
    desk.goto(f"{site}/admin/prefectures/user/{samir.pk}/acces/")
    desk.get_by_role("button", name="Préparer un lien").click()
    desk.get_by_role("heading", name="Le lien à transmettre").wait_for()
    is_in_order(desk)
