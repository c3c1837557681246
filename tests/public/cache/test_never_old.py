"""Whatever is changed, through any gate: what is served next is what would be made anew.

Two processes keep pages; after each change the pages that may show it are asked of both, and made
anew without either.
"""

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from prefectures.models import ContentVersion

from ...every_gate import CHANGES, GATES, draft, sheets, through
from ...size import AT_FULL_SIZE

pytestmark = pytest.mark.django_db(transaction=True)

SERIES = 150 if AT_FULL_SIZE else 3
PHASES = [phase for phase in Phase if AT_FULL_SIZE or phase is not Phase.shrink]


def addresses():
    yield from ("/", "/regions/occitanie/", "/departements/34-herault/", "/a-propos/")
    yield from ("/departements/83-var/", "/se-faire-aider/", "/glossaire/")
    yield from ("/changements/", "/departements/34-herault/changements.atom")
    for sheet in sheets():
        yield sheet.get_absolute_url()


@pytest.fixture
def change(site, neighbour, admin_client):
    """Return a function that passes a gate and compares; it tells whether the content moved."""
    was_there = set()

    def compare():
        was_there.update(addresses())
        for address in was_there:
            anew = site.made_anew(address)
            for process in (site, neighbour):
                served = process.get(address)
                assert (served.status, served.body) == (anew.status, anew.body), address

    def change(gate, number, words):
        before = ContentVersion.objects.get().stamp
        through(gate, admin_client, number, words)
        compare()
        return ContentVersion.objects.get().stamp != before

    compare()
    return change


def test_what_is_served_is_what_would_be_made_anew(change):
    reached = {gate for number, gate in enumerate(GATES) if change(gate, number, "Au guichet.")}
    # Nobody sees a draft.
    assert reached == {*GATES} - {draft}

    @settings(max_examples=SERIES, phases=PHASES)
    @given(st.lists(CHANGES, min_size=2, max_size=6))
    def hold(changes):
        for what in changes:
            change(*what)

    hold()
