"""What was fetched goes when room is needed: the oldest first, never what a sheet is held to."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from prefectures.models import GivenAddress, KeptBytes, PageReading, WatchedAddress
from prefectures.monitoring.evidence import make_room

from ..models.making import draft

pytestmark = pytest.mark.django_db
MIB = 2**20


@pytest.fixture
def page(settings):
    settings.EVIDENCE_MB = 1
    return WatchedAddress.objects.create(url="https://a.fr/x", host="a.fr")


def reading(page, days_ago, size):
    """Return a reading whose file, which nothing makes smaller, has ``size`` bytes."""
    at = timezone.now() - timedelta(days=days_ago)
    chance = random.Random(days_ago)
    return PageReading.objects.create(
        address=page,
        first_seen_at=at,
        last_seen_at=at,
        text=KeptBytes.of(f"Le texte d’il y a {days_ago} jours.".encode()),
        original=KeptBytes.of(chance.randbytes(size)),
    )


def is_kept(row):
    row.refresh_from_db()
    return row.bytes is not None


def test_nothing_goes_while_there_is_room(page):
    old = reading(page, 900, MIB // 2)
    assert make_room() == 0
    assert is_kept(old.original)


def test_the_file_that_was_seen_longest_ago_goes_first_and_its_text_stays(page):
    rows = [reading(page, days, MIB * 2 // 5) for days in (30, 20, 10)]
    assert make_room() == 1
    assert [is_kept(row.original) for row in rows] == [False, True, True]
    assert all(is_kept(row.text) for row in rows)


def test_the_digest_and_the_size_of_what_went_stay(page):
    old = reading(page, 30, MIB)
    reading(page, 10, MIB // 2)
    make_room()
    old.original.refresh_from_db()
    assert (old.original.content, old.original.size) == (None, MIB)
    assert PageReading.objects.filter(original=old.original_id).exists()


@pytest.mark.parametrize("name", ["accepted", "pending", "changed"])
def test_what_a_sheet_is_held_to_never_goes(page, name):
    held, other = reading(page, 30, MIB), reading(page, 10, MIB)
    GivenAddress.objects.create(
        procedure=draft(), address=page, changed_on=timezone.localdate(), **{name: held}
    )
    make_room()
    assert is_kept(held.original)
    assert not is_kept(other.original)


def test_what_comes_again_is_kept_again(page):
    old = reading(page, 30, MIB)
    reading(page, 10, MIB // 2)
    make_room()
    KeptBytes.of(random.Random(30).randbytes(MIB))
    assert is_kept(old.original)


def test_what_a_killed_run_kept_and_did_not_note_is_forgotten(page):
    KeptBytes.of(b"Personne ne le nomme.")
    named = reading(page, 10, 100)
    make_room()
    assert set(KeptBytes.objects.all()) == {named.text, named.original}


def test_the_same_bytes_are_kept_once():
    assert KeptBytes.of(b"Les memes") == KeptBytes.of(b"Les memes")
    assert KeptBytes.objects.count() == 1
