"""Pasting in a real browser: what happens between the clipboard and what is saved."""

import pytest
from playwright.sync_api import expect

from prefectures.models import Procedure

from .rows import opened
from .test_sheet_form import PASTE, saved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CARET_STANDS_BEHIND = """([area, count]) =>
  document.querySelector(area).editor.state.selection.from === count + 1"""
AREA = ".field-editorial_note [contenteditable=true]"

# As in Firefox: the keyboard's event carries the clipboard, those that scripts make are empty.
PASTE_LIKE_FIREFOX = """([selector, html]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  const pasted = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  const real = ClipboardEvent;
  window.ClipboardEvent = function (kind, options) {
    return new real(kind, { ...options, clipboardData: new DataTransfer() });
  };
  document.querySelector(selector).dispatchEvent(pasted);
}"""
PASTE_PLAIN = """([selector, text]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  document.querySelector(selector).dispatchEvent(
    new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true })
  );
}"""


def foix():
    return Procedure.objects.get(slug="prefecture-de-foix")


@pytest.fixture
def form(desk, site):
    """The form of Foix, with the cursor in its editorial note."""
    desk.set_default_timeout(8000)
    desk.goto(f"{site}/admin/prefectures/procedure/{foix().pk}/change/")
    desk.locator(AREA).click()
    return desk


def paste(page, html):
    page.evaluate(PASTE, [AREA, html])


def slowly(route):
    route.request.frame.page.wait_for_timeout(600)
    route.continue_()


def test_an_incomplete_link_is_completed_from_the_sheet_s_source(form):
    source = form.locator("#links-group [name$=-kind]").evaluate_all(
        "kinds => kinds.find(kind => kind.value === 'source').name"
    )
    address = "https://www.ariege.gouv.fr/Demarches/Sejour"
    opened(form.locator(f".inline-related:has([name={source}])"))
    form.locator(f"[name={source.replace('kind', 'url')}]").fill(address)
    paste(form, '<div>Lire <a href="/contenu/liste.pdf">la liste</a></div>')
    expect(form.locator(f"{AREA} a")).to_have_attribute(
        "href", "https://www.ariege.gouv.fr/contenu/liste.pdf"
    )


def test_a_second_paste_comes_after_the_first_even_when_that_one_is_slow(form):
    form.route("**/coller/", slowly, times=1)
    paste(form, "<div>un </div>")
    paste(form, "<div>deux</div>")
    expect(form.locator(AREA)).to_contain_text("undeux")


def test_what_is_still_on_its_way_is_saved_all_the_same(form):
    form.route("**/coller/", slowly)
    paste(form, "<div>Collé juste avant</div>")
    saved(form)
    assert foix().editorial_note == "<p>Collé juste avant</p>"


def test_undo_takes_the_whole_paste_back(form):
    paste(form, "<div>un</div><ul><li>deux</li></ul>")
    expect(form.locator(AREA)).to_contain_text("deux")
    form.keyboard.press("Control+z")
    expect(form.locator(AREA)).to_have_text("")


def test_a_few_words_are_pasted_into_the_sentence(form):
    form.keyboard.type("Le dossier part.")
    for _ in range(5):
        form.keyboard.press("ArrowLeft")
    # The editor learns a moment later where the browser has put the caret.
    before = len("Le dossier ")
    form.wait_for_function(CARET_STANDS_BEHIND, arg=[AREA, before])
    paste(form, '<span style="font-weight: 700">complet</span>')
    expect(form.locator(f"{AREA} p")).to_have_text("Le dossier completpart.")
    expect(form.locator(f"{AREA} strong")).to_have_text("complet")


def test_plain_text_does_without_the_server(form):
    asked = []
    form.route("**/coller/", lambda route: asked.append(route) or route.abort())
    form.evaluate(PASTE_PLAIN, [AREA, "1 < 2"])
    expect(form.locator(AREA)).to_have_text("1 < 2")
    assert asked == []


def test_a_browser_whose_scripts_make_empty_paste_events_pastes_too(form):
    form.evaluate(PASTE_LIKE_FIREFOX, [AREA, "<ul><li>une pièce</li></ul>"])
    expect(form.locator(f"{AREA} li")).to_have_text("une pièce")


def test_a_page_heavy_with_pictures_is_cleaned_like_another(form, complaints):
    picture = f'<img src="data:image/png;base64,{"A" * 3_000_000}">'
    paste(form, f"<table><tr style='color:red'><td>lundi{picture}</td><td>9 h</td></tr></table>")
    expect(form.locator(AREA)).to_have_text("lundi : 9 h")
    assert complaints == []


def test_a_failure_is_said_beside_the_text(form):
    form.route("**/coller/", lambda route: route.fulfill(status=500, body="x"))
    paste(form, "<div>un</div>")
    said = form.locator(".field-editorial_note [role=status]")
    expect(said).to_contain_text("relisez listes, tableaux et liens")
    form.unroute("**/coller/")
    paste(form, "<div>deux</div>")
    expect(said).to_have_text("")
