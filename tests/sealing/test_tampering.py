"""Whatever somebody does to the history past the site is found; at full size, a hundred times."""

from random import Random

import pytest

from prefectures.models import Procedure, Step, changeset
from prefectures.sealing.sealing import head
from prefectures.sealing.verifying import Verifier

from ..models.making import draft, edited
from ..size import AT_FULL_SIZE
from .tampering import FOUND_BY_THE_HEAD_ALONE, WAYS, is_named, taken_back, tampered

pytestmark = pytest.mark.django_db
TIMES = 100 if AT_FULL_SIZE else 4
NAMES_A_ROW = [way for way in WAYS if way not in FOUND_BY_THE_HEAD_ALONE]


@pytest.fixture
def history(unguarded):
    """Some changesets more than the loads made."""
    sheet = draft("Une fiche de plus")
    for number in range(3):
        edited(sheet, headline=f"La {number}e phrase")
        with changeset("Une étape"):
            Step.objects.create(procedure=sheet, kind="post")
    with changeset("Pour le test"):
        Procedure.objects.filter(title="Une fiche de plus").delete()


@pytest.mark.parametrize("way", NAMES_A_ROW, ids=lambda way: way.__name__)
def test_a_row_that_was_touched_is_found_and_named(way, history):
    for seed in range(TIMES):
        with taken_back():
            touched = tampered(way, Random(seed))
            fault = next(Verifier().faults(), None)
            assert fault is not None, (seed, touched)
            assert is_named(fault, touched), (seed, touched, str(fault))


@pytest.mark.parametrize("way", FOUND_BY_THE_HEAD_ALONE, ids=lambda way: way.__name__)
def test_what_leaves_a_whole_chain_is_found_by_the_head_and_not_without(way, history):
    kept = head().digest
    for seed in range(TIMES):
        with taken_back():
            tampered(way, Random(seed))
            verifier = Verifier(kept)
            assert next(verifier.faults(), None) is None
            assert verifier.head_at is None
