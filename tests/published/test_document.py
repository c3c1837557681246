"""A document is the same bytes for the same content, and stays readable for ever."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from prefectures.published import document
from prefectures.published.document import kept
from prefectures.published.shown import as_shown

SAMPLES = Path(__file__).parent.parent / "data/documents"
FORMATS = range(1, document.CURRENT.FORMAT + 1)


def test_a_document_comes_back_from_what_is_kept():
    found = document.written({"title": "Été", "slug": "ete"})
    assert found.json == '{"slug":"ete","title":"Été"}'.encode()
    assert kept(found.format, found.compressed) == found


def test_its_digest_is_that_of_its_json():
    found = document.written({"title": "Été"})
    assert found.sha256 == sha256('{"title":"Été"}'.encode()).hexdigest()


def test_an_older_format_is_read_as_the_current_one(monkeypatch):
    class Next:
        FORMAT = document.CURRENT.FORMAT + 1

    monkeypatch.setattr(document, "CURRENT", Next)
    monkeypatch.setitem(document.UPGRADES, Next.FORMAT - 1, lambda said: said | {"is_new": True})
    found = kept(Next.FORMAT - 1, document.Document(1, b'{"title":"A"}').compressed)
    assert found.content == {"title": "A", "is_new": True}
    # What is proved is what was kept.
    assert found.json == b'{"title":"A"}'


@pytest.mark.parametrize("number", FORMATS)
def test_a_document_of_each_format_is_readable_still(number):
    path = SAMPLES / f"format_{number}.json"
    found = document.Document(number, path.read_bytes().rstrip(b"\n"))
    shown = as_shown(found)
    assert shown.title == "Préfecture de Montpellier et sous-préfecture de Lodève"
    assert shown.departement.wider_region.name == "Occitanie"
    assert [step.get_kind_display() for step in shown.steps.all()] == [
        "prendre rendez-vous en ligne",
        "se présenter au guichet",
    ]
    assert shown.steps.all()[1].office.name == "Préfecture de Montpellier"
    assert shown.quotations.all()[0].link.host == "www.herault.gouv.fr"
    assert shown.referrals.all()[0].sheet.get_absolute_url()
    assert shown.confirmed_on.isoformat() == "2026-11-02"


@pytest.mark.parametrize("number", FORMATS)
def test_the_digest_of_a_kept_document_is_what_it_was(number):
    digests = json.loads((SAMPLES / "sha256.json").read_text())
    found = (SAMPLES / f"format_{number}.json").read_bytes().rstrip(b"\n")
    assert sha256(found).hexdigest() == digests[str(number)]
