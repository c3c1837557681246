"""What an edition with seals left is there today: its seals, its versions, what readers saw.

Run by ``tests/test_earlier_site.py``, in a process and a database of its own.
"""

import pytest
from django.core.management import call_command
from django.test import Client

from prefectures.models import Procedure, PublishedDocument, Seal, User
from prefectures.published.gathering import documents_now
from prefectures.published.keeping import newest
from prefectures.sealing.verifying import Verifier

from ..every_gate import GATES, through
from ..leave_a_site import documents, versions_said

pytestmark = pytest.mark.django_db


def test_the_history_is_intact_and_has_the_head_of_then(left):
    number, digest = left["head"]
    verifier = Verifier(digest)
    assert list(verifier.faults()) == []
    assert verifier.head_at == number > 50
    assert verifier.rewritten == []
    assert Seal.objects.get(number=number).digest == digest


def test_the_command_says_so_too(left, capsys):
    call_command("verify_history", head=left["head"][1])
    assert "L’historique est intact" in capsys.readouterr().out


def test_every_document_that_readers_saw_has_its_digest_of_then(left):
    then = left["documents"]
    assert documents()[: len(then)] == then
    assert len(then) > 40


def test_every_version_says_what_it_said_then(left):
    """A field that is new since may say more; none says less, or something else."""
    then, now = left["versions"], {tuple(key): said for *key, said in versions_said()}
    assert len(then) > 60
    for sheet, number, said in then:
        found = now[sheet, number]
        assert (found is None) == (said is None)
        for part, rows in (said or {}).items():
            for row, values in rows.items():
                kept = {name: found[part][row][name] for name in values}
                assert kept == values, (sheet, number, part, row)


def test_the_sheets_are_there_and_shown_to_readers_as_they_are(left):
    assert sorted(Procedure.objects.values_list("pk", flat=True)) == left["sheets"]
    published = list(Procedure.objects.published().values_list("pk", flat=True))
    now = {pk: document.sha256 for pk, (_, document) in documents_now(published).items()}
    assert {pk: row.sha256 for pk, row in newest(published).items()} == now != {}
    client = Client()
    for sheet in Procedure.objects.published():
        assert client.get(sheet.get_absolute_url()).status_code == 200


def test_the_edition_of_today_goes_on_with_the_same_chain(left):
    before = Seal.objects.count()
    client = Client()
    client.force_login(User.objects.get())
    for number, gate in enumerate(GATES):
        through(gate, client, number, "Par la poste.")
    assert Seal.objects.count() > before
    assert PublishedDocument.objects.count() > len(left["documents"])
    assert list(Verifier(left["head"][1]).faults()) == []
