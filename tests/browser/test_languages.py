"""From one language to another, in a browser: who reads Arabic, on a phone, from right to left."""

import pytest

from prefectures.languages import TRANSLATED, address_in

from .addresses import ADDRESSES, made
from .conftest import PHONE
from .rules import is_wider_than_screen, violations

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]

SHEET = "/departements/34-herault/sous-prefecture-de-beziers/"
# Other pages are made of the same parts.
NARROW, WIDE = ("light", 320), ("dark", 1280)


@pytest.fixture
def reader(browser, site):
    """Return a function that opens a page for somebody whose browser speaks ``language``."""
    contexts = []

    def reader(language, path, **about):
        contexts.append(browser.new_context(locale=language, viewport=PHONE, **about))
        page = contexts[-1].new_page()
        page.goto(site + path)
        return page

    yield reader
    for context in contexts:
        context.close()


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("language", TRANSLATED)
def test_a_page_keeps_to_the_rules_in_each_language(page, site, complaints, language, path):
    page.goto(site + address_in(language, made(path)))
    assert [text for text in complaints if "404" not in text] == []
    for scheme, width in (NARROW, WIDE):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        assert violations(page) == [], (scheme, width)
        assert not is_wider_than_screen(page)


def direction(page):
    return page.evaluate("getComputedStyle(document.body).direction")


def test_the_switch_stays_on_the_same_page_and_leads_back(reader, site):
    page = reader("fr-FR", SHEET)
    page.get_by_role("link", name="العربيّة").click()
    assert page.url == f"{site}/ar{SHEET}"
    assert direction(page) == "rtl"
    page.get_by_role("link", name="Français").click()
    assert page.url == f"{site}{SHEET}"
    assert direction(page) == "ltr"


def test_the_switch_works_without_scripts_and_keeps_what_was_asked(reader, site):
    page = reader("fr-FR", "/recherche/?q=saint", java_script_enabled=False)
    page.get_by_role("link", name="English").click()
    assert page.url == f"{site}/en/recherche/?q=saint"
    assert page.locator("input[name=q]").input_value() == "saint"


@pytest.mark.parametrize(
    ("language", "proposed"),
    [("ar-DZ", ["ar"]), ("en-US", ["en"]), ("es", ["es"]), ("fr-FR", []), ("de", [])],
)
def test_the_language_of_the_browser_is_proposed_and_not_forced(reader, site, language, proposed):
    page = reader(language, SHEET)
    assert page.url == f"{site}{SHEET}"
    links = page.locator(".languages a.proposed")
    assert links.evaluate_all("links => links.map((link) => link.lang)") == proposed


def test_what_is_proposed_says_so_in_its_own_words(reader):
    link = reader("es", SHEET).locator(".languages a.proposed")
    assert link.get_attribute("title") == "Leer esta página en español"


def test_a_place_is_found_and_opened_in_arabic(reader, site):
    page = reader("ar", "/ar/")
    page.locator("#q").fill("lod")
    page.get_by_role("option").first.click()
    page.wait_for_url(f"{site}/ar/communes/34142-lodeve/")


def test_the_number_of_a_step_stands_before_its_words_from_right_to_left(reader):
    page = reader("ar", "/ar/departements/31-haute-garonne/")
    number, words = page.evaluate(
        """() => {
          const step = document.querySelector(".steps > li");
          const box = step.getBoundingClientRect();
          return [box.right, step.querySelector(".action").getBoundingClientRect().right];
        }"""
    )
    assert number - words > 40


def test_an_envelope_and_a_link_elsewhere_are_read_from_left_to_right(reader):
    page = reader("ar", "/ar/departements/31-haute-garonne/")
    read = "elements => elements.map((each) => getComputedStyle(each).direction)"
    assert set(page.locator("address").evaluate_all(read)) == {"ltr"}


@pytest.mark.parametrize("width", [200, 240, 3840])
def test_a_screen_of_an_absurd_width_shows_all_of_a_page(page, site, width):
    page.set_viewport_size({"width": width, "height": 600})
    for path in (SHEET, f"/ar{SHEET}"):
        page.goto(site + path)
        assert not is_wider_than_screen(page)


def test_without_a_style_a_page_is_still_read_in_its_order(page, site):
    page.goto(f"{site}/ar{SHEET}")
    page.evaluate("document.querySelectorAll('style').forEach((style) => style.remove())")
    order = ["h1", ".danger", ".steps", ".updated"]
    tops = [page.locator(name).first.bounding_box()["y"] for name in order]
    assert tops == sorted(tops)
