"""What is locked is what is asked for."""

import re

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
PINNED = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==([\w.]+)", re.MULTILINE)


def pinned(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    return {re.sub("[-_.]+", "-", item).lower(): version for item, version in PINNED.findall(text)}


@pytest.mark.parametrize(
    ("asked", "locked"),
    [
        ("requirements.in", "requirements.txt"),
        ("requirements-dev.in", "requirements-dev.txt"),
        ("requirements-next.in", "requirements-next.txt"),
        ("requirements.txt", "requirements-dev.txt"),
    ],
)
def test_the_lock_holds_what_is_asked_for(asked, locked):
    assert pinned(asked).items() <= pinned(locked).items()


@pytest.mark.parametrize(
    "locked", ["requirements.txt", "requirements-dev.txt", "requirements-next.txt"]
)
def test_every_requirement_that_is_locked_has_its_digest(locked):
    text = (ROOT / locked).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[A-Za-z])", re.sub(r"^ *#.*\n", "", text, flags=re.MULTILINE))
    assert len(entries) == len(pinned(locked))
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
