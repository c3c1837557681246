"""Whatever is changed, through any gate: each state that readers saw is kept as they saw it."""

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import Phase, settings
from hypothesis import given as given_any
from hypothesis import strategies as st

from prefectures.models import Changeset, Procedure
from prefectures.published.gathering import documents_now
from prefectures.published.past import during

from ..every_gate import CHANGES, GATES, through
from ..size import AT_FULL_SIZE

pytestmark = pytest.mark.django_db

SERIES = 150 if AT_FULL_SIZE else 4
PHASES = [phase for phase in Phase if AT_FULL_SIZE or phase is not Phase.shrink]


class Readers:
    """What readers are told of every sheet, changeset by changeset, by its rows at that moment."""

    def __init__(self):
        self.now = self._published()
        self.seen = {}

    def look(self):
        """Note what differs from what was seen before, of the changeset that was the last one."""
        before, self.now = self.now, self._published()
        changeset = Changeset.objects.latest("pk").pk
        for pk in before.keys() | self.now.keys():
            if before.get(pk) != self.now.get(pk):
                self.seen[pk, changeset] = self.now.get(pk)

    @staticmethod
    def _published():
        pks = Procedure.objects.published().values_list("pk", flat=True)
        return {pk: document.json for pk, (_, document) in documents_now(pks).items()}


def kept(sheets):
    """Return {(sheet, changeset): JSON, or None} of all that was shown of ``sheets`` today."""
    found = {}
    for pk in sheets:
        for shown in during(pk, timezone.localdate()):
            document = shown.document
            found[pk, shown.row.changeset_id] = document and document.json
    return found


def given(client, shown):
    """Return what its address gives of a state that readers saw today."""
    row = shown.row
    day = timezone.localdate().isoformat()
    address = reverse("document_as_of", args=[row.departement.slug, row.slug, day])
    return client.get(address, {"v": row.changeset_id}).content


def test_what_was_seen_is_what_is_kept_and_given(admin_client, client):
    readers = Readers()

    def change(gate, number, words):
        before = Changeset.objects.latest("pk").pk
        through(gate, admin_client, number, words)
        assert Changeset.objects.filter(pk__gt=before).count() <= 1, gate.__name__
        readers.look()

    def compare():
        found = kept({pk for pk, _ in readers.seen})
        assert {key: found.get(key, "nothing") for key in readers.seen} == readers.seen
        for pk, _ in readers.seen:
            for shown in during(pk, timezone.localdate()):
                if (pk, shown.row.changeset_id) in readers.seen and shown.document:
                    assert given(client, shown) == shown.document.json
        # And nothing else was announced.
        first = min(changeset for _, changeset in readers.seen)
        assert {key for key in found if key[1] >= first} == readers.seen.keys()

    for number, gate in enumerate(GATES):
        change(gate, number, "Au guichet.")
    compare()

    @settings(max_examples=SERIES, phases=PHASES)
    @given_any(st.lists(CHANGES, min_size=2, max_size=8))
    def hold(changes):
        for what in changes:
            change(*what)
        compare()

    hold()
