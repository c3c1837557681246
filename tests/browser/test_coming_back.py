"""Back to a form that the browser fills in again: what is shown is what is sent."""

import pytest
from playwright.sync_api import expect

from prefectures.models import Procedure

from .rows import opened
from .test_sheet_form import form_of, leave, saved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOTE = ".field-editorial_note [contenteditable=true]"


@pytest.fixture
def form(desk, site):
    return form_of("prefecture-de-foix", desk, site)


def write_note(page, text):
    page.locator(NOTE).click()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def refused_then_back(page):
    """Save without a reason, then go back to the form as the browser restores it."""
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator(".errornote")).to_be_visible()
    # The form that came back asks before it is left.
    page.once("dialog", lambda dialog: dialog.accept())
    page.go_back()
    page.wait_for_selector("[contenteditable=true]")
    expect(page.locator(".errornote")).to_have_count(0)


def note():
    return Procedure.objects.get(slug="prefecture-de-foix").editorial_note


def test_the_editor_shows_the_text_that_is_sent(form):
    write_note(form, "Gardez la preuve")
    refused_then_back(form)
    expect(form.locator(NOTE)).to_have_text("Gardez la preuve")
    saved(form)
    assert note() == "<p>Gardez la preuve</p>"


def test_what_is_typed_then_goes_on_from_there(form):
    write_note(form, "Gardez la preuve")
    refused_then_back(form)
    form.locator(NOTE).click()
    form.keyboard.press("Control+End")
    form.keyboard.type(" du dépôt")
    saved(form)
    assert note() == "<p>Gardez la preuve du dépôt</p>"


def test_nothing_is_sent_that_the_editor_does_not_show(form):
    expect(form.locator(NOTE)).to_be_visible()
    form.locator("#id_editorial_note").evaluate("field => { field.value = '<p>Autre</p>'; }")
    form.get_by_label("Pourquoi ce changement ?").fill("Vu")
    form.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(form.locator(NOTE)).to_have_text("Autre")
    expect(form.locator(NOTE)).to_be_focused()
    assert note() != "<p>Autre</p>"
    saved(form)
    assert note() == "<p>Autre</p>"


def test_what_the_browser_restored_is_not_saved_yet(form):
    form.locator("#id_headline").fill("Par la poste.")
    refused_then_back(form)
    expect(form.locator("#id_headline")).to_have_value("Par la poste.")
    assert leave(form) == ["beforeunload"]


def test_a_step_shows_the_fields_of_the_kind_that_came_back(form):
    row = form.locator("#steps-1")
    opened(row).locator("select[name$=-kind]").select_option("telephone")
    refused_then_back(form)
    opened(row)
    expect(row.locator("select[name$=-kind]")).to_have_value("telephone")
    expect(row.locator("[name$=-phone]")).to_be_visible()


def test_rows_stand_in_the_order_that_came_back(form):
    form.locator("#steps-1").get_by_role("button", name="Monter").click()
    refused_then_back(form)
    titles = form.locator("#steps-group .inline-related:not(.empty-form) .inline_label")
    expect(titles).to_have_text(["1. envoyer par la poste", "2. autre"])


def test_rows_that_were_added_come_back_with_what_was_written_in_them(form):
    form.get_by_role("button", name="Ajouter un lien").click()
    row = form.locator("#links-group .inline-related:not(.empty-form)").last
    row.locator("[name$=-label]").fill("Une notice")
    row.locator("[name$=-kind]").select_option("notice")
    refused_then_back(form)
    expect(form.locator("#links-group [name$=-label]").nth(2)).to_have_value("Une notice")
    saved(form)
    link = Procedure.objects.get(slug="prefecture-de-foix").links.last()
    assert (link.label, link.kind) == ("Une notice", "notice")


def test_what_was_chosen_by_searching_comes_back(desk, site):
    desk.set_default_timeout(8000)
    desk.goto(f"{site}/admin/prefectures/procedure/add/")
    desk.wait_for_selector("[contenteditable=true]")
    for field, name in [("departement", "Gers"), ("offices", "Auch"), ("offices", "Condom")]:
        desk.locator(f".field-{field} .select2-selection").click()
        desk.keyboard.type(name)
        desk.keyboard.press("Enter")
        expect(desk.locator(f".field-{field} .select2-selection")).to_contain_text(name)
    refused_then_back(desk)
    expect(desk.locator(".field-departement .select2-selection")).to_have_text("Gers (32)")
    expect(desk.locator(".field-offices li.select2-selection__choice")).to_have_count(2)


def test_a_form_that_was_saved_is_not_filled_in_with_rows_again(form):
    form.get_by_role("button", name="Ajouter un lien").click()
    form.locator("[name=links-2-label]").fill("Une notice")
    form.locator("[name=links-2-kind]").select_option("notice")
    saved(form)
    form.go_back()
    form.wait_for_selector("[contenteditable=true]")
    expect(form.locator("#links-group .inline-related:not(.empty-form)")).to_have_count(3)
    expect(form.locator("[name=links-2-id]")).not_to_have_value("")


def test_a_row_that_was_added_and_moved_comes_back_where_it_stood(form):
    form.get_by_role("button", name="Ajouter une étape").click()
    row = form.locator("#steps-2")
    row.locator("[name$=-kind]").select_option("counter")
    row.get_by_role("button", name="Monter").click()
    refused_then_back(form)
    titles = form.locator("#steps-group .inline-related:not(.empty-form) .inline_label")
    expect(titles).to_have_text(
        ["1. autre", "2. se présenter au guichet", "3. envoyer par la poste"]
    )
