"""A spreadsheet sent in the admin: looked at, confirmed, undone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from prefectures.models import Changeset, PendingImport, Revision

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
