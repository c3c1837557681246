"""The sheet's form in a real browser: pasting, fields of their kind, leaving, keyboard."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from prefectures.models import Procedure

from ..page import ADDED, SAVED
from .conftest import PHONE
from .rows import opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASTED = Path(__file__).parents[1] / "data" / "pasted"

PASTE = """([selector, html]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", "sans mise en forme");
  document.querySelector(selector).dispatchEvent(
    new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true })
  );
}"""


@pytest.fixture
def form(desk, site):
    return form_of("prefecture-de-foix", desk, site)


def form_of(slug, desk, site):
    desk.set_default_timeout(8000)
    sheet = Procedure.objects.get(slug=slug)
    desk.goto(f"{site}/admin/prefectures/procedure/{sheet.pk}/change/")
    desk.wait_for_selector("[contenteditable=true]")
    return desk


def paste(page, field, name):
    area = f".field-{field} [contenteditable=true]"
    page.locator(area).click()
    page.evaluate(PASTE, [area, (PASTED / f"{name}.html").read_text(encoding="utf-8")])


def saved(page):
    page.get_by_label("Pourquoi ce changement ?").fill("Recopié")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text(SAVED)


@pytest.mark.parametrize("name", ["word", "prefecture_page", "google_docs", "timetable"])
def test_what_is_pasted_is_read_on_the_site_with_lists_and_links(form, site, name, complaints):
    paste(form, "editorial_note", name)
    expect(form.locator(".field-editorial_note [contenteditable=true] p").first).not_to_be_empty()
    expect(form.locator(".field-editorial_note textarea")).not_to_have_value("")
    saved(form)
    text = Procedure.objects.get(slug="prefecture-de-foix").editorial_note
    assert "style=" not in text
    assert "Mso" not in text
    if name in ("word", "prefecture_page"):
        assert "<ul><li>" in text
        assert text.count("<a href=") == 1
    form.goto(f"{site}/departements/09-ariege/prefecture-de-foix/")
    words = {
        "word": "trois photos",
        "prefecture_page": "uniquement par voie postale",
        "google_docs": "sous-préfecture",
        "timetable": "mardi :",
    }
    expect(form.get_by_text(words[name]).first).to_be_visible()
    assert complaints == []


def test_a_paste_that_the_server_cannot_clean_is_not_lost(form):
    form.route("**/coller/", lambda route: route.abort())
    paste(form, "editorial_note", "word")
    area = form.locator(".field-editorial_note [contenteditable=true]")
    expect(area).to_contain_text("trois photos")
    expect(form.get_by_role("status").filter(has_text="n’a pas pu le nettoyer")).to_be_visible()


def test_a_step_shows_the_fields_of_its_kind(form):
    form.get_by_role("button", name="Ajouter une étape").click()
    row = form.locator("#steps-2")
    expect(row.get_by_label("Action")).to_be_visible()
    row.locator("select[name$=-kind]").select_option("book_online")
    expect(row.locator("[name$=-url]")).to_be_visible()
    expect(row.locator("[name$=-address]")).to_be_hidden()
    expect(
        row.locator("option", has_text="ce qui va de soi : obtient un rendez-vous")
    ).to_have_count(1)
    row.locator("select[name$=-kind]").select_option("post")
    expect(row.locator("[name$=-address]")).to_be_visible()
    expect(row.locator("[name$=-url]")).to_be_hidden()


def test_what_was_typed_stays_in_sight_when_the_kind_changes(form):
    form.get_by_role("button", name="Ajouter une étape").click()
    row = form.locator("#steps-2")
    row.locator("select[name$=-kind]").select_option("book_online")
    row.locator("[name$=-url]").fill("https://www.aude.gouv.fr/")
    row.locator("select[name$=-kind]").select_option("post")
    expect(row.locator("[name$=-url]")).to_be_visible()


def test_rows_move_up_and_down(form):
    labels = form.locator("#links-group .inline-related:not(.empty-form) [name$=-label]")
    before = labels.evaluate_all("fields => fields.map(field => field.value)")
    form.locator("#links-1").get_by_role("button", name="Monter").click()
    assert labels.evaluate_all("fields => fields.map(field => field.value)")[:2] == before[1::-1]
    saved(form)
    sheet = Procedure.objects.get(slug="prefecture-de-foix")
    assert [link.label for link in sheet.links.all()][:2] == before[1::-1]


def leave(page):
    """Try to go to the list; return the kinds of dialogs met, each refused."""
    met = []

    def stay(dialog):
        met.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_role("link", name="Fiches", exact=True).first.click()
    page.wait_for_timeout(500)
    return met


def test_leaving_a_changed_form_asks_first(form):
    form.locator("#id_title").fill("Autre")
    assert leave(form) == ["beforeunload"]
    expect(form.locator("#id_title")).to_have_value("Autre")


def test_leaving_a_form_that_was_only_read_asks_nothing(form):
    form.locator("#id_title").click()
    assert leave(form) == []


def test_one_click_says_that_nothing_has_changed(form):
    form.get_by_role("button", name="J’ai vérifié, rien n’a changé").click()
    expect(form.locator(".messagelist")).to_contain_text("C’est noté")


def test_a_sheet_is_written_and_published_with_the_keyboard_alone(desk, site):
    desk.set_default_timeout(8000)
    desk.goto(f"{site}/admin/prefectures/procedure/add/")
    desk.wait_for_selector("[contenteditable=true]")
    press, write = desk.keyboard.press, desk.keyboard.type

    def go_to(selector):
        """Press Tab until the field has the focus: it must come in the reading order."""
        for _ in range(80):
            if desk.evaluate("s => document.activeElement.matches(s)", selector):
                return
            press("Tab")
        raise AssertionError(f"Tab never came to {selector}")

    go_to(".field-departement .select2-selection")
    press("Enter")
    expect(desk.locator(".select2-search__field").last).to_be_focused()
    write("paris")
    expect(desk.locator(".select2-results__option--highlighted")).to_contain_text("Paris (75)")
    press("Enter")
    go_to("#id_title")
    write("Préfecture de police")
    go_to("[name=grounds]")
    press("Space")
    go_to("#steps-group .add-row a")
    press("Enter")
    write("prendre rendez-vous en ligne")
    go_to("#id_steps-0-url")
    write("https://www.prefecturedepolice.interieur.gouv.fr/")
    go_to("#links-group .add-row a")
    press("Enter")
    go_to("#id_links-0-url")
    write("https://www.prefecturedepolice.interieur.gouv.fr/etrangers")
    go_to("#quotations-group .add-row a")
    press("Enter")
    go_to("#quotations-0 .field-text [contenteditable=true]")
    write("Les demandes se font sur rendez-vous.")
    go_to("#id_publication")
    # The driver types what is not on an English keyboard past the list.
    write("publi")
    go_to("#id_reason")
    write("Première fiche de Paris")
    press("Tab")
    go_to("[name=_save]")
    press("Enter")
    expect(desk.locator(".messagelist")).to_contain_text(ADDED)
    desk.goto(f"{site}/departements/75-paris/")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("prenez rendez-vous en ligne")


def test_a_refused_form_says_where_its_mistakes_are_and_goes_to_the_first(form):
    form.locator("#id_slug").fill("pas bon !")
    opened(form.locator("#links-1")).locator("[name$=-url]").fill("une adresse")
    form.get_by_role("button", name="Enregistrer", exact=True).click()
    mistakes = form.locator(".mistakes a")
    expect(mistakes).to_have_count(3)
    expect(mistakes.first).to_contain_text("2. formulaire")
    expect(form.locator("#id_links-1-url")).to_be_focused()
    mistakes.filter(has_text="Pourquoi ce changement ?").click()
    expect(form.locator("#id_reason")).to_be_focused()


def test_rows_are_called_by_what_they_are(form):
    titles = form.locator("#links-group .inline-related:not(.empty-form) h3")
    expect(titles.first).to_contain_text("1. page où les modalités se lisent")
    form.get_by_role("button", name="Ajouter un contact").click()
    row = form.locator("#contacts-0 h3")
    expect(row).to_contain_text("1. nouveau contact")
    form.locator("#id_contacts-0-kind").select_option("phone")
    expect(row).to_contain_text("1. téléphone")


def test_enter_takes_what_was_typed_and_not_what_the_list_still_shows(form):
    box = form.locator(".field-departement .select2-selection")
    box.click()
    expect(form.locator(".select2-results__option").first).to_contain_text("Ain (01)")
    # However fast one types.
    form.keyboard.type("gers")
    form.keyboard.press("Enter")
    expect(box).to_have_text("Gers (32)")


def test_one_types_in_a_closed_list_at_once(form):
    box = form.locator(".field-departement .select2-selection")
    box.focus()
    form.keyboard.type("her")
    form.keyboard.press("Enter")
    expect(box).to_have_text("Hérault (34)")


def test_the_offices_of_the_departement_are_proposed_first(form):
    form.locator(".field-offices .select2-selection").click()
    expect(form.locator(".select2-results__option").first).to_have_text("Préfecture de Foix")


def test_on_a_telephone_nothing_is_wider_than_the_screen(form):
    form.set_viewport_size(PHONE)
    width = form.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]
