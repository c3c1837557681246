"""Going back to a version, from the history to the sheet, with the mouse and with the keyboard."""

import pytest
from playwright.sync_api import expect

from prefectures.models import Procedure, changeset

from ..models.making import edited
from .conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def beziers():
    return Procedure.objects.get(slug="sous-prefecture-de-beziers")


@pytest.fixture
def sheet():
    """A sheet whose sentence, and whose title, were changed since its first version."""
    return edited(beziers(), headline="Écrivez.", title="Béziers")


def history(desk, site, sheet):
    desk.goto(f"{site}/admin/prefectures/procedure/{sheet.pk}/history/")


def test_a_part_of_an_earlier_version_is_taken_back(desk, site, sheet, complaints):
    then = sheet.history.earliest().headline
    history(desk, site, sheet)
    desk.locator(".timeline section").last.get_by_role("link", name="Revenir").click()
    expect(desk.get_by_text("Rien n’est encore enregistré")).to_be_visible()
    desk.get_by_label("Reprendre\u00a0: titre").uncheck()
    desk.get_by_label("Pourquoi revenir à cette version").fill("Erreur de ma part")
    desk.get_by_role("button", name="Revenir à la version 1").click()
    expect(desk.locator(".messagelist")).to_contain_text("est revenue à la version 1")
    sheet.refresh_from_db()
    assert (sheet.headline, sheet.title) == (then, "Béziers")
    desk.get_by_role("link", name="Voir ce qui a changé").click()
    expect(desk.get_by_role("heading", name="Ce qui a changé")).to_be_visible()
    assert complaints == []


def test_what_a_colleague_wrote_meanwhile_is_seen_before_going_back(desk, site, sheet):
    history(desk, site, sheet)
    desk.get_by_role("link", name="Revenir").last.click()
    desk.get_by_label("Reprendre\u00a0: titre").uncheck()
    desk.get_by_label("Pourquoi revenir à cette version").fill("Erreur")
    edited(beziers(), headline="Téléphonez.")
    desk.get_by_role("button", name="Revenir à la version 1").click()
    expect(desk.get_by_text("la fiche a changé depuis")).to_be_visible()
    expect(desk.get_by_label("Reprendre\u00a0: titre")).not_to_be_checked()
    expect(desk.get_by_label("Pourquoi revenir à cette version")).to_have_value("Erreur")
    assert beziers().headline == "Téléphonez."
    desk.get_by_role("button", name="Revenir à la version 1").click()
    expect(desk.locator(".messagelist")).to_contain_text("est revenue à la version 1")
    assert beziers().title == "Béziers"


def test_a_deleted_sheet_is_brought_back_on_a_phone(desk, site, sheet):
    pk = sheet.pk
    with changeset("Doublon"):
        sheet.delete()
    desk.set_viewport_size(PHONE)
    desk.goto(f"{site}/admin/prefectures/procedure/")
    desk.get_by_role("link", name="Fiches supprimées").click()
    desk.get_by_role("link", name="Faire revenir").click()
    desk.get_by_label("Pourquoi revenir").fill("Ce n’était pas un doublon")
    desk.get_by_role("button", name="Faire revenir la fiche").click()
    expect(desk.locator(".messagelist")).to_contain_text("est revenue à la version 2")
    assert Procedure.objects.get(pk=pk).title == "Béziers"


def test_two_versions_are_compared_with_the_keyboard_alone(desk, site, sheet):
    edited(sheet, headline="Téléphonez.")
    history(desk, site, sheet)
    desk.get_by_label("Comparer la version").fill("2")
    desk.keyboard.press("Tab")
    desk.keyboard.type("1")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("de la version 2 à la version 1")
    expect(desk.locator("ins", has_text="Sous-préfecture de Béziers").first).to_be_visible()
