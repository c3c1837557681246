"""The admin's own screens: axe finds nothing, light and dark, on a desk and on a phone."""

import pytest
from django.utils.timezone import localdate

from prefectures.importexport.files import write_table
from prefectures.importexport.resources import export
from prefectures.models import Procedure, Step, Verdict, WatchedAddress, changeset
from prefectures.monitoring import given
from prefectures.sheets.kinds import SHEETS

from ..models.making import edited
from ..monitoring.watching import page_changed
from .conftest import DESK, PHONE
from .editor import SHEETS as SHEETS_TYPED
from .rules import is_wider_than_screen, violations_in_every_light

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]


def beziers():
    return Procedure.objects.get(slug="sous-prefecture-de-beziers")


def desk_page(page, admin):
    page.goto(admin)
    for summary in page.locator("summary").all():
        summary.click()


def sheet_list(page, admin):
    page.goto(f"{admin}prefectures/procedure/")


def sheet_form(page, admin):
    page.goto(f"{admin}prefectures/procedure/{beziers().pk}/change/")
    page.wait_for_selector("[contenteditable=true]")
    page.get_by_role("button", name="Ajouter une étape").click()


def report(page, admin):
    page.goto(f"{admin}prefectures/procedure/contradictions/")


def asking_why(page, admin):
    report(page, admin)
    page.get_by_role("link", name="C’est voulu…").first.click()
    page.get_by_label("Pourquoi est-ce voulu").wait_for()


def report_with_one_that_is_meant(page, admin):
    asking_why(page, admin)
    page.get_by_label("Pourquoi est-ce voulu").fill("Deux bureaux")
    page.get_by_role("button", name="C’est voulu").click()
    page.get_by_role("heading", name="Voulues").wait_for()


def copying(page, admin):
    page.goto(f"{admin}prefectures/procedure/{beziers().pk}/dupliquer/")


def pasting(page, admin):
    page.goto(f"{admin}prefectures/procedure/partir-d-une-page/")


def reviewing(page, admin):
    pasting(page, admin)
    page.locator("#id_address").fill(SHEETS_TYPED["Créteil"].address)
    page.locator("#id_text").fill("Envoyez votre dossier par la poste à aes@val-de-marne.gouv.fr")
    page.get_by_role("button", name="Lire la page").click()
    page.locator(".proposal summary").first.click()


def comparing(page, admin):
    page.goto(f"{admin}prefectures/procedure/{beziers().pk}/page-de-la-prefecture/")
    page.locator("#id_text").fill("Envoyez votre dossier à aes@herault.gouv.fr")
    page.get_by_role("button", name="Lire la page").click()
    page.get_by_role("heading", name="N’est plus sur la page").wait_for()


def new_form_by_a_pattern(page, admin):
    page.goto(f"{admin}prefectures/procedure/add/")
    page.get_by_role("link", name="un rendez-vous en ligne").click()
    page.wait_for_selector("[contenteditable=true]")


def another_sheet(page, admin):
    page.goto(f"{admin}prefectures/procedure/partir-d-une-fiche/")


def exporting(page, admin):
    page.goto(f"{admin}prefectures/procedure/exporter/")


def importing(page, admin):
    page.goto(f"{admin}prefectures/procedure/importer/")


def send(page, admin, tmp_path, text):
    file = tmp_path / "maj.csv"
    file.write_text(text, "utf-8")
    importing(page, admin)
    page.get_by_label("Le fichier").set_input_files(file)
    page.get_by_role("button", name="Voir ce qui changera").click()


def refused_rows(page, admin, tmp_path):
    send(page, admin, tmp_path, "fiche;titre\n34/x;\n")
    page.get_by_role("heading", name="Lignes refusées").wait_for()


def conflicting_rows(page, admin, tmp_path):
    chosen = Procedure.objects.filter(pk=beziers().pk)
    text = write_table("csv", export(SHEETS, chosen)).decode("utf-8-sig")
    edited(beziers(), title="Un autre titre")
    text = text.replace("Sous-préfecture de Béziers", "Mon titre", 1)
    send(page, admin, tmp_path, text.replace("ouverte", "suspendue"))
    page.get_by_role("heading", name="Cases en conflit").wait_for()


def many_rows_some_there_already(page, admin, tmp_path):
    rows = "".join(f"{beziers().key};;autre;{number}\n" for number in range(60))
    with changeset("Pour le test"):
        Step.objects.create(procedure=beziers(), kind="other", instructions="1")
    send(page, admin, tmp_path, f"fiche;numéro;action;consignes\n{rows}")
    page.get_by_label("Les ajouter quand même").wait_for()


def conflict(page, admin):
    sheet_form(page, admin)
    edited(beziers(), title="Un autre titre", warning="<p>Attention</p>")
    page.locator("#id_title").fill("Mon titre")
    page.locator("#id_reason").fill("Vu")
    page.locator("#steps-1 a.inline-deletelink").click()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_role("heading", name="À vous de choisir").wait_for()


def versions_of_a_sheet():
    """Change a sheet twice: a text, a row, an office; delete another one."""
    sheet = beziers()
    edited(sheet, warning="<p>Envoyez tout par la poste.</p><p>Attendez.</p>", headline="Un.")
    edited(sheet, warning="<p>Envoyez tout par courriel.</p><p>Attendez.</p>", headline="Deux.")
    with changeset("Pour le test"):
        sheet.offices.clear()
        sheet.links.first().delete()
        Procedure.objects.get(slug="prefecture-de-nimes").delete()
    return sheet


def at_versions(page, admin, rest):
    page.goto(f"{admin}prefectures/procedure/{versions_of_a_sheet().pk}/{rest}")


def history(page, admin):
    at_versions(page, admin, "history/")


def one_version(page, admin):
    at_versions(page, admin, "versions/1/")


def two_versions(page, admin):
    at_versions(page, admin, "versions/1/4/")


def no_such_version(page, admin):
    at_versions(page, admin, "versions/99/")


def going_back(page, admin):
    at_versions(page, admin, "versions/1/revenir/")


def going_back_in_vain(page, admin):
    going_back(page, admin)
    for box in page.locator("input[name=take]").all():
        box.uncheck()
    page.get_by_label("Pourquoi revenir").fill("Vu")
    page.get_by_role("button", name="Revenir à la version 1").click()
    page.get_by_text("ne change rien").wait_for()


def deleted_sheets(page, admin):
    versions_of_a_sheet()
    page.goto(f"{admin}prefectures/procedure/supprimees/")


def several_at_once(page, admin):
    sheet_list(page, admin)
    page.locator(".action-select").first.check()
    page.locator("select[name=action]").select_option("archive")
    # Django words it, and words it otherwise from one version to the next.
    page.locator(".actions button[name=index]").click()
    page.get_by_role("button", name="Archiver").wait_for()


def journal(page, admin):
    page.goto(f"{admin}journal/")
    for summary in page.locator("summary").all():
        summary.click()


def journal_with_a_filter_that_is_wrong(page, admin):
    page.goto(f"{admin}journal/?du=x&cle=34/x")
    page.get_by_text("Cette date n’existe pas").wait_for()


def changeset_with_its_values(page, admin):
    edited(beziers(), title="Un autre titre")
    page.goto(f"{admin}journal/")
    page.get_by_role("link", name="Pour le test").first.click()
    page.get_by_role("heading", name="Ce qui a changé").wait_for()


def links_of_sheets(page, admin):
    given.bring_up_to_date()
    moved = WatchedAddress.objects.in_use().first()
    moved.verdict = moved.seen = Verdict.MOVED
    moved.since = moved.seen_since = localdate()
    moved.moved_to = "https://www.herault.gouv.fr/Titres-de-sejour/Une-page-qui-a-demenage"
    moved.save()
    page.goto(f"{admin}prefectures/procedure/liens/")
    for summary in page.locator("summary").all():
        summary.click()


def replacing_a_link(page, admin):
    links_of_sheets(page, admin)
    page.get_by_role("link", name="Remplacer dans 1 fiche").click()
    page.get_by_label("Nouvelle adresse").wait_for()


def replaced_link(page, admin):
    replacing_a_link(page, admin)
    page.get_by_role("button", name="Remplacer dans les fiches cochées").click()
    page.get_by_role("heading", name="Ce qui a été fait").wait_for()


def queue(page, admin):
    changed_source()
    page.goto(f"{admin}prefectures/procedure/a-verifier/")


def putting_off(page, admin):
    queue(page, admin)
    page.get_by_role("link", name="Remettre à plus tard").first.click()
    page.get_by_label("Jusqu’au").wait_for()


def put_off(page, admin):
    putting_off(page, admin)
    page.get_by_label("Pourquoi peut-elle attendre").fill("Elle répond en janvier")
    page.get_by_role("button", name="Remettre à plus tard").click()
    page.get_by_role("heading", name="Remises à plus tard").wait_for()


def sources_of_a_sheet(page, admin):
    pk = changed_source().procedure_id
    page.goto(f"{admin}prefectures/procedure/{pk}/sources/")


def page_that_changed(page, admin):
    sources_of_a_sheet(page, admin)
    page.get_by_role("link", name="Comparer et répondre").click()
    page.get_by_role("heading", name="Votre réponse").wait_for()


def evidence(page, admin):
    sources_of_a_sheet(page, admin)
    page.get_by_role("link", name="Le texte gardé comme preuve").click()
    page.get_by_role("link", name="Prendre le fichier").wait_for()


def form_of_a_sheet_whose_page_changed(page, admin):
    page_that_changed(page, admin)
    page.get_by_role("link", name="Modifier la fiche").click()
    page.get_by_role("heading", name="Vous répondez au changement").wait_for()


def changed_source():
    return page_changed(
        beziers(),
        "https://www.herault.gouv.fr/Demarches/Une-adresse-assez-longue-pour-passer-a-la-ligne",
        "La demande se fait par courrier.\nLe bureau ouvre à 9 h.",
        "La demande se fait en ligne.\nLe bureau ouvre à 9 h.",
    )


SCREENS = [
    desk_page,
    sheet_list,
    sheet_form,
    report,
    asking_why,
    report_with_one_that_is_meant,
    copying,
    pasting,
    reviewing,
    comparing,
    new_form_by_a_pattern,
    another_sheet,
    exporting,
    importing,
    refused_rows,
    conflicting_rows,
    many_rows_some_there_already,
    conflict,
    several_at_once,
    journal,
    journal_with_a_filter_that_is_wrong,
    changeset_with_its_values,
    history,
    one_version,
    two_versions,
    no_such_version,
    going_back,
    going_back_in_vain,
    deleted_sheets,
    links_of_sheets,
    replacing_a_link,
    replaced_link,
    queue,
    putting_off,
    put_off,
    sources_of_a_sheet,
    page_that_changed,
    evidence,
    form_of_a_sheet_whose_page_changed,
]


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
def test_axe_finds_nothing_and_the_policy_refuses_nothing(desk, site, complaints, tmp_path, screen):
    desk.set_default_timeout(8000)
    places = [tmp_path] if "tmp_path" in screen.__code__.co_varnames[:3] else []
    screen(desk, f"{site}/admin/", *places)
    refused = [each for each in complaints if "Policy" in each]
    # Asked before axe puts into the page what it needs.
    assert refused == []
    assert violations_in_every_light(desk, DESK, PHONE) == {}
    assert not is_wider_than_screen(desk)


@pytest.mark.parametrize(
    "screen",
    [
        desk_page,
        sheet_form,
        report_with_one_that_is_meant,
        exporting,
        importing,
        copying,
        pasting,
        reviewing,
        comparing,
        journal,
        journal_with_a_filter_that_is_wrong,
        changeset_with_its_values,
        history,
        one_version,
        two_versions,
        going_back,
        deleted_sheets,
        links_of_sheets,
        replacing_a_link,
        queue,
        putting_off,
        sources_of_a_sheet,
        page_that_changed,
        evidence,
    ],
)
def test_nothing_is_wider_than_a_phone(desk, site, screen):
    desk.set_viewport_size(PHONE)
    screen(desk, f"{site}/admin/")
    assert not is_wider_than_screen(desk)
