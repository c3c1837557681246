"""The field where one types where one lives: proposals by keyboard, touch and screen reader."""

import re

import pytest

from .conftest import DESK, PHONE
from .rules import is_wider_than_screen, violations, violations_in_every_light

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]

LODEVE = re.compile("/communes/34142-lodeve/$")
PROPOSALS = "**/recherche/propositions/**"


@pytest.fixture
def field(page, site):
    """The field of the home page, on a phone."""
    page.set_viewport_size(PHONE)
    page.goto(site)
    return page.get_by_role("combobox", name="Votre ville")


def options(page):
    return page.get_by_role("option")


def chosen(page):
    """Return the names of the options that a screen reader is told as chosen."""
    return [each.inner_text().split("\n")[0] for each in page.locator("[aria-selected=true]").all()]


def type_and_wait(field, text):
    with field.page.expect_response(PROPOSALS):
        field.press_sequentially(text, delay=20)
    field.page.locator(".suggestions li").first.wait_for()


def test_the_keyboard_chooses_and_opens_a_place(page, field):
    type_and_wait(field, "lod")
    assert field.get_attribute("aria-expanded") == "true"
    field.press("ArrowDown")
    first = options(page).first
    assert first.inner_text().startswith("Lodève")
    assert chosen(page) == ["Lodève"]
    assert field.get_attribute("aria-activedescendant") == first.get_attribute("id")
    field.press("Enter")
    page.wait_for_url(LODEVE)


def test_the_arrows_go_round_and_escape_leaves_what_was_typed(page, field):
    type_and_wait(field, "saint")
    count = options(page).count()
    field.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") == f"q-{count - 1}"
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") is None
    field.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert options(page).count() == 0
    assert field.input_value() == "saint"


def test_a_touch_opens_a_place(page, field):
    type_and_wait(field, "lod")
    options(page).first.click()
    page.wait_for_url(LODEVE)


def test_enter_without_a_choice_searches_what_was_typed(page, field):
    type_and_wait(field, "lodevv")
    field.press("Enter")
    page.wait_for_url("**/recherche/?q=lodevv")
    assert page.get_by_role("heading", level=1).inner_text() == "Vouliez-vous dire…"


def test_leaving_the_field_closes_the_proposals(page, field):
    type_and_wait(field, "lod")
    field.press("Tab")
    assert options(page).count() == 0
    assert page.get_by_role("button", name="Chercher").evaluate("e => e === document.activeElement")


def test_a_screen_reader_is_told_how_many_there_are(page, field):
    type_and_wait(field, "beziers")
    assert page.get_by_role("status").inner_text() == f"Propositions : {options(page).count()}"
    field.fill("")
    assert page.get_by_role("status").inner_text() == ""


def test_an_answer_that_comes_late_is_not_shown_for_what_is_typed_now(page, field):
    held = []
    page.route(re.compile("propositions/.q=bez"), lambda route: held.append(route))
    with page.expect_request(PROPOSALS):
        field.press_sequentially("bez")
    field.fill("")
    type_and_wait(field, "lod")
    for route in held:
        route.fulfill(json=[["Béziers", "Hérault (34)", "/communes/34032-beziers/"]])
    page.wait_for_timeout(100)
    assert options(page).first.inner_text().startswith("Lodève")


@pytest.mark.parametrize("answer", [{"abort": True}, {"status": 503, "body": "…"}])
def test_without_an_answer_the_field_still_searches(page, field, answer):
    page.route(
        PROPOSALS,
        lambda route: route.abort() if answer.get("abort") else route.fulfill(**answer),
    )
    with page.expect_request(PROPOSALS):
        field.press_sequentially("lodeve")
    field.press("Enter")
    page.wait_for_url(LODEVE)


def test_what_is_proposed_is_only_text(page, field):
    page.route(
        PROPOSALS, lambda route: route.fulfill(json=[["<img src=x>", "<b>là</b>", "/glossaire/"]])
    )
    type_and_wait(field, "lod")
    assert options(page).first.inner_text() == "<img src=x>\n<b>là</b>"
    assert page.locator(".suggestions :is(img, b)").count() == 0


@pytest.mark.parametrize("path", ["/", "/departements/46-lot/"])
def test_the_proposals_keep_to_the_rules_in_every_light_and_width(page, site, complaints, path):
    page.goto(site + path)
    type_and_wait(page.get_by_role("combobox"), "saint")
    page.keyboard.press("ArrowDown")
    assert violations(page) == []
    assert violations_in_every_light(page, {**PHONE, "width": 320}, DESK) == {}
    assert not is_wider_than_screen(page)
    assert complaints == []


def test_nothing_of_what_is_typed_is_kept(page, field):
    type_and_wait(field, "lod")
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url(LODEVE)
    assert page.context.cookies() == []
    assert page.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage))") == []
    assert page.evaluate("document.referrer") == ""


def test_without_scripts_the_field_leads_there_as_well(browser, site):
    page = browser.new_context(java_script_enabled=False, locale="fr-FR").new_page()
    page.goto(site)
    page.get_by_label("Votre ville").fill("j’habite à Lodève")
    page.get_by_role("button", name="Chercher").click()
    page.wait_for_url(LODEVE)
    page.context.close()
