"""The bar of a sheet's form: what is unsaved, what is missing to publish, saving and publishing."""

import pytest
from playwright.sync_api import expect

from prefectures.models import Procedure

from ..page import ADDED, SAVED
from .conftest import PHONE
from .test_sheet_form import form_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADD = "/admin/prefectures/procedure/add/"


@pytest.fixture
def form(desk, site):
    return form_of("prefecture-de-foix", desk, site)


def choose_departement(page, name):
    page.locator(".field-departement .select2-selection").click()
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    expect(page.locator(".field-departement .select2-selection")).to_contain_text("(32)")


def test_the_bar_counts_what_is_unsaved(form):
    told = form.locator(".bar .unsaved")
    expect(told).to_have_text("tout est enregistré")
    form.locator("#id_title").fill("Autre")
    expect(told).to_have_text("1 champ modifié, à enregistrer")
    form.locator("#links-1").get_by_role("button", name="Monter").click()
    expect(told).to_have_text("2 champs modifiés, à enregistrer")


def test_the_bar_says_one_after_the_other_what_is_missing_to_publish(desk, site, complaints):
    desk.set_default_timeout(8000)
    desk.goto(site + ADD)
    missing = desk.locator(".bar .missing")
    expect(missing).to_have_text("À faire (1 sur 4) : Choisissez le département de la fiche.")
    choose_departement(desk, "gers")
    expect(missing).to_have_text("À faire (1 sur 3) : Donnez un titre à la fiche.")
    missing.get_by_role("link").click()
    expect(desk.locator("#id_title")).to_be_focused()
    desk.keyboard.type("Auch")
    expect(missing).to_contain_text("choisissez au moins un motif")
    missing.get_by_role("link").click()
    desk.keyboard.press("Space")
    expect(missing).to_contain_text("donnez au moins une étape")
    desk.get_by_role("button", name="Ajouter une étape").click()
    desk.locator("#id_steps-0-kind").select_option("post")
    expect(missing).to_be_hidden()
    assert complaints == []


def test_a_draft_is_saved_and_published_at_once(desk, site):
    desk.set_default_timeout(8000)
    desk.goto(site + ADD)
    choose_departement(desk, "gers")
    desk.locator("#id_title").fill("Fiche du Gers")
    desk.get_by_label("Tous motifs").check()
    desk.get_by_role("button", name="Ajouter une étape").click()
    desk.locator("#id_steps-0-kind").select_option("post")
    desk.locator("#id_reason").fill("Nouvelle")
    desk.get_by_role("button", name="Enregistrer et publier").click()
    expect(desk.locator(".messagelist")).to_contain_text(ADDED)
    assert Procedure.objects.get(title="Fiche du Gers").is_published


def test_without_a_reason_one_is_led_to_it(form):
    form.locator("#id_title").fill("Autre")
    form.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(form.locator("#id_reason")).to_be_focused()


def test_the_reason_is_one_key_away_then_the_same_key_saves(form):
    form.locator("#id_title").fill("Foix")
    form.keyboard.press("Control+s")
    expect(form.locator("#id_reason")).to_be_focused()
    form.keyboard.type("Vu")
    form.keyboard.press("Control+s")
    expect(form.locator(".messagelist")).to_contain_text(SAVED)


def test_on_a_phone_one_saves_from_wherever_one_is(form):
    form.set_viewport_size(PHONE)
    form.locator("#id_publication").select_option("draft")
    form.evaluate("scrollTo(0, 0)")
    for name in ("Enregistrer", "Enregistrer et publier"):
        button = form.get_by_role("button", name=name, exact=True)
        expect(button).to_be_in_viewport(ratio=1)
        assert button.bounding_box()["height"] >= 44


def test_without_a_script_one_publishes_too(browser, desk, site):
    context = browser.new_context(
        java_script_enabled=False, storage_state=desk.context.storage_state()
    )
    page = context.new_page()
    sheet = Procedure.objects.get(slug="prefecture-de-foix")
    page.goto(f"{site}/admin/prefectures/procedure/{sheet.pk}/change/")
    page.locator("#id_publication").select_option("draft")
    page.locator("#id_reason").fill("Vu")
    page.get_by_role("button", name="Enregistrer et publier").click()
    expect(page.locator(".messagelist")).to_be_visible()
    context.close()
    assert Procedure.objects.get(slug="prefecture-de-foix").is_published
