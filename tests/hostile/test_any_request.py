"""Whatever is sent, to whichever address: an answer, never an error of ours, and nothing that runs.

The suite sends some hundreds of requests; ``benchmarks/full_size.py`` ten thousand.
"""

import random
import re
import traceback
from collections import Counter

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import got_request_exception
from django.test import Client

from aes_cms.bodies import WholeBodies
from aes_cms.headers import SafeHeaders
from aes_cms.wsgi import MOST_BYTES_SENT
from prefectures.models import Ground
from prefectures.public.cache import KeptPages, MakingHandler
from prefectures.public.urls import speaking_to_programs, urlpatterns

from ..admin import test_roles_matrix as matrix
from ..public.cache.asking import Answer
from ..seed import SEED
from ..served import session_of
from ..size import AT_FULL_SIZE
from .executed import made_by
from .requests import Drawing, fields_of

pytestmark = pytest.mark.django_db(transaction=True)
REQUESTS = 10_000 if AT_FULL_SIZE else 600
# How often who is signed in signs in anew: some of what is sent ends the session.
SIGNED_IN_FOR = 20

PUBLIC = {
    "slug": "34-herault",
    "departement": "34-herault",
    "day": "2026-11-29",
    "region": "occitanie",
    "initial": "l",
    "file": "fiches.json",
    "sheet": "sous-prefecture-de-beziers",
}


def public_addresses():
    for pattern in [*urlpatterns, *speaking_to_programs]:
        route = str(pattern.pattern)
        values = PUBLIC | ({"slug": PUBLIC["sheet"]} if "<slug:departement>" in route else {})
        yield "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found, at=values: at[found[1]], route)


@pytest.fixture
def admin_addresses(transactional_db, monkeypatch):
    made = {"prefectures/ground": Ground.objects.first()}
    for owner, make in matrix.EXAMPLES.items():
        monkeypatch.setitem(
            matrix.EXAMPLES,
            owner,
            lambda owner=owner, make=make: made.get(owner) or made.setdefault(owner, make()),
        )
    return [matrix.address(route) for name, route in matrix.ADDRESSES.items() if name != "logout"]


@pytest.fixture
def site():
    """The site as the server calls it, in this process."""
    pages = KeptPages(
        WholeBodies(WSGIHandler(), at_once=4, most_bytes=MOST_BYTES_SENT, address="/admin/"),
        making=MakingHandler(),
        most_bytes=2**24,
    )
    yield SafeHeaders(pages)
    pages.now.close()


def answered(site, drawn):
    said = []
    chunks = site(
        {
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.errors": None,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            **drawn.environ,
        },
        lambda *args: said.extend(args[:2]),
    )
    body = b"".join(chunks)
    if hasattr(chunks, "close"):
        chunks.close()
    return Answer(*said, body)


def leads_away(answer):
    """Whether the answer sends a browser to another site."""
    there = answer.headers.get("Location", "")
    return bool(re.match(r"(?:https?:)?[/\\]{2}(?!guide\.example)|[a-z]+:(?!//)", there, re.I))


def faults_of(answer, is_packed):
    if answer.status >= 500:
        return [f"{answer.status}"]
    found = [] if is_packed else made_by(answer.headers, answer.body)
    return found + (["it leads away"] if leads_away(answer) else [])


def test_whatever_is_sent_is_answered_and_runs_nothing(site, admin_addresses, admin_user):
    print(f"seed {SEED}")
    client = Client()
    client.force_login(admin_user)
    shown = {address: client.get(address) for address in admin_addresses}
    forms = {
        address: fields_of(page.content.decode())
        for address, page in shown.items()
        if page.status_code == 200 and b'method="post"' in page.content
    }
    assert len(forms) > 30
    raised = []
    got_request_exception.connect(
        lambda **kwargs: raised.append(traceback.format_exc()), weak=False, dispatch_uid="hostile"
    )
    drawing = Drawing(random.Random(SEED), list(public_addresses()), admin_addresses, forms)
    wrong, statuses, session = [], Counter(), None
    try:
        for number in range(REQUESTS):
            if number % SIGNED_IN_FOR == 0:
                session = session_of(admin_user)
            is_public = number % 2
            drawn = drawing.for_readers() if is_public else drawing.for_editors(session)
            raised.clear()
            answer = answered(site, drawn)
            statuses["readers" if is_public else "editors", answer.status] += 1
            is_packed = "Content-Encoding" in answer.headers
            if found := faults_of(answer, is_packed):
                wrong.append((found, str(drawn), *raised))
    finally:
        got_request_exception.disconnect(dispatch_uid="hostile")
    print(f"{REQUESTS} requests: {dict(sorted(statuses.items()))}, {len(wrong)} wrong")
    assert not wrong, "\n\n".join("\n".join(map(str, each)) for each in wrong[:5])
