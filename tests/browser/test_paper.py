"""What leaves the printer: each page with its day, its address and the code of it, nothing cut."""

import re
import subprocess

import pytest
from django.utils import timezone

from prefectures.text.qr_code import qr_code

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]

CAHORS = "/departements/46-lot/prefecture-de-cahors/"
TOULOUSE = "/departements/31-haute-garonne/prefecture-de-toulouse/"
# Each kind of page, and the address that its paper gives.
PAPERS = {
    "/": "/",
    "/regions/occitanie/": "/regions/occitanie/",
    "/departements/31-haute-garonne/": TOULOUSE,
    "/departements/34-herault/": "/departements/34-herault/",
    CAHORS: CAHORS,
    "/communes/69123-lyon/": "/communes/69123-lyon/",
    "/carte/": "/carte/",
    "/carte/?couleur=age&tri=-date": "/carte/?couleur=age&tri=-date",
    "/se-faire-aider/": "/se-faire-aider/",
    "/se-faire-aider/34-herault/": "/se-faire-aider/34-herault/",
    "/glossaire/": "/glossaire/",
    "/a-propos/": "/a-propos/",
    "/accessibilite/": "/accessibilite/",
    "/confidentialite/": "/confidentialite/",
    "/mentions-legales/": "/mentions-legales/",
    "/changements/": "/changements/",
    f"{CAHORS}historique/": f"{CAHORS}historique/",
    "/ar/": "/ar/",
    f"/ar{TOULOUSE}": f"/ar{TOULOUSE}",
    "/ar/carte/": "/ar/carte/",
    "/ar/glossaire/": "/ar/glossaire/",
}
# The width between the margins of A4 (templates/style/media.css).
PRINTED_WIDTH = round((210 - 2 * 15) / 25.4 * 96)
TOO_WIDE = """width => [...document.querySelectorAll("body *")]
  .filter((part) => part.checkVisibility() && !part.closest(".unseen, svg")
    && part.getClientRects().length)
  .filter((part) => {
    const { left, right } = part.getBoundingClientRect();
    return left < -1 || right > width + 1;
  })
  .map((part) => part.outerHTML.slice(0, 80))"""


@pytest.fixture
def printed(page, site, tmp_path):
    """Return a function that prints the page at a path, and returns the words of the paper."""

    def printed(path, to=page):
        to.goto(site + path)
        file = tmp_path / "page.pdf"
        to.pdf(path=file, format="A4", prefer_css_page_size=True)
        asked = ["pdftotext", "-layout", file, "-"]
        return subprocess.run(asked, check=True, capture_output=True, text=True).stdout

    return printed


def joined(text):
    """Return ``text`` without spaces, line ends, and the marks of directions."""
    return re.sub(r"[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text)


@pytest.mark.parametrize("path", PAPERS)
def test_each_page_has_its_day_its_address_and_the_code_of_it(page, site, printed, path):
    address = site + PAPERS[path]
    paper = joined(printed(path))
    # Lines of an Arabic page are read back in the order in which they are drawn.
    is_read_back = "/ar/" not in path
    assert joined(address) in paper or not is_read_back
    page.emulate_media(media="print")
    assert joined(address) in joined(page.locator(".paper").inner_text())
    today = page.evaluate(
        "new Date().toLocaleDateString(document.documentElement.lang, "
        '{day: "numeric", month: "long", year: "numeric", numberingSystem: "latn"})'
    )
    assert joined(f"Imprimé le {today}") in paper or not is_read_back
    assert today in page.locator(".paper .printed-on").inner_text()
    code = page.locator(".paper svg.qr")
    assert code.is_visible()
    assert code.bounding_box()["width"] > 60
    drawn = code.locator("path").get_attribute("d")
    assert f'd="{drawn}"' in qr_code(address)


@pytest.mark.parametrize("path", [*PAPERS, f"{CAHORS}au/{{today}}/", "/communes/34142-lodeve/"])
def test_nothing_is_cut_at_an_edge(page, site, path):
    answer = page.goto(site + path.format(today=timezone.localdate()))
    assert answer.ok
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PRINTED_WIDTH, "height": 1000})
    assert page.evaluate(TOO_WIDE, PRINTED_WIDTH) == []


@pytest.mark.parametrize(
    ("path", "links"),
    [
        ("/", ["/regions/occitanie/", "/carte/", "/se-faire-aider/"]),
        ("/regions/occitanie/", ["/departements/34-herault/"]),
        ("/se-faire-aider/", ["https://www.justice.gouv.fr/actualites/"]),
        ("/a-propos/", ["https://www.insee.fr/fr/information/2560452"]),
        ("/changements/", ["/departements/09-ariege/prefecture-de-foix/", "/changements.atom"]),
        (
            TOULOUSE,
            ["https://www.haute-garonne.gouv.fr/contenu/telechargement/36655/236396/file/"],
        ),
    ],
)
def test_links_are_spelled_out(printed, path, links):
    paper = joined(printed(path))
    assert [link for link in links if joined(f"<{link}") not in paper] == []


def test_a_path_is_explained_by_the_address_of_the_site(site, printed):
    assert joined(f"est une page de ce site, {site}/") in joined(printed("/regions/occitanie/"))


def test_what_is_folded_is_read(printed):
    assert "C’est l’association qui publie ce site" in " ".join(printed("/").split())


def test_what_is_of_the_screen_stays_there(printed):
    for path in ("/", "/changements/", CAHORS):
        paper = printed(path)
        for word in ("العربية", "English", "Chercher", "Montrer", "Garder", "Effacer", "Mentions"):
            assert word not in paper, path


def test_the_table_of_the_map_is_whole_and_its_titles_come_back_on_each_page(printed):
    pages = printed("/carte/").split("\f")
    table = [text for text in pages if "Comment" in text and "Situation" in text]
    assert len(table) > 2
    rows = re.findall(r"^ *(\d[\dAB]\d?) ", "\n".join(table), re.MULTILINE)
    assert len(set(rows)) == 104


def test_the_day_is_left_to_be_written_without_a_script(browser, site, printed):
    context = browser.new_context(java_script_enabled=False)
    assert "Imprimé le …………………" in printed("/glossaire/", context.new_page())
    context.close()


@pytest.mark.parametrize("path", ["/recherche/?q=saint", "/rien/"])
def test_a_search_and_an_error_have_no_paper_of_their_own(page, site, path):
    page.goto(site + path)
    assert page.locator(".paper").count() == 0


def test_a_long_question_is_left_out_of_the_code(page, site):
    page.goto(f"{site}/changements/?jusque=2026-11-30&rien={'a' * 3000}")
    page.emulate_media(media="print")
    assert f"{site}/changements/\n" in page.locator(".paper").inner_text()


def test_what_is_printed_of_a_copy_says_of_when_the_copy_is(page, site, printed):
    page.goto(site + CAHORS)
    page.get_by_role("button", name="Garder cette page").click()
    page.get_by_text("Copie gardée le").wait_for()
    page.context.set_offline(True)
    assert "Copie du" in printed(CAHORS)
