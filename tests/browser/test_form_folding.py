"""The rows of a sheet's form fold to one line that says what they are, and open one at a time."""

import pytest
from playwright.sync_api import expect

from prefectures.models import Procedure

from .conftest import DESK, PHONE
from .rows import opened
from .rules import is_wider_than_screen, violations_in_every_light
from .test_admin_screens import LONGEST
from .test_sheet_form import form_of

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]
HIGHEST = 2000


@pytest.fixture
def form(desk, site):
    return form_of(LONGEST, desk, site)


def line(row):
    return row.locator("h3 > .fold")


def test_a_folded_row_says_on_one_line_what_it_is(form, complaints):
    step = line(form.locator("#steps-1"))
    expect(step).to_have_attribute("aria-expanded", "false")
    expect(step).to_contain_text(
        "2. se présenter au guichet · entre 14h00 et 15h15 les lundi, mardi et jeudi"
    )
    expect(form.locator("#id_steps-1-hours")).to_be_hidden()
    expect(line(form.locator("#links-1"))).to_contain_text("· herault.gouv.fr")
    assert complaints == []


def test_the_line_follows_what_one_types(form):
    row = opened(form.locator("#contacts-0"))
    row.locator("[name$=-value]").fill("sejour@herault.gouv.fr")
    expect(line(row)).to_contain_text("sejour@herault.gouv.fr")


def test_one_row_is_open_at_a_time(form):
    opened(form.locator("#steps-0"))
    opened(form.locator("#links-0"))
    expect(form.locator(".row-body:visible")).to_have_count(1)
    expect(form.locator("#id_links-0-url")).to_be_visible()


def test_a_row_opens_and_folds_with_the_keyboard(form):
    button = line(form.locator("#steps-1"))
    button.focus()
    form.keyboard.press("Enter")
    hours = form.locator("#id_steps-1-hours")
    expect(hours).to_be_visible()
    hours.focus()
    form.keyboard.press("Escape")
    expect(hours).to_be_hidden()
    expect(button).to_be_focused()


def test_a_new_row_is_open(form):
    form.get_by_role("button", name="Ajouter un contact").click()
    expect(form.locator("#id_contacts-1-kind")).to_be_focused()


def test_a_refused_row_is_open_among_the_folded(form):
    opened(form.locator("#links-1")).locator("[name$=-url]").fill("une adresse")
    form.locator("#id_reason").fill("Vu")
    form.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(form.locator("#id_links-1-url")).to_be_focused()
    expect(form.locator(".row-body:visible")).to_have_count(1)


def test_what_few_rows_say_is_one_button_further_unless_it_is_said(form):
    row = opened(form.locator("#links-0"))
    expect(row.locator("[name$=-language]")).to_be_hidden()
    row.get_by_role("button", name="Autre précision").click()
    row.locator("[name$=-language]").fill("anglais")
    row.get_by_role("button", name="Autre précision").click()
    expect(row.locator("[name$=-language]")).to_be_visible()
    expect(row.locator("[name$=-is_for_another_request]")).to_be_hidden()


def test_a_row_is_dragged_by_its_handle(form):
    kinds = form.locator("#links-group [name$=-kind]")
    before = kinds.evaluate_all("fields => fields.map(field => field.value)")
    form.locator("#links-0 .handle").hover()
    here = form.locator("#links-0 .handle").bounding_box()
    there = form.locator("#links-1 h3").bounding_box()
    form.mouse.down()
    form.mouse.move(here["x"] + 5, there["y"] + there["height"] - 4, steps=6)
    form.mouse.up()
    after = kinds.evaluate_all("fields => fields.map(field => field.value)")
    assert after[:2] == before[1::-1]
    expect(form.locator("#links-0 .inline_label")).to_contain_text("2. ")


def test_the_longest_sheet_folded_is_not_long(form):
    assert form.evaluate("document.documentElement.scrollHeight") <= HIGHEST


def test_a_part_that_folds_says_what_it_holds(form):
    expect(form.locator("details:has(#id_territory_note) > summary")).to_contain_text(
        "Territoire · Lodève (34), Montpellier (34)"
    )


def test_a_part_is_jumped_to_and_opened(form):
    parts = form.get_by_role("navigation", name="Les parties de la fiche")
    expect(parts.get_by_role("link", name="Liens")).to_have_text("Liens (4)")
    parts.get_by_role("link", name="Territoire").click()
    expect(form.locator("#id_territory_note")).to_be_visible()


def test_axe_finds_nothing_in_an_open_row(form):
    opened(form.locator("#quotations-0")).get_by_role("button", name="Autre précision").click()
    form.locator("#quotations-0 [contenteditable=true]").focus()
    assert violations_in_every_light(form, DESK, PHONE) == {}
    assert not is_wider_than_screen(form)


def test_without_a_script_every_row_is_open(browser, desk, site):
    context = browser.new_context(
        java_script_enabled=False, storage_state=desk.context.storage_state()
    )
    page = context.new_page()
    sheet = Procedure.objects.get(slug=LONGEST)
    page.goto(f"{site}/admin/prefectures/procedure/{sheet.pk}/change/")
    for name in ("steps-1-hours", "links-3-language", "quotations-0-author", "contacts-0-hours"):
        expect(page.locator(f"#id_{name}")).to_be_visible()
    context.close()


# How many folded things are around each field, its kind's own fields apart.
FOLDS = """() => [...document.querySelectorAll(
  "#procedure_form :is(input, textarea, select):not([type=hidden])"
)]
  .filter((field) => field.name && !field.closest(".empty-form"))
  .filter((field) => !field.matches("[name$=-order]"))
  .map((field) => {
    let folds = 0;
    for (let box = field.parentElement; box; box = box.parentElement) {
      if (box.matches("details:not([open])")) folds += 1;
      if (box.matches(".row-body[hidden]")) folds += 1;
      if (box.matches("fieldset.rare .form-row[hidden]")) folds += 1;
    }
    return [folds, field.name];
  })"""


def test_no_field_is_more_than_two_keys_away(form):
    """One opens its row, or its part; one more what few rows say."""
    folds = dict(map(reversed, form.evaluate(FOLDS)))
    assert {"steps-0-kind", "steps-0-is_owed", "links-0-language", "title", "fees"} <= folds.keys()
    assert max(folds.values()) <= 2
    assert folds["steps-0-is_owed"] == 2
    opened(form.locator("#steps-0")).get_by_role("button", name="Autre précision").press("Enter")
    expect(form.locator("#id_steps-0-is_owed")).to_be_visible()
