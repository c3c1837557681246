"""What verification says of seals that were touched: altered, replaced, removed, cut off."""

import json

import pytest

from prefectures.models import Changeset, Revision, Seal, SealedColumns, Step
from prefectures.sealing.faults import Kind
from prefectures.sealing.payload import canonical, digest_of_bytes, packed, unpacked
from prefectures.sealing.sealing import head
from prefectures.sealing.verifying import Verifier

from ..models.making import edited, rows_of
from .tampering import rows
from .verification import found

pytestmark = pytest.mark.django_db


def seal_of(step):
    return Seal.objects.get(changeset=rows_of(step)[1].changeset)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("payload", b""),
        ("payload", b"x"),
        ("digest", "0" * 64),
        ("previous", "0" * 64),
        ("is_from_before", True),
        ("format", 2),
        ("changeset", None),
    ],
)
def test_a_seal_that_was_altered_is_named(step, column, value):
    seal = seal_of(step)
    Seal.objects.filter(pk=seal.pk).update(**{column: value})
    first = found()[0]
    assert (first.kind, first.seal) == (Kind.SEAL_ALTERED, seal.pk)
    assert f"Le sceau n° {seal.pk} a été modifié" in str(first)


@pytest.mark.parametrize(
    "content",
    [{}, [], None, 7, "x", {"rows": []}, {"rows": {"a": [[1]]}}, {"columns": []}],
)
def test_a_seal_that_is_none_is_named_though_its_digest_is_right(step, content):
    seal = seal_of(step)
    if isinstance(content, dict) and content:
        content = json.loads(unpacked(seal.payload)) | content
    written = canonical(content)
    values = {"payload": packed(written), "digest": digest_of_bytes(written)}
    Seal.objects.filter(pk=seal.pk).update(**values)
    assert (found()[0].kind, found()[0].seal) == (Kind.SEAL_ALTERED, seal.pk)


def test_a_seal_that_was_removed_is_named(step):
    seal = seal_of(step)
    Seal.objects.filter(pk=seal.pk)._raw_delete("default")
    assert (found()[0].kind, found()[0].seal) == (Kind.SEAL_REMOVED, seal.pk)


def test_seals_in_another_order_are_named(step):
    seal = seal_of(step)
    for number, other in ((seal.pk, 999), (seal.pk - 1, seal.pk), (999, seal.pk - 1)):
        Seal.objects.filter(pk=number).update(number=other)
    first = found()[0]
    assert (first.kind, first.seal, first.other) == (Kind.SEAL_MOVED, seal.pk - 1, seal.pk)


def test_columns_that_are_described_otherwise_are_noticed(step):
    SealedColumns.objects.update(description="{}")
    assert found()[0].kind == Kind.SEAL_ALTERED


def test_the_last_changesets_cut_off_with_their_seals_are_noticed_by_the_head_alone(step):
    kept = head().digest
    last = rows_of(step)[-1]
    for model, where in (
        (Seal, {"changeset": last.changeset_id}),
        (Step.history.model, {"pk": last.pk}),
        (Revision, {"changeset": last.changeset_id}),
        (Changeset, {"pk": last.changeset_id}),
    ):
        rows(model).filter(**where)._raw_delete("default")
    verifier = Verifier(kept)
    assert list(verifier.faults()) == []
    assert verifier.head_at is None


def test_an_older_head_is_found_where_it_was(step):
    older = head()
    edited(step, address="4 rue de la Paix")
    verifier = Verifier(older.digest)
    assert list(verifier.faults()) == []
    assert (verifier.head_at, verifier.last.number) == (older.number, older.number + 1)
