"""The files of the site are collected before it starts, and are those of the code."""

import json
import shutil

import pytest
from django.conf import settings as django_settings

from aes_cms import static_files
from aes_cms.static_files import are_collected, main, refuse_missing

from .collected import collect_under_their_own_names

SCRIPT = "prefectures/page.js"


@pytest.fixture
def collected(tmp_path, monkeypatch):
    # Django would make its templates anew for override_settings.
    monkeypatch.setattr(django_settings, "STATIC_ROOT", tmp_path)
    collect_under_their_own_names(tmp_path)
    return tmp_path


def test_files_that_are_those_of_the_code_are_collected(collected):
    assert are_collected()


def test_a_file_that_changed_since_is_noticed(collected):
    (collected / SCRIPT).write_text("alert(1)")
    assert not are_collected()


def test_a_file_that_is_new_is_noticed(collected):
    (collected / SCRIPT).unlink()
    assert not are_collected()


def test_a_file_that_is_not_there_under_its_lasting_name_is_noticed(collected):
    manifest = json.loads((collected / "staticfiles.json").read_text())
    manifest["paths"][SCRIPT] = "prefectures/page.0123456789ab.js"
    (collected / "staticfiles.json").write_text(json.dumps(manifest))
    assert not are_collected()


@pytest.mark.parametrize("content", [None, "", "{}", "[1"], ids=str)
def test_without_the_list_of_names_nothing_is_collected(collected, content):
    (collected / "staticfiles.json").unlink()
    if content is not None:
        (collected / "staticfiles.json").write_text(content)
    assert not are_collected()


def test_only_what_is_not_collected_is_collected_again(collected, monkeypatch):
    calls = []
    monkeypatch.setattr(
        "django.core.management.call_command", lambda *names, **options: calls.append(names)
    )
    main()
    assert calls == []
    (collected / SCRIPT).unlink()
    main()
    assert calls == [("collectstatic",)]


def test_a_start_without_them_is_refused_in_one_sentence(collected):
    (collected / SCRIPT).unlink()
    with pytest.raises(SystemExit) as end:
        refuse_missing()
    assert end.value.code == static_files.MISSING.format(folder=collected)


def test_while_the_code_is_worked_on_nothing_has_to_be_collected(collected, monkeypatch):
    shutil.rmtree(collected)
    monkeypatch.setattr(django_settings, "DEBUG", True)
    refuse_missing()
