"""What is typed stays on this device until it is saved, if one asked for it, and is given back."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from prefectures.models import Procedure, User, changeset

from ..models.making import edited
from ..page import SAVED
from .conftest import DESK, PHONE
from .rows import opened, unfold
from .rules import is_wider_than_screen, violations_in_every_light
from .test_coming_back import NOTE, write_note
from .test_session_ended import PASSWORD
from .test_sheet_form import form_of, saved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOIX = "prefecture-de-foix"
BOX = "Garder ce que j’écris sur cet ordinateur"
TEXTS = "Object.keys(localStorage).filter(key => key.includes(':texte:'))"
OURS = "Object.keys(localStorage).filter(key => key.startsWith('brouillons:'))"


@pytest.fixture
def form(desk, site):
    return form_of(FOIX, desk, site)


@pytest.fixture
def asked(form):
    """The form of Foix, in a browser that may keep what is typed."""
    form.get_by_label(BOX).check()
    return form


def texts(page):
    return page.evaluate(TEXTS)


def wait_for(page, count):
    """Wait until ``count`` texts are kept: the page lets no driver wait inside of it."""
    for _ in range(40):
        if len(texts(page)) == count:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{len(texts(page))} texts are kept, not {count}")


def kept(page):
    wait_for(page, 1)


def hide(page):
    """Let the page believe that it goes."""
    page.evaluate("dispatchEvent(new Event('pagehide'))")


def crash(page, site):
    """Lose the page, as when the browser falls; return the form as it is opened again."""
    kept(page)
    again = page.context.new_page()
    # Whatever else would keep it on the way out does not run.
    page.close(run_before_unload=False)
    again.set_viewport_size(DESK)
    return form_of(FOIX, again, site)


def offer(page):
    return page.get_by_role("region", name="Texte gardé sur cet ordinateur")


def take_up(page):
    page.get_by_role("button", name="Le reprendre").click()
    expect(offer(page).get_by_role("status")).to_contain_text("Votre texte est repris")
    expect(offer(page).get_by_role("status")).to_be_focused()


def try_to_save(page, reason="Lu ce matin"):
    page.locator("#id_reason").fill(reason)
    page.get_by_role("button", name="Enregistrer", exact=True).click()


def try_to_save_without_session(page, reason="Lu ce matin"):
    claire = User.objects.get(username="claire")
    claire.set_password(PASSWORD)
    # It ends the sessions of before.
    claire.save(update_fields=["password"])
    try_to_save(page, reason)
    expect(page.get_by_role("heading")).to_have_text("Votre session est finie")


def sign_in(page, name):
    page.get_by_label("Nom d’utilisateur").fill(name)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button").click()


def foix():
    return Procedure.objects.get(slug=FOIX)


# --- Before it is asked, and no longer --------------------------------------------------------


def test_nothing_is_kept_before_it_is_asked(form, site):
    form.clock.install()
    form.locator("#id_headline").fill("Par la poste.")
    form.clock.run_for(5000)
    hide(form)
    expect(form.get_by_label(BOX)).not_to_be_checked()
    assert form.evaluate(OURS) == []
    assert "poste" not in form.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    try_to_save(form)
    expect(form.locator(".messagelist")).to_contain_text(SAVED)
    assert form.evaluate(OURS) == []


def test_unticking_the_box_erases_every_text_at_once(asked):
    asked.locator("#id_headline").fill("Par la poste.")
    kept(asked)
    asked.get_by_label(BOX).uncheck()
    assert asked.evaluate(OURS) == []


# --- Given back -------------------------------------------------------------------------------


def test_what_was_typed_is_given_back_after_a_crash(asked, site, complaints):
    asked.locator("#id_headline").fill("Par la poste.")
    form = crash(asked, site)
    expect(form.locator("#id_headline")).not_to_have_value("Par la poste.")
    expect(offer(form)).to_contain_text("n’a pas été enregistré sur le site")
    take_up(form)
    expect(form.locator("#id_headline")).to_have_value("Par la poste.")
    saved(form)
    assert foix().headline == "Par la poste."
    assert texts(form) == []
    assert complaints == []


def test_rows_searched_choices_and_rich_texts_come_back(asked, site):
    write_note(asked, "Gardez la preuve")
    asked.get_by_role("button", name="Ajouter une étape").click()
    asked.locator("#id_steps-2-kind").select_option("telephone")
    asked.locator("#id_steps-2-phone").fill("05 61 02 10 00")
    asked.get_by_role("button", name="Ajouter une citation").click()
    quotation = asked.locator("#quotations-group .inline-related:not(.empty-form)").last
    quotation.locator("[contenteditable=true]").click()
    asked.keyboard.type("Sur rendez-vous.")
    unfold(asked, ".field-communes_included")
    asked.locator(".field-communes_included .select2-selection").click()
    asked.keyboard.type("Pamiers")
    asked.keyboard.press("Enter")
    expect(asked.locator(".field-communes_included .select2-selection")).to_contain_text("Pamiers")
    hide(asked)
    form = crash(asked, site)
    take_up(form)
    expect(form.locator(NOTE)).to_have_text("Gardez la preuve")
    expect(opened(form.locator("#steps-2")).locator("[name$=-phone]")).to_have_value(
        "05 61 02 10 00"
    )
    quotation = form.locator("#quotations-group .inline-related:not(.empty-form)").last
    expect(quotation.locator("[contenteditable=true]")).to_have_text("Sur rendez-vous.")
    expect(form.locator(".field-communes_included .select2-selection")).to_contain_text("Pamiers")


def test_a_new_sheet_is_given_back_at_the_form_of_new_ones(desk, site):
    desk.goto(f"{site}/admin/prefectures/procedure/add/")
    desk.get_by_label(BOX).check()
    desk.locator("#id_title").fill("Préfecture de police")
    kept(desk)
    desk.once("dialog", lambda dialog: dialog.accept())
    desk.goto(f"{site}/admin/prefectures/procedure/add/")
    expect(offer(desk)).to_contain_text("Préfecture de police")
    take_up(desk)
    expect(desk.locator("#id_title")).to_have_value("Préfecture de police")


def test_a_text_that_is_no_longer_wanted_is_erased(asked, site):
    asked.locator("#id_headline").fill("Par la poste.")
    form = crash(asked, site)
    form.get_by_role("button", name="L’effacer").click()
    expect(offer(form).get_by_role("status")).to_have_text("Ce texte est effacé.")
    assert texts(form) == []


def test_what_is_on_the_site_already_is_not_offered(asked, site):
    asked.locator("#id_headline").fill("Par la poste.")
    kept(asked)
    edited(foix(), headline="Par la poste.")
    form = crash(asked, site)
    wait_for(form, 0)
    expect(offer(form)).to_have_count(0)


def test_a_row_that_was_deleted_meanwhile_comes_back_with_what_was_written(asked, site):
    opened(asked.locator("#links-0")).locator("[name$=-label]").fill("La page relue")
    opened(asked.locator("#links-1")).locator("[name$=-label]").fill("Le formulaire relu")
    kept(asked)
    with changeset("Un lien de trop"):
        foix().links.last().delete()
    form = crash(asked, site)
    expect(offer(form)).to_contain_text("version plus récente")
    form.get_by_role("button", name="Le reprendre").click()
    expect(offer(form)).to_contain_text("avait été supprimé depuis")
    labels = form.locator("#links-group .inline-related:not(.empty-form) [name$=-label]")
    values = labels.evaluate_all("fields => fields.map(field => field.value)")
    assert values == ["La page relue", "Le formulaire relu"]


# --- Saved, or not ----------------------------------------------------------------------------


def test_a_refusal_forgets_nothing_and_goes_on_with_the_same_text(asked):
    asked.locator("#id_headline").fill("Par la poste.")
    asked.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(asked.locator(".errornote")).to_be_visible()
    expect(offer(asked)).to_have_count(0)
    assert len(texts(asked)) == 1
    saved(asked)
    assert texts(asked) == []


def test_a_lost_connection_loses_nothing(asked, site):
    asked.locator("#id_headline").fill("Par la poste.")
    asked.route("**/change/", lambda route: route.abort("internetdisconnected"))
    try_to_save(asked)
    asked.wait_for_url("chrome-error://**")
    asked.unroute("**/change/")
    form = form_of(FOIX, asked, site)
    expect(offer(form)).to_contain_text("n’est peut-être pas enregistré")
    take_up(form)
    expect(form.locator("#id_headline")).to_have_value("Par la poste.")


def test_a_session_that_ended_loses_nothing_and_what_is_saved_then_is_forgotten(asked, site):
    asked.locator("#id_headline").fill("Par la poste.")
    try_to_save_without_session(asked)
    assert len(texts(asked)) == 1
    sign_in(asked, "claire")
    expect(asked.locator(".messagelist")).to_contain_text(SAVED)
    assert texts(asked) == []


def test_what_somebody_saved_meanwhile_is_compared_then_saved_and_forgotten(asked, site):
    asked.locator("#id_headline").fill("La phrase de Claire.")
    kept(asked)
    edited(foix(), headline="La phrase de Nadia.", situation_note="Appelé hier")
    form = crash(asked, site)
    take_up(form)
    try_to_save(form)
    form.get_by_role("group", name="Phrase d’annonce").get_by_label("Garder le mien").check()
    assert len(texts(form)) == 1
    form.get_by_role("button", name="Enregistrer ainsi").click()
    expect(form.locator(".messagelist")).to_contain_text(SAVED)
    assert (foix().headline, foix().situation_note) == ("La phrase de Claire.", "Appelé hier")
    assert texts(form) == []


# --- Whose ------------------------------------------------------------------------------------


def test_signing_out_erases_what_was_kept_and_other_windows_keep_nothing_more(asked, site):
    asked.locator("#id_headline").fill("Par la poste.")
    kept(asked)
    other = asked.context.new_page()
    other.goto(f"{site}/admin/")
    other.get_by_role("button", name="Se déconnecter").click()
    other.wait_for_url("**/logout/")
    assert texts(other) == []
    # The other window has heard of it.
    expect(asked.get_by_label(BOX)).not_to_be_checked()
    asked.locator("#id_headline").fill("Par la poste, puis au guichet.")
    hide(asked)
    assert texts(asked) == []


def test_what_a_window_kept_before_it_heard_of_signing_out_goes_as_it_hears(asked, site):
    asked.locator("#id_headline").fill("Par la poste.")
    kept(asked)
    (key,) = texts(asked)
    text = asked.evaluate("key => localStorage.getItem(key)", key)
    other = asked.context.new_page()
    other.goto(f"{site}/admin/")
    other.get_by_role("button", name="Se déconnecter").click()
    other.wait_for_url("**/logout/")
    expect(asked.get_by_label(BOX)).not_to_be_checked()
    asked.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, text])
    assert texts(asked) == [key]
    asked.evaluate("dispatchEvent(new StorageEvent('storage'))")
    assert texts(asked) == []


def test_another_person_is_not_offered_it(asked, site):
    asked.locator("#id_headline").fill("Par la poste.")
    kept(asked)
    with changeset("Un compte pour le test"):
        nadia = User.objects.create_superuser("nadia")
    client = Client()
    client.force_login(nadia)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    asked.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])
    form = crash(asked, site)
    expect(form.get_by_label(BOX)).not_to_be_checked()
    expect(offer(form)).to_have_count(0)
    form.get_by_label(BOX).check()
    form.reload()
    expect(form.get_by_label(BOX)).to_be_checked()
    expect(offer(form)).to_have_count(0)


def test_who_signs_in_on_the_way_in_place_of_another_takes_the_text_over(asked):
    asked.locator("#id_headline").fill("Par la poste.")
    with changeset("Un compte pour le test"):
        User.objects.create_superuser("nadia", password=PASSWORD)
    try_to_save_without_session(asked, reason="")
    sign_in(asked, "nadia")
    expect(asked.locator(".errornote")).to_be_visible()
    expect(asked.locator("#id_headline")).to_have_value("Par la poste.")
    assert texts(asked) == []


# --- A browser that cannot, and the screen ----------------------------------------------------


@pytest.mark.parametrize(
    "broken",
    [
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }",
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error() } })",
    ],
    ids=["full", "refused"],
)
def test_a_browser_that_cannot_keep_says_so_and_the_form_works(desk, site, broken):
    desk.add_init_script(broken)
    form = form_of(FOIX, desk, site)
    form.get_by_label(BOX).click()
    expect(form.get_by_text("Ce navigateur ne peut pas garder votre texte.")).to_be_visible()
    expect(form.get_by_label(BOX)).not_to_be_checked()
    form.locator("#id_headline").fill("Par la poste.")
    saved(form)
    assert foix().headline == "Par la poste."


@pytest.mark.looks
def test_axe_finds_nothing_and_the_page_fits(asked, site):
    asked.locator("#id_headline").fill("Par la poste.")
    form = crash(asked, site)
    expect(offer(form)).to_be_visible()
    assert violations_in_every_light(form, DESK, PHONE) == {}
    assert not is_wider_than_screen(form)
    for button in offer(form).get_by_role("button").all():
        assert button.bounding_box()["height"] >= 44
    assert form.get_by_text(BOX).bounding_box()["height"] >= 44
