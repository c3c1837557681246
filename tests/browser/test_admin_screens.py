"""The admin's screens at the sizes they are used at: all in sight, and large enough to press."""

import re
import time

import pytest
from playwright.sync_api import expect

from prefectures.models import Prefecture, Procedure

from ..models.making import edited
from .rules import is_wider_than_screen
from .test_sheet_form import form_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}
LIST = "/admin/prefectures/procedure/"
LONGEST = "prefecture-de-montpellier-et-sous-prefecture-de-lodeve"

# The places of everything one presses that is smaller than 24 pixels, its label included. A link
# within a text, what lies in the folded menu and the fields that are not shown do not count.
TOO_SMALL = """() => [...document.querySelectorAll(
  `#content :is(select, button, summary, .object-tools a, .add-row a,
    input:not([type=hidden], .select2-search__field))`
)].filter((each) => {
  const boxes = [each, ...(each.labels || [])].map((part) => part.getBoundingClientRect());
  const shown = boxes.filter((box) => box.width > 1 && box.height > 1);
  return shown.length && !shown.some((box) => box.height >= 23.5 && box.width >= 23.5);
}).map((each) => each.outerHTML.slice(0, 90))"""


def box(locator):
    return locator.bounding_box()


@pytest.mark.parametrize("width", [1280, 1440])
def test_every_column_of_the_list_is_in_sight(desk, site, width):
    desk.set_viewport_size({"width": width, "height": 900})
    desk.goto(site + LIST)
    hidden = desk.locator(".results").evaluate("box => box.scrollWidth - box.clientWidth")
    assert hidden == 0


def test_on_a_phone_one_filters_and_publishes_without_going_sideways(desk, site):
    desk.set_viewport_size(PHONE)
    desk.goto(site + LIST)
    filters, table = desk.locator(".list-filters"), desk.locator("#result_list")
    assert box(filters)["y"] + box(filters)["height"] <= box(table)["y"]
    for name in ("publication", "position"):
        field = box(desk.locator(f"[name=form-0-{name}]"))
        assert field["x"] + field["width"] <= PHONE["width"]
    filters.locator("summary").first.click()
    desk.get_by_role("link", name="archivée").click()
    expect(desk.get_by_text("Filtres (en cours)")).to_be_visible()


def test_on_a_phone_no_list_is_wider_than_the_screen(desk, site):
    desk.set_viewport_size(PHONE)
    wider = []
    for name in ("changeset", "commune", "departement", "ground", "prefecture", "user"):
        desk.goto(f"{site}/admin/prefectures/{name}/")
        if is_wider_than_screen(desk):
            wider.append(name)
    assert wider == []


@pytest.mark.parametrize("screen", ["list", "form"])
def test_on_a_phone_what_one_presses_is_large_enough(desk, site, screen):
    desk.set_viewport_size(PHONE)
    if screen == "list":
        desk.goto(site + LIST)
    else:
        form_of(LONGEST, desk, site)
    assert desk.evaluate(TOO_SMALL) == []


def test_a_long_title_is_read_whole(desk, site):
    form_of(LONGEST, desk, site)
    title, tools = box(desk.locator("#content > h2")), box(desk.locator(".object-tools"))
    assert title["y"] + title["height"] <= tools["y"]


def test_the_first_focus_of_a_new_sheet_is_in_sight(desk, site):
    def late(route):
        # As on a slow line: the page is focused before its scripts have run.
        time.sleep(0.5)
        route.continue_()

    desk.route("**/rows*.js", late)
    desk.goto(f"{site}{LIST}add/")
    expect(desk.locator(".field-departement .select2-selection")).to_be_focused()


def test_an_office_made_on_the_way_is_in_the_departement_of_the_sheet(desk, site):
    form = form_of("prefecture-de-foix", desk, site)
    with form.expect_popup() as opened:
        form.locator("#add_id_offices").click()
    popup = opened.value
    expect(popup.locator("#id_departement")).to_have_value("09")
    popup.locator("#id_kind").select_option("sous_prefecture")
    popup.locator("#id_city").fill("Lavelanet")
    popup.locator("#id_reason").fill("Lu sur le site")
    popup.get_by_role("button", name="Enregistrer").click()
    expect(form.locator("#id_offices option:checked", has_text="Lavelanet")).to_have_count(1)
    assert Prefecture.objects.get(city="Lavelanet").departement_id == "09"


@pytest.mark.parametrize("name", ["editorial_note", "warning"])
def test_a_contradiction_of_a_rich_text_is_tied_to_where_one_writes(desk, site, name):
    link = '<p><a href="https://www.ariège.gouv.fr/">Ici</a></p>'
    edited(Procedure.objects.get(slug="prefecture-de-foix"), **{name: link})
    form = form_of("prefecture-de-foix", desk, site)
    area = form.locator(f".field-{name} [contenteditable=true]")
    expect(area).to_have_accessible_description(re.compile("accent"))


def test_the_editor_has_no_sign_that_fonts_lack(desk, site):
    form = form_of("prefecture-de-foix", desk, site)
    sign = form.locator(".prose-menubar__selected").first.evaluate(
        "box => getComputedStyle(box, '::after').content"
    )
    assert sign in ('""', "none")
