"""The pages on which one meets what others did meanwhile: on a desk, on a phone, light and dark."""

import pytest

from prefectures.models import Procedure, changeset

from ..models.making import edited
from .conftest import DESK, PHONE
from .rules import is_wider_than_screen, violations_in_every_light
from .test_admin_accessibility import beziers, conflict, several_at_once, sheet_list

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def action(page, admin):
    several_at_once(page, admin)
    for sheet in Procedure.objects.all():
        edited(sheet, headline="Autre chose", situation_note="Appelé")
    page.get_by_label("Pourquoi ce changement").fill("Doublons")
    page.get_by_role("button", name="Archiver").click()
    page.get_by_text("A changé : phrase d’annonce, précision sur la situation.").wait_for()


def deletion(page, admin):
    page.goto(f"{admin}prefectures/procedure/{beziers().pk}/delete/")
    edited(beziers(), headline="Autre chose")
    page.get_by_label("Pourquoi ce changement").fill("Doublon")
    page.get_by_role("button", name="Supprimer").click()
    page.get_by_text("Rien n’a été supprimé").wait_for()


def deleted(page, admin):
    page.goto(f"{admin}prefectures/procedure/{beziers().pk}/change/")
    page.wait_for_selector("[contenteditable=true]")
    with changeset("Doublon"):
        beziers().delete()
    page.get_by_label("Pourquoi ce changement").fill("Vu")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_text("pour le recopier ailleurs").click()


def recreated(page, admin):
    deleted(page, admin)
    page.get_by_role("button", name="Recréer avec ce que vous aviez écrit").click()
    page.get_by_text("Rien n’est encore enregistré").wait_for()


def back(page, admin):
    conflict(page, admin)
    for choice in page.get_by_label("Garder le mien").all():
        choice.check()
    page.get_by_role("button", name="Revenir au formulaire avec ces choix").click()
    page.get_by_text("L’autre texte").wait_for()


def line(page, admin):
    sheet_list(page, admin)
    sheet = Procedure.objects.get(title="Préfecture de Foix")
    rank = page.get_by_label(f"Rang : {sheet}")
    edited(sheet, position=3)
    rank.fill("7")
    page.get_by_label("Pourquoi ce changement").fill("Rangement")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("rang « 3 »").wait_for()


def test_a_line_saved_late_is_refused_alone_then_meant(desk, site):
    desk.set_default_timeout(8000)
    line(desk, f"{site}/admin/")
    assert desk.locator("#result_list .errorlist").count() == 1
    desk.get_by_role("button", name="Enregistrer").click()
    desk.locator(".messagelist .success").wait_for()
    assert Procedure.objects.get(title="Préfecture de Foix").position == 7


@pytest.mark.parametrize(
    "screen", [action, deletion, deleted, recreated, back, line], ids=lambda screen: screen.__name__
)
@pytest.mark.looks
def test_axe_finds_nothing(desk, site, screen):
    desk.set_default_timeout(8000)
    screen(desk, f"{site}/admin/")
    assert violations_in_every_light(desk, DESK, PHONE) == {}
    assert not is_wider_than_screen(desk)


@pytest.mark.parametrize("screen", [conflict, action, deletion, deleted, back])
def test_nothing_is_wider_than_a_phone(desk, site, screen):
    desk.set_default_timeout(8000)
    desk.set_viewport_size(PHONE)
    screen(desk, f"{site}/admin/")
    assert not is_wider_than_screen(desk)
