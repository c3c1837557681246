"""Large letters, words set apart, a narrow window: nothing is cut, nothing slides away."""

import pytest

from .addresses import ADDRESSES, IN_OTHER_WORDS, SCREENS, made
from .measures import CUT, MAY_HIDE, SET_APART, SPACING
from .rules import is_wider_than_screen

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]

# 640 pixels are what 1280 come to at 200 %, 320 what they come to at 400 %.
WIDTHS = (1280, 640, 320)


def losses(page):
    """Return {width or letters: what is cut or too wide} of the loaded page."""
    found = {}

    def look(at):
        if wrong := page.evaluate(CUT, MAY_HIDE):
            found[at] = wrong
        if is_wider_than_screen(page):
            found[at, "wide"] = page.evaluate("document.documentElement.scrollWidth")

    page.evaluate(SET_APART, SPACING)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 640})
        look(width)
    page.evaluate(SET_APART, "html { font-size: 200% !important; }")
    page.set_viewport_size({"width": 640, "height": 640})
    look("letters twice as large")
    return found


@pytest.mark.parametrize("path", ADDRESSES + IN_OTHER_WORDS)
def test_a_public_page_loses_nothing_when_it_is_enlarged_or_set_apart(page, site, path):
    page.goto(site + made(path))
    assert losses(page) == {}


@pytest.mark.parametrize("path", SCREENS)
def test_a_screen_of_the_admin_loses_nothing_either(desk, site, path):
    desk.goto(site + made(path))
    desk.wait_for_load_state("networkidle")
    assert losses(desk) == {}
