"""What the commands around backups say, and to which end they come."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command, load_command_class
from django.db import connection

from prefectures.models import Procedure

from ..backups.conftest import _nothing_kept_aside  # noqa: F401  restoring leaves something
from ..backups.test_folder import DAYS, put
from ..models.making import draft

pytestmark = pytest.mark.django_db(transaction=True)


def said(command, *arguments, **options):
    out = StringIO()
    call_command(command, *arguments, stdout=out, stderr=out, **options)
    return out.getvalue()


def refusal(command, *arguments, **options):
    with pytest.raises(CommandError) as refused:
        said(command, *arguments, **options)
    assert refused.value.returncode == 1
    return str(refused.value)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "sauvegardes"


@pytest.fixture
def answers(monkeypatch):
    """Have somebody at a terminal answer this."""

    def answer(typed):
        terminal = StringIO(typed)
        terminal.isatty = lambda: True
        monkeypatch.setattr(sys, "stdin", terminal)

    return answer


def file_of(told):
    return re.search(r"Sauvegardé\u00a0: (\S+) \(\d+,\d Mo\)", told)[1]


def test_a_backup_is_told_with_the_head_to_keep_elsewhere(folder):
    told = said("backup", to=folder)
    assert file_of(told).startswith(f"{folder}/aes-")
    head = said("history_head").split()
    assert told.splitlines()[1] == f"Tête\u00a0: sceau n° {head[2]} {head[-1]}"


def test_the_folder_is_that_of_the_settings():
    parser = load_command_class("prefectures", "backup").create_parser("manage.py", "backup")
    asked = vars(parser.parse_args([]))
    assert (asked["to"], asked["keep"]) == (settings.BACKUP_DIR, 14)


def test_old_ones_go_and_one_that_may_not_be_ours_is_named(folder):
    paths = [put(folder, day) for day in DAYS]
    paths[1].write_bytes(b"CONTENT")
    told = said("backup", to=folder, keep=1)
    assert "Anciennes sauvegardes supprimées\u00a0: 2\n" in told
    assert f"{paths[1]} est trop vieille, mais reste\u00a0: ce n’est pas, à l’octet près" in told


def test_none_at_all_cannot_be_kept(folder):
    assert refusal("backup", to=folder, keep=0) == "--keep\u00a0: il faut en garder au moins une."


def test_what_cannot_be_saved_is_told_with_exit_1(tmp_path):
    (tmp_path / "fichier").write_text("")
    assert refusal("backup", to=tmp_path / "fichier").startswith("Rien n’a été sauvegardé")


def test_who_says_yes_gets_the_backup_back(folder, answers):
    path = file_of(said("backup", to=folder))
    sheet = draft("Après la sauvegarde")
    answers("oui\n")
    told = said("restore", path)
    assert "Elle s’arrête au sceau n°" in told
    assert "ce qui a été fait entre les deux n’y est pas" in told
    name = connection.settings_dict["NAME"]
    assert re.search(rf"Remplacer la base {name}( \(.*\))?\u00a0\? Écrivez oui\u00a0: ", told)
    assert re.search(r"La base d’avant est gardée\u00a0: \S+avant\S+\n", told)
    assert re.search(r"Nouvelle tête, à garder ailleurs\u00a0: sceau n° \d+ du .* \w{64}\n", told)
    assert not Procedure.objects.filter(pk=sheet.pk).exists()


@pytest.mark.parametrize("typed", ["non\n", "\n", "", "yes\n"])
def test_who_says_anything_else_keeps_the_site_as_it_is(folder, answers, typed):
    path = file_of(said("backup", to=folder))
    sheet = draft("Après la sauvegarde")
    answers(typed)
    assert refusal("restore", path) == "Rien n’a été remplacé."
    assert Procedure.objects.filter(pk=sheet.pk).exists()


def test_where_nobody_can_answer_it_has_to_be_said_beforehand(folder, monkeypatch):
    monkeypatch.setattr(sys, "stdin", StringIO())
    assert refusal("restore", folder / "x").endswith("ajoutez --yes.")


def test_what_is_no_address_is_told_with_exit_1(folder):
    assert refusal("copy_to_postgresql", "aes")


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_the_drill_as_the_document_has_it(tmp_path):
    """In processes of their own, as whoever runs the site types it."""
    site, empty = tmp_path / "site", tmp_path / "essai"
    site.mkdir()
    # Not the file alone: what was committed last may still be beside it.
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(site / "aes.sqlite3")])

    def run(*arguments, data, status=0):
        environment = os.environ | {"DATA_DIR": str(data), "BACKUP_DIR": "", "DATABASE_URL": ""}
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == status, done.stderr
        return done.stdout + done.stderr

    told = run("backup", data=site)
    path = file_of(told)
    assert path.startswith(f"{site}/backups/aes-")
    assert "est remise, son historique est intact" in run("restore", path, "--yes", data=empty)
    head = re.search(r"\w{64}", told)[0]
    assert "L’historique est intact" in run("verify_history", "--head", head, data=empty)
    assert "ajoutez --yes" in run("restore", path, data=empty, status=1)
    with closing(sqlite3.connect(empty / "aes.sqlite3")) as there:
        assert there.execute("SELECT COUNT(*) FROM prefectures_procedure").fetchone() == (14,)
