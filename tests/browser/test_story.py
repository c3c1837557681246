"""The story of issue one: read Carcassonne on a phone, correct Béziers at the desk."""

import pytest
from playwright.sync_api import expect

from ..page import ADDED, SAVED
from .conftest import PHONE
from .rows import opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def choose_beziers(desk):
    sheets = desk.locator("#result_list")
    sheets.get_by_role("link", name="Sous-préfecture de Béziers", exact=True).click()


def test_somebody_finds_on_a_phone_how_to_file_in_carcassonne(page, site, complaints):
    page.set_viewport_size(PHONE)
    page.goto(site)
    page.get_by_label("Votre ville, votre code postal ou votre département").fill("carcassonne")
    page.get_by_role("button", name="Chercher").click()
    page.wait_for_url("**/communes/11069-carcassonne/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        "envoyez votre dossier par la poste"
    )
    expect(page.locator(".envelope")).to_have_text(
        "Préfecture de l'AudeBureau de l'immigration et la nationalité"
        "Admission exceptionnelle au séjour52 rue Jean Bringer11000 Carcassonne"
    )
    expect(page.get_by_text("Information de février 2023")).to_be_visible()
    assert page.context.cookies() == []
    assert complaints == []


def test_the_address_of_an_envelope_is_selected_with_one_touch(page, site):
    page.goto(f"{site}/departements/11-aude/")
    page.locator(".envelope").click()
    selected = page.evaluate("getSelection().toString()")
    assert selected.splitlines() == [
        "Préfecture de l'Aude",
        "Bureau de l'immigration et la nationalité",
        "Admission exceptionnelle au séjour",
        "52 rue Jean Bringer",
        "11000 Carcassonne",
    ]


def test_an_editor_corrects_beziers_and_the_page_and_the_history_show_it(desk, site, complaints):
    desk.goto(f"{site}/admin/")
    desk.get_by_role("link", name="Fiches", exact=True).first.click()
    choose_beziers(desk)
    desk.get_by_label("Phrase d’annonce").fill("Prenez d’abord rendez-vous en ligne.")
    step = opened(desk.locator("#steps-0"))
    step.locator("[name$=-instructions]").fill("Choisissez « première demande ».")
    desk.get_by_label("Pourquoi ce changement ?").fill("Lu ce matin sur le site")
    desk.get_by_label("Ce qu’on en dit au public").fill("Le formulaire a changé")
    desk.get_by_role("button", name="Enregistrer et continuer").click()
    expect(desk.locator(".messagelist")).to_contain_text(SAVED)

    desk.get_by_role("link", name="Voir sur le site").click()
    expect(desk.get_by_text("Prenez d’abord rendez-vous en ligne.")).to_be_visible()
    expect(desk.get_by_text("Choisissez « première demande ».")).to_be_visible()
    desk.goto(site)
    expect(desk.get_by_text("Le formulaire a changé")).to_be_visible()

    desk.goto(f"{site}/admin/prefectures/procedure/")
    choose_beziers(desk)
    desk.get_by_role("link", name="Historique").click()
    newest = desk.locator(".timeline section").first
    expect(newest).to_contain_text("Claire Dubois")
    expect(newest).to_contain_text("Lu ce matin sur le site")
    expect(newest).to_contain_text("Prenez d’abord rendez-vous en ligne.")
    assert complaints == []


def test_a_preview_opens_beside_a_form_that_keeps_what_was_typed(desk, site):
    desk.goto(f"{site}/admin/prefectures/procedure/")
    choose_beziers(desk)
    desk.get_by_label("Phrase d’annonce").fill("Une phrase en cours.")
    with desk.context.expect_page() as opened:
        desk.get_by_role("button", name="Aperçu avant d’enregistrer").click()
    preview = opened.value
    expect(preview.get_by_text("Une phrase en cours.")).to_be_visible()
    expect(preview.get_by_text("Rien n’est enregistré")).to_be_visible()
    expect(desk.get_by_label("Phrase d’annonce")).to_have_value("Une phrase en cours.")
    preview.goto(f"{site}/departements/34-herault/sous-prefecture-de-beziers/")
    expect(preview.get_by_text("Une phrase en cours.")).to_have_count(0)


def test_rich_text_is_written_with_the_keyboard(desk, site, complaints):
    desk.goto(f"{site}/admin/prefectures/procedure/")
    choose_beziers(desk)
    # Until the editor is there, a plain textarea bears that name.
    area = desk.locator("[contenteditable=true]")
    note = area.and_(desk.get_by_role("textbox", name="Note du Gisti"))
    note.click()
    desk.keyboard.type("Gardez ")
    desk.keyboard.press("Control+b")
    desk.keyboard.type("la confirmation")
    desk.get_by_label("Pourquoi ce changement ?").fill("Conseil utile")
    desk.get_by_role("button", name="Enregistrer", exact=True).click()
    desk.goto(f"{site}/departements/34-herault/sous-prefecture-de-beziers/")
    expect(desk.locator("strong", has_text="la confirmation")).to_be_visible()
    assert complaints == []


def test_a_new_sheet_is_written_and_published(desk, site):
    desk.goto(f"{site}/admin/prefectures/procedure/add/")
    desk.locator(".field-departement .select2-selection").click()
    desk.locator(".select2-search__field").last.fill("75")
    desk.locator(".select2-results__option", has_text="Paris (75)").click()
    desk.get_by_label("Titre").fill("Préfecture de police")
    desk.get_by_label("Tous motifs").check()
    desk.get_by_text("Ajouter une étape").click()
    desk.locator("#id_steps-0-kind").select_option("prendre rendez-vous en ligne")
    desk.locator("#id_steps-0-url").fill("https://www.prefecturedepolice.interieur.gouv.fr/")
    desk.locator("#id_publication").select_option("publiée")
    desk.get_by_label("Pourquoi ce changement ?").fill("Première fiche de Paris")
    desk.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(desk.locator(".messagelist")).to_contain_text(ADDED)
    desk.goto(f"{site}/departements/75-paris/")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("prenez rendez-vous en ligne")
