"""Reading without scripts, on paper, in the dark, on a narrow screen, by axe's rules."""

import subprocess

import pytest

from .addresses import ADDRESSES, made
from .conftest import DESK
from .rules import is_wider_than_screen, violations, violations_in_every_light

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]

ADMIN = [
    "/admin/",
    "/admin/prefectures/procedure/",
    "/admin/prefectures/prefecture/",
    "BEZIERS/change/",
    "BEZIERS/history/",
    "BEZIERS/delete/",
]


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_public_page_keeps_to_the_rules_at_any_width_and_light(page, site, complaints, path):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site + made(path))
    assert [text for text in complaints if "404" not in text] == []
    assert all(url.startswith((site, "data:")) for url in asked)
    assert page.context.cookies() == []
    for scheme in ("light", "dark"):
        for width in (320, 1280):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 800})
            assert violations(page) == [], (scheme, width)
            assert not is_wider_than_screen(page)


@pytest.mark.parametrize("path", ADMIN)
def test_a_screen_of_the_admin_keeps_to_the_rules(desk, site, complaints, beziers, path):
    path = path.replace("BEZIERS", f"/admin/prefectures/procedure/{beziers.pk}")
    desk.goto(site + path)
    desk.wait_for_load_state("networkidle")
    # Before the rules: their own script breaks the policy it is injected into.
    assert complaints == []
    assert violations_in_every_light(desk, DESK) == {}
    assert not is_wider_than_screen(desk)


def test_a_sheet_is_read_without_scripts(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/recherche/?q=lodevve")
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
