"""The rows of a sheet in a real browser: added, moved, put at choice, taken out again."""

import pytest
from playwright.sync_api import expect

from prefectures.models import Procedure

from ..page import SAVED
from .rows import opened
from .test_sheet_form import form_of, saved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def form(desk, site):
    """A form of three steps, of which the last two are at choice."""
    return form_of("prefecture-de-nimes", desk, site)


def add_step(page, kind):
    page.get_by_role("button", name="Ajouter une étape").click()
    row = page.locator("#steps-group .inline-related:not(.empty-form)").last
    row.locator("select[name$=-kind]").select_option(kind)
    return row


def titles(page):
    rows = page.locator("#steps-group .inline-related:not(.empty-form) .inline_label")
    return rows.all_inner_texts()


def stored():
    sheet = Procedure.objects.get(slug="prefecture-de-nimes")
    return [[step.kind for step in steps] for steps in sheet.step_groups]


def move(page, row, word):
    page.locator(row).get_by_role("button", name=word).click()


def test_two_steps_added_in_a_row_follow_one_another_on_the_page(form, site, complaints):
    add_step(form, "book_online")
    add_step(form, "counter")
    saved(form)
    form.goto(f"{site}/departements/30-gard/prefecture-de-nimes/")
    steps = form.locator(".steps > li")
    expect(steps).to_have_count(4)
    expect(steps.nth(2)).to_contain_text("Prenez rendez-vous en ligne")
    expect(steps.nth(2).locator(".or")).to_have_count(0)
    assert stored()[2:] == [["book_online"], ["counter"]]
    assert complaints == []


def test_a_box_puts_a_step_at_choice_with_the_one_before(form):
    row = add_step(form, "email")
    assert titles(form)[-1] == "3. envoyer un courriel"
    row.get_by_label("Au choix avec l’étape précédente").check()
    assert titles(form)[-1] == "2. ou envoyer un courriel"
    saved(form)
    assert stored() == [["other"], ["post", "drop_box", "email"]]


def test_the_first_step_has_none_before_it(form):
    boxes = form.get_by_label("Au choix avec l’étape précédente")
    opened(form.locator("#steps-0"))
    expect(boxes.first).to_be_hidden()
    opened(form.locator("#steps-1"))
    expect(boxes.nth(1)).to_be_visible()


def test_steps_at_choice_move_together_past_another(form):
    move(form, "#steps-1", "Monter")
    assert titles(form) == [
        "1. envoyer par la poste",
        "1. ou déposer dans une boîte aux lettres",
        "2. autre",
    ]
    saved(form)
    assert stored() == [["post", "drop_box"], ["other"]]


def test_steps_at_choice_change_places_and_stay_at_choice(form):
    move(form, "#steps-2", "Monter")
    assert titles(form)[1:] == [
        "2. déposer dans une boîte aux lettres",
        "2. ou envoyer par la poste",
    ]
    saved(form)
    assert stored() == [["other"], ["drop_box", "post"]]


def test_rows_are_moved_with_the_keyboard(form):
    button = form.locator("#steps-0").get_by_role("button", name="Descendre")
    button.focus()
    form.keyboard.press("Enter")
    expect(button).to_be_focused()
    expect(button).to_have_accessible_name("Descendre : 2. autre")


def test_the_order_is_said_in_one_way_only(form):
    for name in ("order", "position", "group"):
        fields = form.locator(f".inline-group [name$=-{name}]")
        assert [each for each in fields.all() if each.is_visible()] == []


def test_a_new_row_moved_up_and_one_taken_out_leave_the_others_as_they_were(form):
    add_step(form, "email")
    row = add_step(form, "telephone")
    row.get_by_label("Au choix avec l’étape précédente").check()
    move(form, "#steps-3", "Monter")
    move(form, "#steps-3", "Monter")
    assert titles(form)[0] == "1. envoyer un courriel"
    form.locator("#steps-3 a.inline-deletelink").click()
    assert titles(form) == [
        "1. téléphoner",
        "2. autre",
        "3. envoyer par la poste",
        "3. ou déposer dans une boîte aux lettres",
    ]
    saved(form)
    assert stored() == [["telephone"], ["other"], ["post", "drop_box"]]
    assert (
        Procedure.objects.get(slug="prefecture-de-nimes").steps.get(number=1).history.count() <= 2
    )


def test_a_refused_form_comes_back_in_the_order_that_was_sent(form):
    add_step(form, "email")
    move(form, "#steps-3", "Monter")
    before = titles(form)
    form.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(form.locator(".errornote")).to_be_visible()
    assert titles(form) == before


def test_without_a_script_the_order_is_typed(browser, desk, site):
    sheet = Procedure.objects.get(slug="prefecture-de-nimes")
    context = browser.new_context(
        java_script_enabled=False, storage_state=desk.context.storage_state()
    )
    page = context.new_page()
    page.goto(f"{site}/admin/prefectures/procedure/{sheet.pk}/change/")
    page.locator("#id_steps-0-order").fill("9")
    page.locator("#id_reason").fill("Vu")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text(SAVED)
    context.close()
    assert stored() == [["post", "drop_box"], ["other"]]
