"""Reading without scripts, on paper, in the dark, on a narrow screen, by axe's rules."""

import subprocess

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PUBLIC = [
    "/",
    "/recherche/?q=saint",
    "/regions/occitanie/",
    "/departements/31-haute-garonne/",
    "/departements/34-herault/",
    "/departements/75-paris/",
    "/departements/46-lot/prefecture-de-cahors/",
    "/a-propos/",
    "/accessibilite/",
    "/confidentialite/",
    "/mentions-legales/",
    "/rien/",
]
ADMIN = [
    "/admin/",
    "/admin/prefectures/procedure/",
    "/admin/prefectures/prefecture/",
    "BEZIERS/change/",
    "BEZIERS/history/",
    "BEZIERS/delete/",
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def violations(page):
    found = Axe().run(page, options=RULES).response["violations"]
    return [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found]


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_keeps_to_the_rules_at_any_width_and_light(page, site, complaints, path):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site + path)
    assert [text for text in complaints if "404" not in text] == []
    assert all(url.startswith((site, "data:")) for url in asked)
    assert page.context.cookies() == []
    for scheme in ("light", "dark"):
        for width in (320, 1280):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 800})
            assert violations(page) == [], (scheme, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", ADMIN)
def test_a_screen_of_the_admin_keeps_to_the_rules(desk, site, complaints, beziers, path):
    path = path.replace("BEZIERS", f"/admin/prefectures/procedure/{beziers.pk}")
    for scheme in ("light", "dark"):
        # Before the page loads: the admin fades from one colour to the other.
        desk.emulate_media(color_scheme=scheme)
        # The rules' own script breaks the policy it is injected into.
        complaints.clear()
        desk.goto(site + path)
        desk.wait_for_load_state("networkidle")
        assert complaints == []
        assert violations(desk) == [], scheme


def test_a_sheet_is_read_without_scripts(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/recherche/?q=34700")
    page.get_by_role("link", name="Lodève", exact=True).click()
    assert "Prenez rendez-vous en ligne" in page.inner_text("main")
    context.close()


def test_nothing_of_a_sheet_is_missing_on_paper(page, site, tmp_path):
    page.goto(f"{site}/departements/31-haute-garonne/")
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "page.pdf", "-"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    on_paper = "".join(text.split())
    for expected in (
        "31038 Toulouse Cedex 9",
        "Dernière mise à jour : 22/02/2023",
        "https://www.haute-garonne.gouv.fr/contenu/telechargement/36655/236396/file/FormulaireAES.pdf",
        "Tout dossier considéré incomplet fera l'objet d'un classement sans suite.",
    ):
        assert "".join(expected.split()) in on_paper
