"""Where colours are the reader's own: what was told by a ground has an edge or a word instead."""

import pytest

from .addresses import ADDRESSES, IN_OTHER_WORDS, SCREENS, made
from .measures import FAINT_FOCUS

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]

# What the site draws by its ground alone, where colours are its own.
DRAWN = (
    ".brand, .ticket, .press, .copy, .share, .print, .notice, .danger, .envelope, main button,"
    " header.site button, .find input, .search input, .search select, .swatch,"
    " .button, input[type=submit], .object-tools a, .contradiction, select, textarea"
)
WITHOUT_EDGE = """drawn => [...document.querySelectorAll(drawn)]
  .filter((element) => element.checkVisibility()
    && !element.matches(".select2-hidden-accessible, button.link, button.fold, button.more, "
      + ".prose-menubar__button, .theme-toggle, .toggle-nav-sidebar"))
  .filter((element) => {
    const style = getComputedStyle(element);
    return !["Top", "Left", "Right"].some((side) => style[`border${side}Style`] !== "none"
      && parseFloat(style[`border${side}Width`]) > 0);
  })
  .map((element) => `${element.tagName} ${element.className} ${element.innerText}`)"""


@pytest.mark.parametrize("path", ADDRESSES + IN_OTHER_WORDS)
def test_what_was_told_by_a_ground_has_an_edge(page, site, path):
    page.emulate_media(forced_colors="active")
    page.goto(site + made(path))
    assert page.evaluate(WITHOUT_EDGE, DRAWN) == []


@pytest.mark.parametrize("path", SCREENS)
def test_in_the_admin_too(desk, site, path):
    desk.emulate_media(forced_colors="active")
    desk.goto(site + made(path))
    desk.wait_for_load_state("networkidle")
    assert desk.evaluate(WITHOUT_EDGE, DRAWN) == []


def test_what_has_the_focus_is_seen(page, site):
    page.emulate_media(forced_colors="active")
    page.goto(f"{site}/departements/31-haute-garonne/")
    assert page.evaluate(FAINT_FOCUS) == []


@pytest.mark.parametrize("path", ["/carte/", "/carte/?couleur=age"])
def test_the_map_is_read_by_its_signs_alone(page, site, path):
    page.emulate_media(forced_colors="active")
    page.goto(site + path)
    entries = page.locator(".legend li").all()
    signs = [entry.locator("text").text_content() for entry in entries]
    assert len(set(signs)) == len(signs)
    shapes = page.locator(".france a > path:first-of-type")
    drawn = shapes.evaluate_all(
        "paths => new Set(paths.map(path => getComputedStyle(path).fill)).size"
    )
    assert drawn == 1
