"""From a préfecture's page to a published sheet: what it takes of an editor."""

import pytest
from playwright.sync_api import expect

from prefectures.models import Procedure, changeset

from ..page import ADDED
from .editor import PASTE, SHEETS, Editor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_ACTIONS = {"Béziers": 10, "Créteil": 10, "Paris": 10, "Tarn": 10}


@pytest.fixture
def no_sheets(db):
    """The document has sheets of that name."""
    with changeset("Pour le test"):
        for sheet in Procedure.objects.filter(departement__in=["34", "81"]):
            sheet.delete()


@pytest.mark.parametrize("name", SHEETS)
def test_a_page_becomes_a_published_sheet_in_a_few_actions(desk, site, no_sheets, name, complaints):
    sheet = SHEETS[name]
    desk.set_default_timeout(8000)
    editor = Editor(desk, site)
    editor.enter_by_page(sheet)
    expect(desk.locator(".messagelist .success").last).to_contain_text("en ligne")
    made = Procedure.objects.latest("pk")
    assert made.is_published
    assert [step.kind for step in made.steps.all() if step.role != "form"] == [
        step["kind"] for step in sheet.steps if step.get("role") != "form"
    ]
    for row in sheet.steps:
        for field in ("url", "email", "address", "booking_code", "hours"):
            assert row.get(field, "") in {getattr(step, field) for step in made.steps.all()} | {""}
    assert [link.url for link in made.links.all() if link.kind != "booking"][: 1 + len(sheet.links)]
    assert {link["url"] for link in sheet.links} <= {link.url for link in made.links.all()}
    assert made.refused_channels == sheet.refused
    assert editor.actions <= MOST_ACTIONS[name]
    assert complaints == []


def test_one_takes_changes_and_leaves_with_one_key(desk, site):
    desk.set_default_timeout(8000)
    editor = Editor(desk, site)
    editor.go("/admin/prefectures/procedure/partir-d-une-page/")
    editor.write("#id_address", SHEETS["Créteil"].address)
    editor.paste("#id_text", SHEETS["Créteil"].page, "la page")
    expect(desk.locator(".pasted")).to_contain_text("avec 3 liens")
    editor.press("input[value='Lire la page']")
    boxes = desk.locator(".proposal > label > input")
    expect(boxes.first).to_be_focused()
    expect(desk.locator("mark.lit").first).to_be_visible()
    desk.keyboard.press("Space")
    expect(boxes.first).not_to_be_checked()
    desk.keyboard.press("ArrowDown")
    expect(boxes.nth(1)).to_be_focused()
    desk.keyboard.press("Delete")
    expect(boxes.nth(1)).not_to_be_checked()
    expect(boxes.nth(2)).to_be_focused()
    desk.keyboard.press("Enter")
    changing = desk.locator(".proposal").nth(2).locator("details")
    expect(changing.locator("select").first).to_be_focused()
    desk.keyboard.press("Escape")
    expect(boxes.nth(2)).to_be_focused()


def test_what_is_typed_after_the_page_was_pasted_is_read_without_links(desk, site):
    desk.goto(f"{site}/admin/prefectures/procedure/partir-d-une-page/")
    editor = Editor(desk, site)
    editor.paste("#id_text", "<p><a href='https://x.fr'>x</a></p>", "x")
    desk.keyboard.type("y")
    expect(desk.locator(".pasted")).to_contain_text("sans ses liens")
    assert desk.locator("#id_html").input_value() == ""


@pytest.mark.parametrize("html", ["", "<p>{}</p>"])
def test_a_page_of_five_megabytes_is_told_and_stays(desk, site, html):
    desk.goto(f"{site}/admin/prefectures/procedure/partir-d-une-page/")
    words = "aes " * 1_300_000
    desk.locator("#id_text").evaluate(
        """(area, [html, text]) => {
          const clipboardData = new DataTransfer();
          if (html) clipboardData.setData("text/html", html);
          const event = new ClipboardEvent("paste", { clipboardData, bubbles: true });
          area.dispatchEvent(event);
          area.value = text;
        }""",
        [html.format(words), words],
    )
    desk.get_by_role("button", name="Lire la page").click()
    expect(desk.locator(".pasted")).to_contain_text("gardez la partie qui parle de la demande")
    assert len(desk.locator("#id_text").input_value()) == len(words)


def test_a_page_becomes_a_sheet_with_the_keyboard_alone(desk, site, complaints):
    desk.set_default_timeout(8000)
    sheet, press = SHEETS["Créteil"], desk.keyboard.press
    desk.goto(f"{site}/admin/prefectures/procedure/partir-d-une-page/")
    desk.keyboard.type(sheet.address)
    press("Tab")
    expect(desk.locator("#id_text")).to_be_focused()
    desk.locator("#id_text").evaluate(
        "(area, html) => (" + PASTE + ")([area, html, 'la page'])", sheet.page
    )
    for _ in range(3):
        press("Tab")
    expect(desk.get_by_role("button", name="Lire la page")).to_be_focused()
    press("Enter")
    expect(desk.locator(".proposal input").first).to_be_focused()
    press("Control+Enter")
    desk.wait_for_selector("#procedure_form .bar")
    # The bar stands there before its script hears the keys.
    desk.wait_for_load_state()
    press("Control+s")
    expect(desk.locator(".messagelist")).to_contain_text(ADDED)
    assert Procedure.objects.latest("pk").steps.count() == 3
    assert complaints == []
