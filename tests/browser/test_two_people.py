"""A conflict between two browsers; an import from the file to its undoing, as people click it."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from prefectures.importexport.files import write_table
from prefectures.importexport.resources import export
from prefectures.models import Procedure, User, changeset
from prefectures.sheets.kinds import SHEETS

from ..page import SAVED
from .conftest import DESK
from .rows import unfold

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def form_of_beziers(site):
    sheet = Procedure.objects.get(slug="sous-prefecture-de-beziers")
    return f"{site}/admin/prefectures/procedure/{sheet.pk}/change/"


@pytest.fixture
def second_desk(browser, site, desk):
    """Another browser, in which Nadia is signed in."""
    with changeset("Un compte pour le test"):
        nadia = User.objects.create_superuser("nadia", first_name="Nadia", last_name="Martin")
    # A client of her own: signing in with Claire's would sign Claire out.
    client = Client()
    client.force_login(nadia)
    context = browser.new_context(locale="fr-FR", viewport=DESK)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])
    yield context.new_page()
    context.close()


def save(page, reason):
    page.locator("#id_reason").fill(reason)
    page.get_by_role("button", name="Enregistrer", exact=True).click()


def opened(page, url):
    page.set_default_timeout(8000)
    page.goto(url)
    page.wait_for_selector("[contenteditable=true]")
    return page


def test_two_people_save_the_same_sheet_and_the_second_chooses(
    desk, second_desk, form_of_beziers, complaints
):
    claire, nadia = opened(desk, form_of_beziers), opened(second_desk, form_of_beziers)
    nadia.locator("#id_headline").fill("La phrase de Nadia.")
    nadia.locator("#id_title").fill("Béziers, dit Nadia")
    unfold(nadia, "#id_situation_note")
    nadia.locator("#id_situation_note").fill("Appelé hier")
    save(nadia, "Appelé la sous-préfecture")
    expect(nadia.locator(".messagelist")).to_contain_text(SAVED)

    claire.locator("#id_headline").fill("La phrase de Claire.")
    claire.locator("#id_title").fill("Béziers, dit Claire")
    save(claire, "Lu sur le site")
    expect(claire.get_by_text("Nadia Martin")).to_be_visible()
    expect(claire.get_by_text("« Appelé la sous-préfecture »")).to_be_visible()
    headline = claire.get_by_role("group", name="Phrase d’annonce")
    headline.get_by_label("Garder le mien").check()
    claire.get_by_role("group", name="Titre").get_by_label("Prendre l’autre texte").check()
    expect(claire.get_by_text("Appelé hier")).to_be_visible()
    claire.get_by_role("button", name="Enregistrer ainsi").click()
    expect(claire.locator(".messagelist")).to_contain_text(SAVED)
    sheet = Procedure.objects.get(slug="sous-prefecture-de-beziers")
    assert sheet.headline == "La phrase de Claire."
    assert (sheet.title, sheet.situation_note) == ("Béziers, dit Nadia", "Appelé hier")
    assert [text for text in complaints if "409" not in text] == []


def test_the_two_texts_can_be_put_together_by_hand(desk, second_desk, form_of_beziers):
    claire, nadia = opened(desk, form_of_beziers), opened(second_desk, form_of_beziers)
    nadia.locator("#id_headline").fill("Par internet.")
    save(nadia, "Appelé")
    expect(nadia.locator(".messagelist")).to_contain_text(SAVED)
    claire.locator("#id_headline").fill("Sur rendez-vous.")
    save(claire, "Lu")
    claire.get_by_label("Garder le mien").check()
    claire.get_by_role("button", name="Revenir au formulaire avec ces choix").click()
    field = claire.locator("#id_headline")
    expect(field).to_have_value("Sur rendez-vous.")
    field.fill("Par internet, sur rendez-vous.")
    claire.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(claire.locator(".messagelist")).to_contain_text(SAVED)
    sheet = Procedure.objects.get(slug="sous-prefecture-de-beziers")
    assert sheet.headline == "Par internet, sur rendez-vous."


def test_an_import_is_looked_at_confirmed_and_undone(desk, site, tmp_path, complaints):
    desk.set_default_timeout(8000)
    sheets = Procedure.objects.filter(departement="34")
    text = write_table("csv", export(SHEETS, sheets)).decode("utf-8-sig")
    file = tmp_path / "herault.csv"
    file.write_text(text.replace("Sous-préfecture de Béziers", "Béziers en ligne", 1), "cp1252")

    desk.goto(f"{site}/admin/prefectures/procedure/")
    desk.get_by_role("link", name="Importer").click()
    desk.get_by_label("Le fichier").set_input_files(file)
    desk.get_by_role("button", name="Voir ce qui changera").click()
    expect(desk.get_by_text("1 ligne modifiée, 1 ligne inchangée.")).to_be_visible()
    expect(desk.locator("ins", has_text="en ligne")).to_be_visible()
    desk.get_by_role("button", name="Confirmer l’import").click()
    expect(desk.locator(".messagelist")).to_contain_text("Import enregistré : 1 ligne modifiée")
    assert sheets.filter(title="Béziers en ligne").exists()

    desk.get_by_role("button", name="Annuler cet import").click()
    expect(desk.locator(".messagelist")).to_contain_text("Import annulé")
    assert sheets.filter(title="Sous-préfecture de Béziers").exists()
    assert complaints == []
