"""The script that shows copies: small, asked for anew each time, and the same for everybody."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

pytestmark = pytest.mark.django_db

MOST_BYTES = 2048


@pytest.fixture
def answer(client):
    return client.get("/sw.js")


def test_it_is_at_the_root_which_lets_it_speak_for_any_page(answer):
    assert answer.status_code == 200
    assert reverse("service_worker") == "/sw.js"
    assert "Service-Worker-Allowed" not in answer


def test_it_is_a_script_that_browsers_ask_for_anew(answer):
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "no-cache"


def test_it_stays_small(answer):
    assert len(answer.content) <= MOST_BYTES


def test_it_is_sent_as_it_is_written(answer):
    assert answer.content == (settings.BASE_DIR / "templates/sw.js").read_bytes()


def test_it_does_nothing_when_it_comes(answer):
    script = answer.content.decode()
    assert script.count("addEventListener") == 1
    for word in ("install", "activate", "caches.open", ".put(", ".add", "skipWaiting", "claim"):
        assert word not in script.replace("addEventListener", "")


def test_the_policy_lets_pages_bring_it_and_it_reach_the_site_alone(client, answer):
    assert "worker-src 'self'" in client.get("/")["Content-Security-Policy"]
    assert "connect-src 'self'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("prefix", ["/en", "/ar"])
def test_it_has_no_language(client, prefix):
    assert client.get(f"{prefix}/sw.js").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/departements/46-lot/prefecture-de-cahors/",
        "/departements/46-lot/",
        "/departements/34-herault/",
        "/communes/34142-lodeve/",
        "/communes/69123-lyon/",
        "/ar/departements/34-herault/",
    ],
)
def test_pages_that_answer_offer_their_copy_once(client, path):
    page = client.get(path).content.decode()
    assert page.count('class="keeping" data-worker="/sw.js" hidden') == 1
    assert page.count('<template class="of-copy">') == 1


@pytest.mark.parametrize(
    "path",
    ["/", "/carte/", "/a-propos/", "/departements/46-lot/prefecture-de-cahors/au/{today}/"],
)
def test_other_pages_and_the_past_do_not(client, path):
    answer = client.get(path.format(today=timezone.localdate()), follow=True)
    assert answer.status_code == 200
    assert "data-worker" not in answer.content.decode()
