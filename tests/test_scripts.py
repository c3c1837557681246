"""What the scripts that start the site do, and in which order; Python itself is a stand-in."""

import os
import shutil
import subprocess

import pytest
from django.conf import settings

NEEDED = ("_environment.sh", "_system.sh", "serve", "server")
# Writes down what it is asked to run; fails at what FAILING names.
PYTHON = """#!/bin/sh
case $1 in -I) exit 0 ;; esac
echo "$*" >>"$ASKED"
case "$*" in *"${FAILING:-nothing at all}"*) exit 1 ;; esac
"""


@pytest.fixture
def run(tmp_path):
    """Return a function that runs a script; it gives (status, what Python ran, what was said)."""
    tree = tmp_path / "tree"
    (tree / "script").mkdir(parents=True)
    for name in NEEDED:
        shutil.copy(settings.BASE_DIR / "script" / name, tree / "script" / name)
    (tree / "requirements.txt").touch()
    python = tree / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(PYTHON)
    python.chmod(0o755)
    empty = subprocess.run(["cksum"], input="", capture_output=True, text=True, check=True).stdout
    (tree / ".venv" / "requirements.txt.installed").write_text(empty)

    def run(*command, **variables):
        asked = tmp_path / "asked"
        asked.write_text("")
        done = subprocess.run(
            command,
            cwd=tree,
            env={"PATH": os.environ["PATH"], "ASKED": str(asked), **variables},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return done.returncode, asked.read_text().splitlines(), done.stdout + done.stderr

    return run


PREPARED = ["manage.py prepare_site", "-m aes_cms.static_files"]


def test_online_all_is_checked_and_prepared_and_only_this_machine_is_answered(run):
    assert run("script/serve", PORT="8123")[:2] == (
        0,
        [
            "-m aes_cms.starting",
            "-m aes_cms.port 127.0.0.1 8123",
            *PREPARED,
            "-m aes_cms.server --port 8123",
        ],
    )


def test_a_site_may_be_prepared_and_not_started(run):
    assert run("script/serve", "--prepare")[:2] == (0, ["-m aes_cms.starting", *PREPARED])


@pytest.mark.parametrize("step", ["starting", "port", "prepare_site", "static_files"])
def test_a_step_that_fails_is_the_last(run, step):
    status, asked, _ = run("script/serve", FAILING=step)
    assert status == 1
    assert step in asked[-1]


@pytest.mark.parametrize("arguments", [["--port"], ["--prepare", "8000"], ["8000"]], ids=str)
def test_what_the_start_does_not_know_is_told(run, arguments):
    status, asked, said = run("script/serve", *arguments)
    assert (status, asked) == (1, [])
    assert "ne connaît que --prepare" in said


def test_a_site_for_trying_is_not_put_online(run):
    status, asked, said = run("script/serve", AES_MODE="development")
    assert (status, asked) == (1, [])
    assert "script/server" in said


def test_on_one_s_own_machine_a_phone_of_the_network_may_read(run):
    status, asked, _ = run("script/server", PORT="8123")
    assert (status, asked) == (
        0,
        [
            "-m aes_cms.port 0.0.0.0 8123",
            *PREPARED,
            "-m aes_cms.server --address 0.0.0.0 --port 8123",
        ],
    )


def test_where_errors_show_the_settings_only_this_machine_may_and_it_is_said(run):
    _, asked, said = run("script/server", DEBUG="1", PORT="8123")
    assert asked[0] == "-m aes_cms.port 127.0.0.1 8123"
    assert asked[-1] == "manage.py runserver 127.0.0.1:8123"
    assert "visible que de cette machine" in said


def test_a_command_of_the_site_has_to_be_named():
    done = subprocess.run(
        [settings.BASE_DIR / "deploy/run"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Il manque la commande")
