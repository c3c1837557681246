"""Putting a backup back: what is not right replaces nothing; what is right replaces all."""

import json
from types import SimpleNamespace

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from prefectures.backups import manifest as manifests
from prefectures.backups.manifest import path_beside
from prefectures.backups.refusing import RefusedError
from prefectures.gate.migrated import is_behind
from prefectures.models import Changeset, ContentVersion, Procedure, Revision
from prefectures.sealing.guarding import history_unlocked, missing
from prefectures.sealing.sealing import head
from prefectures.sealing.verifying import Verifier

from ..models.making import draft, edited
from ..sealing.tampering import rows
from .whole import backed_up, edit_the_site, history, put_back

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def backup(folder):
    """A backup of a site that was edited before and after it."""
    sheet = edit_the_site()
    path = backed_up(folder)
    edited(sheet, headline="Une phrase que la sauvegarde n’a pas.")
    return path


def changed(path, **said):
    """Have what lies beside the backup say something else."""
    beside = path_beside(path)
    beside.write_text(json.dumps(json.loads(beside.read_text()) | said))


def refusal(path, **options):
    """Return why ``path`` is refused; the site is as it was, and nothing is left beside it."""
    before = head()
    with pytest.raises(RefusedError) as refused:
        put_back(path, **options)
    assert head() == before
    assert Procedure.objects.filter(headline__contains="n’a pas").exists()
    assert left_beside() == []
    return str(refused.value)


def left_beside():
    if connection.vendor == "sqlite":
        path = manifests.Path(connection.settings_dict["NAME"])
        return [
            beside.name
            # Those of other tests, at the same time, have other ends.
            for beside in path.parent.glob(f"*{path.suffix}*")
            if "avant" in beside.name or "cours" in beside.name
        ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE current_database() || '\\_%'"
            " AND datname NOT LIKE '%%prepared'"
        )
        return cursor.fetchall()


# --- What is refused --------------------------------------------------------------------------


def test_without_what_lies_beside_it(backup):
    path_beside(backup).unlink()
    assert refusal(backup).startswith(f"Il manque {path_beside(backup)}, qui dit ce que contient")


def test_a_file_that_is_not_there(backup):
    assert "Il manque" in refusal(backup.with_name("ailleurs"))
    backup.unlink()
    assert refusal(backup).startswith(f"{backup}\u00a0: ")


def test_one_byte_that_differs(backup):
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(content)
    assert f"{backup} n’est pas, à l’octet près, ce qui a été sauvegardé" in refusal(backup)


def test_a_file_that_is_something_else_in_all_honesty(backup):
    backup.write_bytes(b"rien de tel")
    changed(backup, size=11, sha256=manifests.digest_of_file(backup))
    assert refusal(backup)


def test_a_backup_of_another_kind_of_database(backup):
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    changed(backup, engine=other)
    assert refusal(backup).endswith("\u00a0: voyez DATABASE_URL.")


def test_a_table_that_has_not_the_rows_it_should(backup):
    changed(backup, tables={"prefectures_procedure": 3})
    assert "une table a plus de lignes, ou moins" in refusal(backup)


def test_a_history_without_the_head_that_it_should_have(backup):
    changed(backup, head={"number": 3, "digest": "0" * 64, "sealed_at": "2026-01-01T00:00:00Z"})
    assert "n’a pas la tête de l’historique que dit son fichier" in refusal(backup)


def test_a_history_that_was_touched(folder):
    edited(draft(), headline="Une phrase que la sauvegarde n’a pas touchée.")
    with history_unlocked(SimpleNamespace(connection=connection)):
        rows(Revision).filter(procedure__slug="une-fiche", number=1).update(publication="published")
    told = refusal(backed_up(folder))
    assert told.startswith("L’historique de la sauvegarde a été touché. Ligne modifiée après coup")


def test_a_site_that_was_newer(folder):
    edited(draft(), headline="Une phrase que la sauvegarde n’a pas.")
    MigrationRecorder(connection).record_applied("prefectures", "9999_demain")
    assert "la migration prefectures.9999_demain" in refusal(backed_up(folder))


def test_somebody_who_says_no(backup):
    def no(*told):
        raise RefusedError("Non.")

    assert refusal(backup, confirm=no) == "Non."


def test_who_is_asked_knows_what_would_be_lost(backup):
    asked = []
    now = head()
    put_back(backup, lambda *told: asked.append(told))
    [(manifest, _, lost)] = asked
    assert lost == now
    assert manifest.head["number"] == lost.number - 1


# --- What is put back -------------------------------------------------------------------------


def test_what_was_written_since_is_gone_and_what_was_there_is_back(backup):
    put_back(backup)
    assert not Procedure.objects.filter(headline__contains="n’a pas").exists()
    assert Procedure.objects.get(title="Dépôt à Foix").headline == "Une phrase d’après."


def test_the_history_tells_of_it_and_is_whole(backup):
    restored = put_back(backup)
    last = Changeset.objects.order_by("pk").last()
    assert last.reason.startswith("Retour à la sauvegarde du ")
    verifier = Verifier(manifests.read(backup).digest_of_head)
    assert list(verifier.faults()) == []
    assert verifier.head_at == verifier.last.number - 1
    assert restored.head == verifier.last
    assert missing(connection) == []


def test_it_can_be_edited_again(backup):
    put_back(backup)
    sheet = edited(draft("Après"), headline="On écrit de nouveau.")
    assert sheet.version == 2


def test_what_was_before_is_kept(backup, standing_at):
    before = history()
    kept = put_back(backup).kept
    other = connection.copy()
    other.settings_dict["NAME"] = kept
    standing_at(other)
    assert history() == before
    assert Procedure.objects.filter(headline__contains="n’a pas").exists()


def test_everybody_has_to_sign_in_again(folder, admin_client):
    path = backed_up(folder)
    admin_client.logout()
    put_back(path)
    assert not Session.objects.exists()


def test_pages_kept_by_browsers_are_older_than_what_is_back(backup):
    before = ContentVersion.objects.get()
    put_back(backup)
    after = ContentVersion.objects.get()
    assert after.stamp != before.stamp
    assert after.moved_second >= before.moved_second


def test_a_backup_of_an_earlier_site_is_brought_up_to_date(folder):
    edit_the_site()
    # Undoing this one does nothing, and leaves a migration to come.
    call_command("migrate", "prefectures", "0016", verbosity=0)
    path = backed_up(folder)
    call_command("migrate", verbosity=0)
    put_back(path)
    assert not is_behind(connection)
    assert missing(connection) == []
