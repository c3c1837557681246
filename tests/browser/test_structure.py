"""How a page is told to who hears it: titles in order, named parts, tables with headers."""

import pytest

from .addresses import ADDRESSES, SCREENS, SIGNING_IN, made
from .measures import HEADINGS, LANDMARKS, UNNAMED_CELLS

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]


def faults(page):
    """Return what is wrong with the structure of the loaded page, in words."""
    levels = page.evaluate(HEADINGS)
    parts = page.evaluate(LANDMARKS)
    once = [role for role in ("banner", "main", "contentinfo") if len(parts[role]) != 1]
    names = parts["navigation"]
    return {
        "no title, or several": levels.count(1) != 1 and levels,
        "a level is left out": any(b > a + 1 for a, b in zip([0, *levels], levels, strict=False))
        and levels,
        "not there once": once,
        "menus of one name": (len(set(names)) != len(names) or "" in names) and names,
        "in no part of the page": parts["outside"],
        "header of nothing": page.evaluate(UNNAMED_CELLS),
    }


def is_well_made(page):
    found = {fault: about for fault, about in faults(page).items() if about}
    assert found == {}


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_public_page_has_one_title_and_named_parts(page, site, path):
    page.goto(site + made(path))
    is_well_made(page)


@pytest.mark.parametrize("path", SCREENS)
def test_a_screen_of_the_admin_has_one_title_and_named_parts(desk, site, path):
    desk.goto(site + made(path))
    desk.wait_for_load_state("networkidle")
    is_well_made(desk)


def test_the_sign_in_has_one_title_and_named_parts(page, site):
    page.goto(site + SIGNING_IN)
    is_well_made(page)


def test_boxes_that_answer_one_question_are_told_with_it(desk, site):
    desk.goto(site + made("/admin/prefectures/procedure/SHEET/change/"))
    asked = desk.get_by_role("group", name="Motifs")
    assert asked.get_by_role("checkbox").count() > 5


def test_no_two_public_pages_have_the_same_title(client, db):
    pages = [client.get(made(path)).content.decode() for path in ADDRESSES]
    titles = [" ".join(page.split("<title>")[1].split("</title>")[0].split()) for page in pages]
    assert sorted({title for title in titles if titles.count(title) > 1}) == []


def test_what_a_script_changes_is_no_content(browser, site):
    """Without scripts a page says all that it says with them, but for what a browser does."""
    said = {}
    for with_scripts in (True, False):
        context = browser.new_context(java_script_enabled=with_scripts)
        page = context.new_page()
        for path in ADDRESSES:
            page.goto(site + path)
            # A copy of the page, which a browser makes: what is said of it is of no use without.
            page.evaluate("document.querySelectorAll('.keeping').forEach((each) => each.remove())")
            said[with_scripts, path] = set(page.locator("main").inner_text().split("\n"))
        context.close()
    done_by_the_browser = {"Copier l’adresse", "Partager", "Imprimer"}
    for path in ADDRESSES:
        assert said[True, path] - said[False, path] <= done_by_the_browser, path


def test_without_styles_the_drawings_are_small_and_their_signs_are_seen(page, site):
    page.goto(f"{site}/carte/")
    page.evaluate("document.querySelectorAll('style').forEach(style => style.remove())")
    for drawing in page.locator(".find svg, .swatch").all():
        assert drawing.bounding_box()["width"] <= 24
    drawn = page.locator(".swatch rect, .france a > path")
    fills = drawn.evaluate_all("shapes => shapes.map(shape => getComputedStyle(shape).fill)")
    assert set(fills) == {"none"}
