"""A copy of a page that is read without network: for who asks, dated, and gone when they say so."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from prefectures.models import Procedure, changeset
from prefectures.models.content_version import GOOD_FOR

from .rules import is_wider_than_screen, violations_in_every_light

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]

CAHORS = "/departements/46-lot/prefecture-de-cahors/"
HERAULT = "/departements/34-herault/"
LODEVE = "/communes/34142-lodeve/"
KEEP = "Garder cette page sur ce téléphone"
ERASE = "Effacer cette copie"
# All that a browser holds of the site: caches, workers, and the stores that are not used.
HELD = """async () => ({
  caches: (await caches.keys()).map((name) => new URL(name).pathname),
  workers: (await navigator.serviceWorker.getRegistrations()).map(
    (worker) => new URL(worker.scope).pathname),
  others: localStorage.length + sessionStorage.length + (await indexedDB.databases()).length,
})"""
COPY = "async () => (await caches.match(location.href)).text()"
NOTHING = {"caches": [], "workers": [], "others": 0}


class Front:
    """Stands before the site, as a network that may fail: ``mood`` is how it answers."""

    def __init__(self, site):
        front = self
        self.mood = "well"

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                front._answer(self, site)

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def _answer(self, handler, site):
        if self.mood == "silent":
            time.sleep(30)
        status = {"failing": 503, "gone": 410}.get(self.mood)
        if status:
            handler.send_response(status)
            handler.send_header("Content-Type", "text/html; charset=utf-8")
            handler.end_headers()
            handler.wfile.write(f"<h1>{self.mood}</h1>".encode())
            return
        try:
            answer = urlopen(Request(site + handler.path))
        except HTTPError as error:
            answer = error
        body = answer.read()
        handler.send_response(answer.status)
        for name, value in answer.headers.items():
            if name.lower() not in ("transfer-encoding", "connection", "server", "date"):
                handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)


@pytest.fixture
def front(site):
    front = Front(site)
    yield front
    front.server.shutdown()
    front.server.server_close()


@pytest.fixture
def offline(page):
    """Return a function that takes the network away, or gives it back."""
    return lambda is_offline=True: page.context.set_offline(is_offline)


def held(page):
    return page.evaluate(HELD)


def keep(page, address, name=KEEP):
    page.goto(address)
    page.get_by_role("button", name=name).click()
    page.get_by_text("Copie gardée le").wait_for()


def add_news():
    with changeset("Du nouveau"):
        sheet = Procedure.objects.get(slug="prefecture-de-cahors")
        sheet.warning = "<p>Ce qui est nouveau</p>"
        sheet.save()
    # What the server knows of the content is good for so long.
    time.sleep(GOOD_FOR)


def today(page, language="fr"):
    return page.evaluate(
        "language => new Date().toLocaleDateString(language, "
        '{day: "numeric", month: "long", year: "numeric", numberingSystem: "latn"})',
        language,
    )


# --- Asked for --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [CAHORS, HERAULT, LODEVE, "/communes/69123-lyon/"])
def test_a_page_that_was_kept_is_read_without_network(page, site, offline, complaints, path):
    keep(page, site + path)
    assert complaints == []
    title = page.locator("h1").inner_text()
    offline()
    page.goto(site + path)
    assert page.locator("h1").inner_text() == title
    assert f"Copie du {today(page)}." in page.locator("main > :first-child").inner_text()
    # Its style too: nothing of it is asked for.
    assert page.evaluate("getComputedStyle(document.querySelector('.paper')).display") == "none"


def test_nothing_is_held_before_somebody_asks(page, site):
    page.goto(site + CAHORS)
    page.get_by_role("button", name=KEEP).wait_for()
    page.wait_for_load_state("networkidle")
    assert held(page) == NOTHING


def test_a_page_that_was_not_kept_is_not_read_without_network(page, site, offline):
    keep(page, site + HERAULT)
    offline()
    for path in (f"{HERAULT}prefecture-de-montpellier-et-sous-prefecture-de-lodeve/", LODEVE):
        with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
            page.goto(site + path)


def test_the_button_says_that_a_trace_is_left(page, site):
    page.goto(site + CAHORS)
    button = page.get_by_role("button", name=KEEP)
    told = page.locator(f"#{button.get_attribute('aria-describedby')}").inner_text()
    assert "Elle laisse une trace" in told
    assert "qui ouvre ce téléphone peut la voir" in " ".join(told.split())


def test_a_copy_is_found_whatever_follows_its_address(page, site, offline):
    keep(page, site + HERAULT)
    offline()
    for rest in ("?de=un-message", "#fiche-sous-prefecture-de-beziers"):
        page.goto("about:blank")
        page.goto(site + HERAULT + rest)
        assert page.get_by_text("Copie du").is_visible()


def test_the_scripts_of_a_copy_run(page, site, offline):
    keep(page, site + CAHORS)
    offline()
    page.goto(site + CAHORS)
    assert page.get_by_role("button", name="Imprimer").is_visible()
    assert page.locator("#q").get_attribute("role") == "combobox"


def test_a_copy_is_read_where_scripts_are_not(page, site):
    keep(page, site + CAHORS)
    kept = page.evaluate(COPY)
    assert f'<span class="day">{today(page)}</span>' in kept.partition("<h1")[0]


def test_a_page_in_another_language_is_kept_alike(page, site, offline):
    page.goto(f"{site}/ar{CAHORS}")
    page.locator(".keep").click()
    page.locator("[data-said=kept]").wait_for()
    offline()
    page.goto(f"{site}/ar{CAHORS}")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator(".copied .day").inner_text() == today(page, "ar")
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(site + CAHORS)


@pytest.mark.parametrize("width", [320, 1280])
def test_all_that_is_said_of_a_copy_keeps_to_the_rules(page, site, offline, width):
    size = {"width": width, "height": 800}
    keep(page, site + CAHORS)
    assert violations_in_every_light(page, size) == {}
    offline()
    page.reload()
    assert violations_in_every_light(page, size) == {}
    assert not is_wider_than_screen(page)
    page.get_by_role("button", name=ERASE).click()
    page.get_by_text("La copie est effacée").wait_for()
    assert violations_in_every_light(page, size) == {}


def test_keeping_and_erasing_are_done_by_keyboard(page, site):
    page.goto(site + CAHORS)
    page.get_by_role("button", name=KEEP).press("Enter")
    page.get_by_text("Copie gardée le").wait_for()
    assert page.evaluate("document.activeElement.innerText") == "Refaire la copie"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("La copie est effacée").wait_for()
    assert held(page) == NOTHING


# --- With a network ---------------------------------------------------------------------------


def test_with_a_network_the_page_of_today_is_shown_and_the_copy_told(page, site):
    keep(page, site + CAHORS)
    add_news()
    page.reload()
    assert page.get_by_text("Ce qui est nouveau").is_visible()
    assert not page.get_by_text("Copie du").is_visible()
    assert page.get_by_text(f"Copie gardée le {today(page)}").is_visible()


def test_a_copy_that_is_made_again_is_that_of_today(page, site, offline):
    keep(page, site + CAHORS)
    add_news()
    keep(page, site + CAHORS, "Refaire la copie")
    while "Ce qui est nouveau" not in page.evaluate(COPY):
        time.sleep(0.1)
    offline()
    page.reload()
    assert page.get_by_text("Ce qui est nouveau").is_visible()
    assert page.locator(".copied").count() == 1


@pytest.mark.parametrize("mood", ["failing", "silent"])
def test_the_copy_is_shown_where_the_site_fails_or_is_silent(page, front, mood):
    keep(page, front.address + CAHORS)
    front.mood = mood
    began = time.monotonic()
    page.goto(front.address + CAHORS, wait_until="commit")
    page.get_by_text("Copie du").wait_for()
    assert time.monotonic() - began < 12


def test_the_copy_of_a_page_that_was_withdrawn_goes_with_it(page, front):
    keep(page, front.address + CAHORS)
    front.mood = "gone"
    page.goto(front.address + CAHORS)
    assert page.locator("h1").inner_text() == "gone"
    front.mood = "well"
    page.goto(f"{front.address}/a-propos/")
    assert held(page) == NOTHING


def test_the_admin_is_out_of_reach_of_what_shows_copies(page, site):
    keep(page, site + HERAULT)
    page.goto(f"{site}/admin/login/")
    assert page.evaluate("navigator.serviceWorker.controller") is None
    assert held(page)["workers"] == [HERAULT]


# --- Erased -----------------------------------------------------------------------------------


def test_erasing_leaves_nothing(page, site):
    keep(page, site + CAHORS)
    assert held(page) == {"caches": [CAHORS], "workers": [CAHORS], "others": 0}
    page.get_by_role("button", name=ERASE).click()
    page.get_by_text("La copie est effacée").wait_for()
    assert held(page) == NOTHING
    assert page.context.cookies() == []
    assert not page.get_by_role("button", name=ERASE).is_visible()
    assert page.evaluate("document.activeElement.innerText") == KEEP


def test_a_copy_is_erased_without_network_too(page, site, offline):
    keep(page, site + CAHORS)
    offline()
    page.reload()
    page.get_by_role("button", name=ERASE).click()
    page.get_by_text("La copie est effacée").wait_for()
    assert held(page) == NOTHING
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.reload()


def test_erasing_one_copy_leaves_the_others(page, site, offline):
    keep(page, site + HERAULT)
    below = f"{HERAULT}sous-prefecture-de-beziers/"
    keep(page, site + below)
    page.get_by_role("button", name=ERASE).click()
    page.get_by_text("La copie est effacée").wait_for()
    assert held(page) == {"caches": [HERAULT], "workers": [HERAULT], "others": 0}
    offline()
    page.goto(site + HERAULT)
    assert page.get_by_text("Copie du").is_visible()


# --- In vain ----------------------------------------------------------------------------------


def test_without_network_keeping_is_refused_in_a_sentence(page, site, offline):
    page.goto(site + CAHORS)
    offline()
    page.get_by_role("button", name=KEEP).click()
    page.get_by_text("le site n’a pas répondu").wait_for()
    assert held(page) == NOTHING


def test_making_a_copy_again_without_network_leaves_that_of_before(page, site, offline):
    keep(page, site + CAHORS)
    offline()
    page.reload()
    page.get_by_role("button", name="Refaire la copie").click()
    page.get_by_text("le site n’a pas répondu").wait_for()
    page.reload()
    assert page.get_by_text("Copie du").is_visible()


@pytest.mark.parametrize(
    "refusal",
    [
        "caches.open = () => Promise.reject(new DOMException('', 'SecurityError'))",
        "Cache.prototype.put = () => Promise.reject(new DOMException('', 'QuotaExceededError'))",
        "ServiceWorkerContainer.prototype.register = () => Promise.reject(new Error())",
    ],
    ids=["no store", "no room", "no worker"],
)
def test_a_browser_that_refuses_says_so_and_holds_nothing(page, site, refusal):
    page.goto(site + CAHORS)
    page.evaluate(f"() => {{ {refusal} }}")
    page.get_by_role("button", name=KEEP).click()
    page.get_by_text("votre navigateur la refuse").wait_for()
    assert held(page) == NOTHING


def test_where_a_browser_cannot_keep_it_is_not_offered(page, site):
    page.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'serviceWorker', {value: undefined})"
    )
    page.goto(site + CAHORS)
    page.get_by_role("button", name="Imprimer").wait_for()
    assert not page.get_by_role("button", name=KEEP).is_visible()
