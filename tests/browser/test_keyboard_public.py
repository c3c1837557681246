"""With the keyboard alone: everything is reached, in its order, and is seen when it is."""

import pytest

from .addresses import ADDRESSES, IN_OTHER_WORDS, SCREENS, SHEET, made
from .conftest import DESK
from .measures import FAINT, FAINT_FOCUS, IN_FOCUS, REACHABLE

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]

# What 1280 by 900 come to at 200 %: what stays in view leaves the least room there.
HALF = {"width": 640, "height": 450}
SKIP = ".skip, .skip-to-content-link"


def walk(page, most=400):
    """Press Tab until the page ends; return what came, each as ``IN_FOCUS`` tells it."""
    page.evaluate("document.activeElement.blur()")
    came = []
    while len(came) < most:
        page.keyboard.press("Tab")
        if (at := page.evaluate(IN_FOCUS)) is None:
            break
        came.append(at)
    return came


def wrong(came):
    return [at for at in came if not (at["isInView"] and at["isMarked"]) or at["isHidden"]]


@pytest.mark.parametrize("path", ADDRESSES + IN_OTHER_WORDS)
def test_a_public_page_is_walked_from_end_to_end(page, site, path):
    page.set_viewport_size(DESK)
    page.goto(site + made(path))
    came = walk(page)
    assert wrong(came) == []
    assert len(came) >= page.evaluate(REACHABLE)
    assert page.locator("[tabindex]:not([tabindex='0'], [tabindex='-1'])").count() == 0
    assert page.locator("[accesskey]").count() == 0


@pytest.mark.parametrize("path", SCREENS)
def test_nothing_that_stays_in_view_hides_what_one_reaches_in_the_admin(desk, site, path):
    desk.set_viewport_size(HALF)
    desk.goto(site + made(path))
    desk.wait_for_load_state("networkidle")
    assert wrong(walk(desk, most=120)) == []


def skips(page):
    page.keyboard.press("Tab")
    link = page.locator(SKIP)
    assert link.evaluate("link => link === document.activeElement")
    box = link.bounding_box()
    assert box["x"] >= 0
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_first_link_leads_past_what_all_pages_have(page, site):
    page.goto(site + SHEET)
    skips(page)


def test_in_the_admin_too(desk, site):
    desk.goto(f"{site}/admin/")
    skips(desk)


@pytest.mark.parametrize("path", ["/", SHEET, f"{SHEET}historique/", f"{SHEET}au/2000-01-01/"])
def test_edges_and_the_line_around_what_has_the_focus_are_seen_in_any_light(page, site, path):
    page.goto(site + path)
    faint_in_any_light(page)


@pytest.mark.parametrize("path", ["/admin/", "/admin/prefectures/procedure/SHEET/change/"])
def test_in_the_admin_they_are_seen_too(desk, site, path):
    desk.goto(site + made(path))
    desk.wait_for_load_state("networkidle")
    faint_in_any_light(desk)


def faint_in_any_light(page):
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert page.evaluate(FAINT) == [], scheme
        assert page.evaluate(FAINT_FOCUS) == [], scheme


def test_nothing_of_a_public_page_moves(page, site):
    page.goto(site + SHEET)
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter(each => {"
        "const style = getComputedStyle(each);"
        "return style.transitionDuration !== '0s' || style.animationName !== 'none'"
        "}).length"
    )
    assert moving == 0


def test_what_a_button_has_done_is_told_to_who_does_not_see_it(browser, site):
    context = browser.new_context(permissions=["clipboard-write"])
    page = context.new_page()
    page.goto(f"{site}/departements/31-haute-garonne/")
    page.get_by_role("button", name="Copier l’adresse").press("Enter")
    page.get_by_role("status").get_by_text("Adresse copiée").wait_for(state="attached")
    context.close()
