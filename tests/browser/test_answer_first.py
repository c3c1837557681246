"""On a phone the answer comes first, on paper one page is enough: every sheet of the document."""

import subprocess

import pytest

from prefectures.models import Departement, Ground, Link, Procedure, Step, changeset

from .rules import is_wider_than_screen

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]

SMALL_PHONE = {"width": 360, "height": 640}
# Pixels from the top of the page.
FIRST_STEP_ABOVE, FIRST_ACT_ABOVE = 350, 640
TOP = "id => document.getElementById(id).getBoundingClientRect().top + scrollY"


@pytest.fixture
def addresses():
    """The addresses of the document's fourteen sheets."""
    found = [sheet.get_absolute_url() for sheet in Procedure.objects.select_related("departement")]
    assert len(found) == 14
    return found


@pytest.fixture
def phone(page):
    page.set_viewport_size(SMALL_PHONE)
    return page


def test_the_first_step_and_the_first_thing_to_press_are_on_the_first_screen(
    phone, site, addresses
):
    tops = {}
    for address in addresses:
        phone.goto(site + address)
        tops[address] = [phone.evaluate(TOP, name) for name in ("etape-1", "agir")]
    assert {each: top for each, (top, _) in tops.items() if top >= FIRST_STEP_ABOVE} == {}
    assert {each: top for each, (_, top) in tops.items() if top >= FIRST_ACT_ABOVE} == {}


def test_on_the_page_of_a_commune_too(phone, site):
    phone.goto(f"{site}/communes/34142-lodeve/")
    assert phone.evaluate(TOP, "etape-1") < FIRST_STEP_ABOVE
    assert phone.evaluate(TOP, "agir") < FIRST_ACT_ABOVE
    assert not is_wider_than_screen(phone)


def on_first_page(file):
    return subprocess.run(
        ["pdftotext", "-layout", "-l", "1", file, "-"], check=True, capture_output=True, text=True
    ).stdout


def test_what_one_acts_by_is_on_one_sheet_of_paper(page, site, addresses, tmp_path):
    for address in addresses:
        page.goto(site + address)
        page.pdf(path=tmp_path / "page.pdf", format="A4", prefer_css_page_size=True)
        first = on_first_page(tmp_path / "page.pdf")
        # Over as many lines as it takes, with spaces that keep signs together or not.
        title = page.locator("h1").inner_text().split()
        assert " ".join(title) in " ".join(first.split()), address
        assert "Qui peut vous aider" in first, address
        assert "La version du jour" in first, address
        assert "Ce que dit la préfecture" not in first, address


def test_paper_says_its_departement_its_day_its_address_and_nothing_of_the_screen(
    page, site, tmp_path
):
    page.goto(f"{site}/departements/31-haute-garonne/prefecture-de-toulouse/")
    today = page.evaluate("new Date().toLocaleDateString('fr-FR', {dateStyle: 'long'})")
    page.pdf(path=tmp_path / "page.pdf", format="A4", prefer_css_page_size=True)
    first = on_first_page(tmp_path / "page.pdf")
    assert "Département de la Haute-Garonne (31)" in first
    assert f"Imprimé le {today}" in first
    assert "Dernière mise à jour : 22/02/2023" in first
    assert "/departements/31-haute-garonne/prefecture-de-toulouse/" in "".join(first.split())
    for furniture in ("Chercher", "Copier l’adresse", "Envoyer par SMS", "Imprimer"):
        assert furniture not in first


def test_nothing_is_folded_on_paper_even_without_scripts(browser, site, tmp_path):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/departements/09-ariege/prefecture-de-foix/")
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    whole = subprocess.run(
        ["pdftotext", tmp_path / "page.pdf", "-"], check=True, capture_output=True, text=True
    ).stdout
    assert "La Poste remet contre une signature" in " ".join(whole.split())
    context.close()


def test_what_to_bring_is_ticked_on_paper(page, site, tmp_path):
    page.goto(
        f"{site}/departements/34-herault/prefecture-de-montpellier-et-sous-prefecture-de-lodeve/"
    )
    page.pdf(path=tmp_path / "page.pdf", format="A4", prefer_css_page_size=True)
    assert on_first_page(tmp_path / "page.pdf").count("☐") == 5


def test_the_question_of_several_sheets_is_on_paper_with_its_address(page, site, tmp_path):
    page.goto(f"{site}/departements/34-herault/")
    page.pdf(path=tmp_path / "page.pdf", format="A4", prefer_css_page_size=True)
    assert "Où habitez-vous" in on_first_page(tmp_path / "page.pdf")
    whole = subprocess.run(
        ["pdftotext", tmp_path / "page.pdf", "-"], check=True, capture_output=True, text=True
    ).stdout
    assert "Imprimé le" in whole


def test_an_address_is_copied_as_it_stands_on_the_envelope(browser, site):
    context = browser.new_context(viewport=SMALL_PHONE, permissions=["clipboard-write"])
    page = context.new_page()
    page.goto(f"{site}/departements/11-aude/prefecture-de-carcassonne/")
    page.get_by_role("button", name="Copier l’adresse").click()
    page.get_by_role("button", name="Adresse copiée").wait_for()
    # No page of the site may read what was copied: it is put into another one.
    page.goto("about:blank")
    page.set_content("<textarea></textarea>")
    page.locator("textarea").press("Control+V")
    assert page.locator("textarea").input_value().splitlines() == [
        "Préfecture de l'Aude",
        "Bureau de l'immigration et la nationalité",
        "Admission exceptionnelle au séjour",
        "52 rue Jean Bringer",
        "11000 Carcassonne",
    ]
    context.close()


def test_what_a_browser_cannot_do_is_not_offered(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport=SMALL_PHONE)
    page = context.new_page()
    page.goto(f"{site}/departements/11-aude/prefecture-de-carcassonne/")
    assert page.get_by_role("link", name="Envoyer par SMS").is_visible()
    for name in ("Copier l’adresse", "Partager", "Imprimer"):
        assert not page.get_by_text(name, exact=True).is_visible()
    context.close()


def test_a_word_is_explained_where_it_is_read_without_a_script(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport=SMALL_PHONE)
    page = context.new_page()
    page.goto(f"{site}/departements/09-ariege/")
    meaning = page.get_by_text("contre une signature")
    assert not meaning.is_visible()
    page.locator("summary", has_text="Recommandé").click()
    assert meaning.is_visible()
    context.close()


# --- Whatever is typed ------------------------------------------------------------------------


@pytest.fixture
def huge():
    """A sheet of which everything is too long, too many, or for everybody."""
    word = "anticonstitutionnellement" * 4
    with changeset("Une fiche énorme pour le test"):
        sheet = Procedure.objects.create(
            departement=Departement.objects.get(code="69"),
            title=f"{word[:80]} {'très long ' * 10}",
            publication="published",
            headline=word[:80],
            situation_note=word[:80],
            conditions=f"<ul><li>{word[:80]}</li></ul>",
            fees=f"<p>{word[:80]}</p>",
        )
        sheet.grounds.set(Ground.objects.all()[:9])
        for number in range(30):
            Step.objects.create(
                procedure=sheet, group=number + 1, kind="post", address=f"{word[:80]}\nLyon"
            )
        for _ in range(40):
            Link.objects.create(
                procedure=sheet, kind="other", label=word[:80], url=f"https://a.example/{word * 3}"
            )
    return sheet


@pytest.mark.parametrize("width", [320, 640])
def test_the_layout_holds_whatever_an_editor_typed(page, site, huge, width):
    """640 pixels are what 1280 come to at 200 %; there with letters twice as large, too."""
    page.set_viewport_size({"width": width, "height": 640})
    for address in (huge.get_absolute_url(), huge.departement.get_absolute_url()):
        page.goto(site + address)
        assert not is_wider_than_screen(page)
        if width > 320:
            page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
            assert not is_wider_than_screen(page)


def test_the_layout_holds_on_paper_whatever_an_editor_typed(page, site, huge):
    """A4 between its margins, at 96 dots an inch."""
    page.set_viewport_size({"width": 680, "height": 1000})
    page.emulate_media(media="print")
    page.goto(site + huge.get_absolute_url())
    assert not is_wider_than_screen(page)


def test_an_empty_sheet_has_a_page_that_helps(phone, site):
    with changeset("Une fiche vide pour le test"):
        sheet = Procedure.objects.create(
            departement=Departement.objects.get(code="69"),
            title="Vide",
            publication="published",
            conditions="<ul><li>Vivre dans le Rhône</li></ul>",
        )
        sheet.grounds.set(Ground.objects.filter(covers_all=True))
    phone.goto(site + sheet.get_absolute_url())
    assert "nous ne savons pas encore comment faire" in phone.locator("h1").inner_text()
    assert phone.get_by_role("link", name="3039").is_visible()
