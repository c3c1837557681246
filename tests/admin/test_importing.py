"""A spreadsheet sent in the admin: looked at, confirmed, undone."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from tablib import Dataset

from prefectures.importexport.files import read_file, write_set, write_table
from prefectures.importexport.resources import WHOLE_SHEETS, export
from prefectures.models import Changeset, PendingImport, Procedure, Revision, changeset
from prefectures.sheets.kinds import SHEETS
from tests.conftest import ReadingClient

from ..models.making import edited
from .test_tracked import person

pytestmark = pytest.mark.django_db
IMPORT = reverse("admin:prefectures_procedure_import")


def send(client, content, name="maj.csv", **fields):
    if isinstance(content, str):
        content = content.encode()
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content), **fields})


def previewed(client, content, **fields):
    """Return the preview that could be confirmed, and its address."""
    sent = send(client, content, **fields)
    assert sent.status_code == 302, sent.page.text
    return client.get(sent.url), sent.url


def confirmed(client, content, **fields):
    _, url = previewed(client, content, **fields)
    return client.post(url, follow=True)


TITLE = "fiche;titre\n34/sous-prefecture-de-beziers;Béziers, sous-préfecture\n"


def test_a_change_is_shown_word_by_word_and_nothing_is_written(admin_client, beziers):
    shown, _ = previewed(admin_client, TITLE)
    assert "1 ligne modifiée" in shown.page.text
    assert "<ins>" in shown.content.decode()
    beziers.refresh_from_db()
    assert beziers.title == "Sous-préfecture de Béziers"


def test_what_is_confirmed_is_one_changeset_named_after_the_file(admin_client, admin_user, beziers):
    response = confirmed(admin_client, TITLE)
    beziers.refresh_from_db()
    assert beziers.title == "Béziers, sous-préfecture"
    record = Changeset.objects.first()
    assert (record.origin, record.author, record.file_name) == ("import", admin_user, "maj.csv")
    assert record.reason == "Import de « maj.csv »"
    assert "Import enregistré : 1 ligne modifiée." in response.page.text
    assert not PendingImport.objects.exists()


def test_an_import_is_undone_in_one_click(admin_client, beziers):
    confirmed(admin_client, TITLE)
    record = Changeset.objects.first()
    response = admin_client.post(
        reverse("admin:prefectures_changeset_undo", args=[record.pk]), follow=True
    )
    assert "Import annulé" in response.page.text
    beziers.refresh_from_db()
    assert beziers.title == "Sous-préfecture de Béziers"
    assert beziers.version == 3


def test_a_second_confirmation_writes_nothing(admin_client):
    _, url = previewed(admin_client, TITLE)
    admin_client.post(url)
    count = Revision.objects.count()
    response = admin_client.post(url, follow=True)
    assert "déjà enregistré" in response.page.text
    assert Revision.objects.count() == count


def test_a_confirmation_after_a_restart_is_as_good(admin_client, admin_user, beziers):
    _, url = previewed(admin_client, TITLE)
    # Another process, which has nothing in its memory.
    other = ReadingClient()
    other.force_login(admin_user)
    other.post(url)
    beziers.refresh_from_db()
    assert beziers.title == "Béziers, sous-préfecture"


def test_a_preview_is_its_author_s_alone(admin_client, beziers):
    _, url = previewed(admin_client, TITLE)
    colleague = person("view_procedure", "change_procedure")
    response = colleague.post(url, follow=True)
    assert "n’existe plus" in response.page.text
    beziers.refresh_from_db()
    assert beziers.title == "Sous-préfecture de Béziers"


def test_a_preview_can_be_left(admin_client):
    _, url = previewed(admin_client, TITLE)
    response = admin_client.post(url, {"abandon": "yes"}, follow=True)
    assert "abandonné" in response.page.text
    assert not PendingImport.objects.exists()


def test_previews_left_lying_are_purged(admin_client):
    previewed(admin_client, TITLE)
    lying = PendingImport.objects.get()
    lying.sent_at = timezone.now() - timedelta(hours=3)
    lying.save()
    admin_client.get(IMPORT)
    assert not PendingImport.objects.exists()


def test_a_person_s_old_previews_make_room(admin_client):
    for number in range(8):
        send(admin_client, TITLE.replace("Béziers,", f"Béziers {number},"))
    assert PendingImport.objects.count() == 5


def test_a_file_that_changes_nothing_keeps_nothing(admin_client):
    content = write_table("csv", export(SHEETS, Procedure.objects.all()))
    response = send(admin_client, content)
    assert "Ce fichier ne change rien" in response.page.text
    assert not PendingImport.objects.exists()


def test_refused_rows_are_shown_and_cannot_be_confirmed(admin_client):
    response = send(admin_client, TITLE + "34/x;\n")
    assert "1 ligne refusée" in response.page.text
    assert "Confirmer" not in response.page.text
    assert not PendingImport.objects.exists()


BAD = {
    "a renamed PDF": (b"%PDF-1.7", "est un PDF"),
    "a broken zip": (b"PK\x03\x04xx", "abîmé"),
    "an empty file": (b"", "vide"),
    "no table at all": (b"\x81\x8d;\x90", "CSV UTF-8"),
    "too big": (b"fiche;titre\n" + b"x" * 60_000_000, "plus de 10 Mo"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_told_in_a_sentence_and_leave_nothing(admin_client, tmp_path, name):
    content, words = BAD[name]
    changesets = Changeset.objects.count()
    with override_settings(FILE_UPLOAD_TEMP_DIR=str(tmp_path)):
        response = send(admin_client, content)
    assert response.status_code == 200
    assert words in response.page.text
    assert list(tmp_path.iterdir()) == []
    assert not PendingImport.objects.exists()
    assert Changeset.objects.count() == changesets


def test_a_cp1252_file_with_a_smart_quote_is_read(admin_client, beziers):
    confirmed(admin_client, "fiche;titre\n34/sous-prefecture-de-beziers;L’été\n".encode("cp1252"))
    beziers.refresh_from_db()
    assert beziers.title == "L’été"


def test_who_may_only_look_cannot_import(beziers):
    client = person("view_procedure")
    assert client.get(IMPORT).status_code == 403
    assert send(client, TITLE).status_code == 403
    page = client.get(reverse("admin:prefectures_procedure_changelist"))
    assert "Importer" not in page.page.text


def test_a_sheet_saved_during_the_preview_is_shown_again(admin_client, beziers):
    _, url = previewed(admin_client, TITLE)
    edited(beziers, headline="Nadia")
    again = admin_client.post(url)
    assert "Pendant que vous regardiez l’aperçu" in again.page.text
    beziers.refresh_from_db()
    assert beziers.title == "Sous-préfecture de Béziers"
    admin_client.post(url)
    beziers.refresh_from_db()
    assert (beziers.title, beziers.headline) == ("Béziers, sous-préfecture", "Nadia")


def test_a_conflict_is_chosen_in_the_preview(admin_client, beziers):
    text = write_table("csv", export(SHEETS, Procedure.objects.filter(pk=beziers.pk)))
    edited(beziers, title="Le titre de Nadia")
    text = text.decode("utf-8-sig").replace("Sous-préfecture de Béziers", "Mon titre", 1)
    shown, url = previewed(admin_client, text)
    (conflict,) = shown.context["plan"].undecided[0].conflicts
    again = admin_client.post(url)
    assert "Choisissez" in again.page.text
    admin_client.post(url, {conflict.name: "mine"})
    beziers.refresh_from_db()
    assert beziers.title == "Mon titre"


def test_what_else_a_row_in_conflict_changes_is_shown(admin_client, beziers):
    text = write_table("csv", export(SHEETS, Procedure.objects.filter(pk=beziers.pk)))
    edited(beziers, title="Le titre de Nadia")
    text = text.decode("utf-8-sig").replace("Sous-préfecture de Béziers", "Mon titre", 1)
    shown, url = previewed(admin_client, text.replace(";publiée;", ";archivée;"))
    assert "La ligne change aussi, quel que soit votre choix" in shown.page.text
    assert "archivée" in shown.page.text
    (conflict,) = shown.context["plan"].undecided[0].conflicts
    admin_client.post(url, {conflict.name: "theirs"})
    beziers.refresh_from_db()
    assert (beziers.title, beziers.publication) == ("Le titre de Nadia", "archived")


def test_offices_have_their_own_screen(admin_client):
    response = send(admin_client, "guichet;adresse postale\n09/prefecture-de-foix;Ici\n")
    assert "ce n’est pas le bon écran" in response.page.text
    url = reverse("admin:prefectures_prefecture_import")
    file = SimpleUploadedFile("g.csv", b"guichet;adresse postale\n09/prefecture-de-foix;Ici\n")
    shown = admin_client.post(url, {"file": file}, follow=True)
    assert "1 ligne modifiée" in shown.page.text


# --- Undoing ------------------------------------------------------------------------------------


def undone(client, **data):
    record = Changeset.objects.filter(origin="import").first()
    url = reverse("admin:prefectures_changeset_undo", args=[record.pk])
    return client.post(url, data, follow=True)


def everything():
    return {kind.name: export(kind, Procedure.objects.order_by("pk")).dict for kind in WHOLE_SHEETS}


def without_versions(tables):
    return {
        name: [{k: v for k, v in row.items() if k != "version"} for row in rows]
        for name, rows in tables.items()
    }


def test_all_that_an_import_did_is_undone(admin_client, beziers):
    before = everything()
    texts = {
        "fiches": "fiche;titre;motifs;supprimer\n34/sous-prefecture-de-beziers;Autre;travail;\n"
        "09/nouvelle;Nouvelle;;\n81/prefecture-d-albi;;;oui\n",
        "etapes": "fiche;numéro;action;consignes;supprimer\n"
        "34/sous-prefecture-de-beziers;;autre;x;\n46/prefecture-de-cahors;1;;;oui\n",
        "liens": "fiche;numéro;texte du lien\n34/sous-prefecture-de-beziers;1;Autre\n",
    }
    datasets = {name: read_file(name, text.encode())[0] for name, text in texts.items()}
    sent = write_set(
        "zip",
        {
            name: Dataset(
                *([row.cells[h] for h in table.headers] for row in table.rows),
                headers=table.headers,
            )
            for name, table in datasets.items()
        },
    )
    confirmed(admin_client, sent)
    assert without_versions(everything()) != without_versions(before)
    assert "Import annulé" in undone(admin_client).page.text
    assert without_versions(everything()) == without_versions(before)


def test_what_was_changed_since_stays_and_is_told(admin_client, beziers):
    confirmed(
        admin_client,
        "fiche;titre;phrase d’annonce\n34/sous-prefecture-de-beziers;Autre;Une phrase\n",
    )
    beziers.refresh_from_db()
    edited(beziers, title="Le titre de Nadia")
    asked = undone(admin_client)
    assert asked.status_code == 409
    assert "changé depuis, reste tel quel : titre" in asked.page.text
    beziers.refresh_from_db()
    assert beziers.headline == "Une phrase"
    undone(admin_client, partly="yes")
    beziers.refresh_from_db()
    assert beziers.title == "Le titre de Nadia"
    assert beziers.headline != "Une phrase"


def test_an_undoing_that_left_something_does_not_say_that_all_is_as_before(admin_client, beziers):
    confirmed(
        admin_client,
        "fiche;titre;phrase d’annonce\n34/sous-prefecture-de-beziers;Autre;Une phrase\n",
    )
    beziers.refresh_from_db()
    edited(beziers, title="Le titre de Nadia")
    told = undone(admin_client, partly="yes").page.text
    assert "Import annulé en partie" in told
    assert "tout est revenu" not in told


def test_an_import_is_undone_once(admin_client):
    confirmed(admin_client, TITLE)
    undone(admin_client)
    count = Changeset.objects.count()
    assert "déjà annulé" in undone(admin_client).page.text
    assert Changeset.objects.count() == count


def test_who_has_not_the_right_cannot_undo(admin_client):
    confirmed(admin_client, TITLE)
    editor = person("view_procedure", "change_procedure", "view_changeset")
    assert undone(editor).status_code == 403
    record = Changeset.objects.first()
    page = editor.get(reverse("admin:prefectures_changeset_change", args=[record.pk]))
    assert "Annuler cet import" not in page.page.text


def test_an_edit_in_the_form_is_no_import_to_undo(admin_client, beziers):
    with changeset("Une modification"):
        beziers.title = "Autre"
        beziers.save()
    url = reverse("admin:prefectures_changeset_undo", args=[Changeset.objects.first().pk])
    assert admin_client.post(url).status_code == 404


def test_the_page_of_an_import_names_the_sheet_that_it_deleted(admin_client):
    response = confirmed(admin_client, "fiche;supprimer\n81/prefecture-d-albi;oui\n")
    assert "Fiche 81/prefecture-d-albi" in response.page.text
    assert "Fiche : suppression" in response.page.text
