"""How long somebody stays in."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from prefectures.access import sessions

from .signing_in import give_password

pytestmark = pytest.mark.django_db
INDEX = reverse("admin:index")


@pytest.fixture
def inside(client, claire):
    give_password(client)
    return client


@pytest.fixture
def clock(monkeypatch):
    """Let the time of sessions pass."""

    def pass_(seconds):
        later = sessions.now() + seconds
        monkeypatch.setattr(sessions, "now", lambda: later)

    return pass_


def expiry(client):
    return Session.objects.get(pk=client.session.session_key).expire_date


def test_a_session_ends_two_hours_after_it_was_used_last(inside):
    left = expiry(inside) - timezone.now()
    assert timedelta(minutes=119) < left <= timedelta(hours=2)


def test_the_browser_forgets_it_when_it_is_closed(inside):
    assert inside.cookies["sessionid"]["max-age"] == ""


def test_using_it_keeps_it_open(inside, clock):
    row = Session.objects.get(pk=inside.session.session_key)
    row.expire_date = timezone.now() + timedelta(minutes=1)
    row.save()
    inside.get(INDEX)
    assert expiry(inside) < timezone.now() + timedelta(minutes=2)
    clock(301)
    inside.get(INDEX)
    assert expiry(inside) > timezone.now() + timedelta(minutes=119)


def test_a_session_that_nobody_used_is_over(inside):
    row = Session.objects.get(pk=inside.session.session_key)
    row.expire_date = timezone.now() - timedelta(seconds=1)
    row.save()
    assert inside.get(INDEX).status_code == 302


@pytest.mark.parametrize("hours", [12.01, -0.01], ids=["the next day", "by a clock that went back"])
def test_however_much_it_is_used_it_ends_within_half_a_day(inside, clock, hours):
    clock(int(hours * 3600))
    assert inside.get(INDEX).status_code == 302
    assert Session.objects.count() == 0


def test_a_session_of_before_goes_on(inside):
    session = inside.session
    del session["began"], session["kept"]
    session.save()
    assert inside.get(INDEX).status_code == 200


def test_those_left_behind_are_thrown_away_when_somebody_comes_in(client, claire):
    Session.objects.create(
        session_key="x" * 32, session_data="", expire_date=timezone.now() - timedelta(days=1)
    )
    give_password(client)
    assert Session.objects.count() == 1


def test_public_pages_ask_for_no_session(inside, django_assert_num_queries):
    inside.get(reverse("home"))
    assert inside.cookies["sessionid"]
    response = inside.get(reverse("home"))
    assert "Cookie" not in response.get("Vary", "")
