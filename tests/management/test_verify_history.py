"""What the commands around the seals say, and to which end they come."""

import re
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from prefectures.models import Changeset, Revision, Seal
from prefectures.sealing.guarding import missing
from prefectures.sealing.sealing import head, seal_anew, seal_what_was_there

from ..models.making import draft, edited
from ..sealing.tampering import rows
from ..sealing.test_guarding import DROPPING

pytestmark = pytest.mark.django_db


def said(command, **options):
    out = StringIO()
    call_command(command, stdout=out, **options)
    return out.getvalue()


def refusal(**options):
    with pytest.raises(CommandError) as refused:
        said("verify_history", **options)
    assert refused.value.returncode == 1
    return str(refused.value)


def test_a_whole_history_is_told_with_its_head():
    told = said("verify_history")
    assert re.match(r"L’historique est intact\u00a0: \d+ sceaux, \d+ lignes\.\n", told)
    assert told.endswith(f"{head().digest}\n")


def test_an_empty_history_is_told(empty_site):
    assert said("verify_history") == "Rien n’est encore scellé\u00a0: l’historique est vide.\n"
    assert said("history_head") == "Rien n’est encore scellé.\n"


def test_the_first_row_is_named_and_the_others_counted(unguarded):
    sheet = edited(draft(), headline="Une phrase")
    rows(Revision).filter(procedure=sheet.pk).update(publication="published")
    told = refusal()
    assert told.startswith(
        "L’historique a été touché.\nLigne modifiée après coup\u00a0: version de"
    )
    assert told.endswith("\nEn tout\u00a0: 2 anomalies.")


def test_the_head_is_one_line_that_verification_takes():
    [line] = said("history_head").splitlines()
    number, digest, _ = head()
    assert re.fullmatch(rf"sceau n° {number} du \d\d/\d\d/\d{{4}} à \d\d:\d\d {digest}", line)
    assert "le dernier" in said("verify_history", head=line.split()[-1])


def test_the_head_may_be_typed_in_capitals_and_in_groups():
    digest = head().digest.upper()
    typed = " ".join(digest[start : start + 8] for start in range(0, 64, 8))
    assert "le dernier" in said("verify_history", head=typed)


def test_an_older_head_is_told_with_how_many_came_since():
    older = head()
    sheet = draft()
    told = said("verify_history", head=older.digest)
    assert f"celle du sceau n° {older.number}, qu’un autre a suivi." in told
    edited(sheet, headline="Une phrase")
    told = said("verify_history", head=older.digest)
    assert f"celle du sceau n° {older.number}, que 2 autres ont suivi." in told


def test_a_head_that_no_seal_has_is_refused():
    assert "aucun sceau n’a l’empreinte donnée" in refusal(head="0" * 64)


@pytest.mark.parametrize("typed", ["", "abc", "g" * 64, "0" * 63, "0" * 65, "é" * 64])
def test_what_is_no_head_is_refused_in_a_sentence(typed):
    assert "n’en est pas une" in refusal(head=typed)


def test_what_was_sealed_afterwards_is_told(unguarded):
    Seal.objects.all().delete()
    seal_what_was_there(apps)
    count = Changeset.objects.count()
    assert f"Dont {count} modifications d’avant les sceaux" in said("verify_history")


def test_a_migration_that_changed_history_is_told_each_time_and_refused_to_an_older_head():
    older = head().digest
    seal_anew(apps, ["prefectures_revision"], "Des versions renumérotées")
    told = f"Sceau n° {head().number}\u00a0: réécriture de prefectures_revision"
    assert told in said("verify_history")
    assert told in refusal(head=older)
    assert told in said("verify_history", head=head().digest)


def test_migrate_puts_back_a_trigger_whose_absence_a_check_refuses():
    with connection.cursor() as cursor:
        cursor.execute(DROPPING[connection.vendor])
    with pytest.raises(CommandError, match="prefectures_revision"):
        call_command("check", databases=["default"])
    call_command("migrate", verbosity=0, skip_checks=False)
    assert missing(connection) == []
    call_command("check", databases=["default"], stdout=StringIO())
