"""The map without a mouse, without colours, on a phone."""

import pytest
from playwright.sync_api import expect

from .conftest import PHONE
from .rules import is_wider_than_screen

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]

TARGET = 24
FILL = "path => getComputedStyle(path).fill"


@pytest.fixture
def map_page(page, site, complaints):
    page.goto(f"{site}/carte/")
    assert complaints == []
    return page


def test_the_keyboard_reaches_a_departement_and_opens_it(map_page):
    place = map_page.locator('.france a[aria-label^="Ain "]')
    before = place.locator("path").evaluate(FILL)
    for _ in range(30):
        map_page.keyboard.press("Tab")
        if place.evaluate("link => link === document.activeElement"):
            break
    # That it is there shows.
    assert place.locator("path").evaluate(FILL) != before
    map_page.keyboard.press("Enter")
    map_page.wait_for_url("**/departements/01-ain/")


def test_the_map_can_be_passed_by(map_page):
    map_page.get_by_role("link", name="Passer la carte").press("Enter")
    map_page.keyboard.press("Tab")
    assert map_page.evaluate("document.activeElement.closest('#tableau') !== null")


def test_what_is_heard_is_the_name_and_how_one_files(map_page):
    map_page.get_by_role("link", name="Aveyron (12)\xa0: sur rendez-vous").press("Enter")
    map_page.wait_for_url("**/departements/12-aveyron/")


def test_a_place_too_small_to_be_touched_has_a_tile(map_page):
    map_page.set_viewport_size(PHONE)
    for tile in map_page.locator(".spots a").all():
        box = tile.bounding_box()
        assert box["width"] >= TARGET
        assert box["height"] >= TARGET
    map_page.get_by_role("link", name="Paris (75)").click()
    map_page.wait_for_url("**/departements/75-paris/")


def test_it_is_sorted_and_coloured_without_scripts(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{site}/carte/")
    page.get_by_role("link", name="L’âge de l’information").click()
    assert "de 6 mois à 1 an" in page.inner_text(".legend")
    page.get_by_role("link", name="Information du").click()
    assert "22/02/2023" in page.inner_text(".places tbody tr:first-child")
    context.close()


def test_the_table_scrolls_by_itself_on_a_narrow_screen(map_page):
    map_page.set_viewport_size({"width": 320, "height": 640})
    assert not is_wider_than_screen(map_page)
    region = map_page.get_by_role("region", name="Le tableau")
    assert region.evaluate("region => region.scrollWidth > region.clientWidth")
    region.evaluate("region => { region.onscroll = () => { region.dataset.moved = 1; }; }")
    region.focus()
    map_page.keyboard.press("ArrowRight")
    expect(map_page.locator(".scrolls[data-moved]")).to_be_attached()


def test_without_colours_the_signs_are_left(map_page):
    map_page.emulate_media(forced_colors="active")
    fills = map_page.evaluate(
        "[...new Set([...document.querySelectorAll('.france a path')]"
        ".map(path => getComputedStyle(path).fill))]"
    )
    assert len(fills) == 1
    assert "P" in map_page.locator(".france text").all_text_contents()
