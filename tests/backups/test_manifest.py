"""What lies beside a backup: read back as it was written, or refused in a sentence."""

import json
from datetime import UTC, datetime

import pytest

from prefectures.backups.manifest import path_beside, read
from prefectures.backups.refusing import RefusedError

from .test_folder import put


@pytest.fixture
def path(folder):
    return put(folder, datetime(2026, 11, 29, tzinfo=UTC))


def test_it_says_when_and_fits_the_file_that_it_describes(path):
    manifest = read(path)
    assert manifest.moment == datetime(2026, 11, 29, tzinfo=UTC)
    assert manifest.digest_of_head is None
    assert manifest.fits(path)
    path.write_bytes(b"CONTENT")
    assert not manifest.fits(path)


@pytest.mark.parametrize("said", ["", "[]", "{}", "null", '{"made_by": "aes_cms", "format": 1}'])
def test_something_else_in_its_place_is_refused(path, said):
    path_beside(path).write_text(said)
    with pytest.raises(RefusedError, match="Prenez une autre sauvegarde"):
        read(path)


@pytest.mark.parametrize(
    ("name", "value"),
    [("at", "hier"), ("at", "2026-11-29T03:00:00"), ("at", 3), ("head", {}), ("head", "tête")],
)
def test_one_that_is_damaged_is_refused(path, name, value):
    beside = path_beside(path)
    beside.write_text(json.dumps(json.loads(beside.read_text()) | {name: value}))
    with pytest.raises(RefusedError, match="est abîmé"):
        read(path)


def test_a_format_of_another_time_asks_for_the_site_of_that_time(path):
    beside = path_beside(path)
    beside.write_text(json.dumps(json.loads(beside.read_text()) | {"format": 2}))
    with pytest.raises(RefusedError, match="prenez la version du site qui a fait"):
        read(path)
