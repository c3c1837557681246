"""Back to a form that the browser fills in again: what is shown is what is sent."""

import pytest
from playwright.sync_api import expect

from prefectures.models import Procedure

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
    row.locator("select[name$=-kind]").select_option("telephone")
    refused_then_back(form)
    expect(row.locator("select[name$=-kind]")).to_have_value("telephone")
    expect(row.locator("[name$=-phone]")).to_be_visible()


def test_rows_stand_in_the_order_that_came_back(form):
    form.locator("#steps-1").get_by_role("button", name="Monter").click()
    refused_then_back(form)
    titles = form.locator("#steps-group .inline-related:not(.empty-form) .inline_label")
    expect(titles).to_have_text(["1. envoyer par la poste", "2. autre"])
