"""The preview of a long file, a page at a time; what else the screen must answer in a sentence."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from prefectures.importexport.files import write_table
from prefectures.importexport.resources import export
from prefectures.models import Changeset, PendingImport, Prefecture, Procedure
from prefectures.sheets.kinds import SHEETS

from ..models.making import edited
from .test_importing import confirmed, previewed, send
from .test_tracked import person

pytestmark = pytest.mark.django_db
BEZIERS = "34/sous-prefecture-de-beziers"


def many_new(count):
    rows = "".join(f"09/fiche-{number};Fiche {number};\n" for number in range(count))
    return f"fiche;titre;supprimer\n{rows}81/prefecture-d-albi;;oui\n"


def test_a_long_preview_is_shown_fifty_rows_a_page_deletions_first(admin_client):
    shown, url = previewed(admin_client, many_new(120))
    assert "Page 1 sur 3" in shown.page.text
    names = [row.name for row in shown.context["page"].object_list]
    assert (len(names), names[0]) == (50, "81/prefecture-d-albi")
    seen = {row.name for row in shown.context["page"].object_list}
    for number in (2, 3):
        page = admin_client.post(url, {"page": number})
        seen |= {row.name for row in page.context["page"].object_list}
    assert len(seen) == 121
    assert not Procedure.objects.filter(slug="fiche-1").exists()


def test_the_whole_file_is_confirmed_from_any_page(admin_client):
    _, url = previewed(admin_client, many_new(60))
    admin_client.post(url, {"page": 2})
    admin_client.post(url)
    assert Procedure.objects.filter(slug__startswith="fiche-").count() == 60


@pytest.mark.parametrize("number", ["0", "x", "99999999999999999999", "²", ""])
def test_a_page_that_is_none_is_the_nearest(admin_client, number):
    _, url = previewed(admin_client, many_new(60))
    assert "sur 2" in admin_client.post(url, {"page": number}).page.text
    assert "sur 2" in admin_client.get(url, {"page": number}).page.text


def test_what_was_chosen_is_kept_from_page_to_page(admin_client, beziers):
    exported = write_table("csv", export(SHEETS, Procedure.objects.filter(pk=beziers.pk)))
    edited(beziers, title="Le titre de Nadia")
    text = exported.decode("utf-8-sig").replace("Sous-préfecture de Béziers", "Mon titre", 1)
    width = text.splitlines()[0].count(";")
    text += "".join(f"09/f-{number};;Fiche{';' * (width - 2)}\n" for number in range(60))
    shown, url = previewed(admin_client, text)
    first = shown.context["page"].object_list[0]
    (conflict,) = first.conflicts
    second = admin_client.post(url, {conflict.name: "mine", "page": 2})
    again = admin_client.post(url, {"page": 2})
    assert "en conflit" in again.page.text
    undecided = admin_client.post(url)
    assert undecided.context["page"].number == 1
    admin_client.post(url, {second.context["kept_name"]: second.context["kept"]})
    beziers.refresh_from_db()
    assert beziers.title == "Mon titre"


def test_of_thousands_of_refused_rows_the_first_are_shown(admin_client):
    shown = send(admin_client, "fiche;titre\n" + "rien;x\n" * 300)
    assert "Et 200 autres : corrigez d’abord celles-ci." in shown.page.text


def test_what_a_refused_cell_says_does_not_fill_the_page(admin_client):
    shown = send(admin_client, "fiche;titre\n" + f"{'x' * 90_000};x\n" * 100)
    assert len(shown.content) < 200_000


# --- What is there already ----------------------------------------------------------------------

LINK = f"fiche;numéro;texte du lien;adresse\n{BEZIERS};;Un lien;https://a.fr/\n"


def test_a_file_sent_twice_says_so_and_adds_nothing(admin_client, beziers):
    confirmed(admin_client, LINK)
    count = beziers.links.count()
    shown, url = previewed(admin_client, LINK)
    assert "Ce même fichier a déjà été importé le" in shown.page.text
    assert "1 ligne déjà là" in shown.page.text
    assert "liens : ligne 2" in shown.page.text
    response = admin_client.post(url, follow=True)
    assert "rien n’a été enregistré" in response.page.text
    assert beziers.links.count() == count


def test_what_is_there_already_is_added_for_who_ticks_the_box(admin_client, beziers):
    confirmed(admin_client, LINK)
    count = beziers.links.count()
    shown, url = previewed(admin_client, LINK)
    admin_client.post(url, {shown.context["repeats_name"]: "yes"})
    assert beziers.links.count() == count + 1


# --- In a sentence, not in a 500 ----------------------------------------------------------------


def test_a_preview_under_the_address_of_another_screen_leads_back_with_a_sentence(admin_client):
    _, url = previewed(admin_client, f"fiche;titre\n{BEZIERS};Autre\n")
    other = url.replace("/procedure/", "/prefecture/")
    for response in (admin_client.get(other, follow=True), admin_client.post(other, follow=True)):
        assert response.status_code == 200
        assert "ce n’est pas le bon écran" in response.page.text
    assert Changeset.objects.filter(origin="import").count() == 0
    assert PendingImport.objects.count() == 1


@pytest.mark.parametrize(
    "text",
    [
        f"fiche;cité depuis\n{BEZIERS};²\n",
        f"fiche;numéro;action\n{BEZIERS};²;autre\n",
        f"fiche;version;titre\n{BEZIERS};²;x\n",
        f"fiche;communes ajoutées\n{BEZIERS};²\n",
        f"fiche;rang\n{BEZIERS};²\n",
        f"fiche;rang\n{BEZIERS};40000\n",
        f"fiche;numéro;action;rang\n{BEZIERS};;autre;40000\n",
        "fiche;titre;cité depuis\n34/nouvelle;x;²\n",
    ],
)
def test_what_is_no_number_or_too_great_a_one_is_told_in_the_preview(admin_client, text):
    shown = send(admin_client, text)
    assert shown.status_code == 200
    assert "1 ligne refusée" in shown.page.text


@pytest.mark.parametrize(
    "text",
    [
        '[{"fiche": "34/\\ud83d", "titre": "x"}]',
        '[{"\\ud83d": "x"}]',
        '[{"fiche": "34/x", "titre": "\\ud83d"}]',
        '[{"fiche": "34/x", "communes ajoutées": "\\u0000"}]',
    ],
)
def test_half_of_a_character_is_told_wherever_it_stands(admin_client, text):
    assert send(admin_client, text).status_code == 200


def test_an_unknown_column_is_the_only_thing_that_is_told(admin_client):
    shown = send(admin_client, f"fiche;tilte\n{BEZIERS};x\n34/y;z\n")
    assert "1 ligne refusée" in shown.page.text
    (row,) = shown.context["plan"].refused
    assert [fault.column for fault in row.faults] == ["tilte"]


def test_a_json_that_is_no_list_is_told_so_and_not_that_a_column_is_missing(admin_client):
    shown = send(admin_client, '{"fiche": "34/x"}')
    assert "pas une liste d’objets" in shown.page.text
    assert "colonne" not in shown.page.text.partition("pas une liste")[0][-200:]


def test_a_step_that_is_none_is_told_in_french(admin_client):
    shown = send(admin_client, f"fiche;numéro;action\n{BEZIERS};99;autre\n")
    assert "La fiche n’a pas d’étape n° 99" in shown.page.text


def test_an_empty_file_of_titles_is_told_in_one_sentence(admin_client):
    assert (
        "Aucune ligne. Ce fichier ne change rien" in send(admin_client, "fiche;titre\n").page.text
    )


def test_an_office_that_sheets_name_is_refused_in_the_preview():
    client = person("view_prefecture", "change_prefecture", "delete_prefecture")
    file = SimpleUploadedFile("g.csv", b"guichet;supprimer\n09/prefecture-de-foix;oui\n")
    response = client.post(reverse("admin:prefectures_prefecture_import"), {"file": file})
    assert "Des fiches nomment ce guichet" in response.page.text
    assert Prefecture.objects.filter(slug="prefecture-de-foix").exists()
