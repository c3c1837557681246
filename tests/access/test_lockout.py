"""Wrong passwords: five, then that name is closed to whoever tried, for a quarter of an hour."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.conftest import ReadingClient

from .signing_in import PASSWORD, give_password, noted

pytestmark = pytest.mark.django_db
SOMEWHERE, ELSEWHERE = "203.0.113.7", "198.51.100.9"


def try_from(where, password="faux", username="claire", client=None, **headers):
    client = client or ReadingClient()
    sent = {"username": username, "password": password}
    return client.post(reverse("admin:login"), sent, REMOTE_ADDR=where, **headers)


def fail(times, where=SOMEWHERE, **how):
    for _ in range(times):
        answer = try_from(where, **how)
    return answer


def a_quarter_of_an_hour_later():
    for attempt in AccessAttempt.objects.all():
        attempt.attempt_time = timezone.now() - timedelta(minutes=15, seconds=1)
        attempt.save()


def test_two_hundred_wrong_passwords_at_full_speed_are_not_all_looked_at(claire):
    answers = [try_from(SOMEWHERE).status_code for _ in range(200)]
    assert answers == [200] * 4 + [429] * 196
    assert try_from(SOMEWHERE, PASSWORD).status_code == 429


def test_the_right_password_does_not_open_a_closed_name(client, claire):
    fail(5)
    answer = try_from(SOMEWHERE, PASSWORD, client=client)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) == 900
    assert "Trop d’essais ont échoué" in answer.page.text
    assert "demandez à une personne responsable" in answer.page.text
    assert client.get(reverse("admin:index")).status_code == 302


def test_time_opens_it_again(claire):
    fail(5)
    a_quarter_of_an_hour_later()
    assert try_from(SOMEWHERE, PASSWORD).status_code == 302


def test_trying_on_does_not_put_the_time_off(claire):
    fail(5)
    before = AccessAttempt.objects.get().attempt_time
    fail(3)
    assert AccessAttempt.objects.get().attempt_time == before


def test_its_owner_comes_in_from_elsewhere(claire):
    fail(5)
    assert try_from(ELSEWHERE, PASSWORD).status_code == 302


def test_another_name_from_the_same_place_is_open(claire, samir):
    fail(5)
    assert try_from(SOMEWHERE, PASSWORD, "samir").status_code == 302


def test_who_comes_in_begins_anew(claire):
    fail(4)
    assert try_from(SOMEWHERE, PASSWORD).status_code == 302
    fail(4)
    assert try_from(SOMEWHERE, PASSWORD).status_code == 302


def test_many_names_tried_from_one_place_close_it(claire):
    for number in range(50):
        try_from(SOMEWHERE, username=f"nom-{number}")
    assert try_from(SOMEWHERE, PASSWORD).status_code == 429
    assert try_from(ELSEWHERE, PASSWORD).status_code == 302


def test_whoever_has_an_ipv6_network_is_one_place(claire):
    for number in range(5):
        try_from(f"2001:db8:1:2::{number:x}")
    assert try_from("2001:db8:1:2:ffff::1", PASSWORD).status_code == 429
    assert try_from("2001:db8:1:3::1", PASSWORD).status_code == 302


def test_a_name_that_does_not_exist_is_closed_alike(claire):
    known, unknown = fail(5), fail(5, username="personne")
    assert known.status_code == unknown.status_code == 429
    assert known.context["form"].errors == unknown.context["form"].errors


def test_as_much_is_asked_of_the_database_whether_the_name_exists_or_not(claire):
    """Or the time that an answer takes would tell which names there are."""
    counts = {}
    for username in ("claire", "personne"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            fail(6, username=username, where=ELSEWHERE)
        counts[username] = len(asked)
    assert counts["claire"] == counts["personne"]


def test_a_password_is_digested_whether_the_name_exists_or_not(claire, monkeypatch):
    digested = []
    monkeypatch.setattr(
        "django.contrib.auth.hashers.MD5PasswordHasher.encode",
        lambda *args: digested.append(args) or "md5$x$y",
    )
    for username in ("claire", "personne"):
        digested.clear()
        try_from(SOMEWHERE, username=username)
        assert len(digested) == 1


def test_a_closed_name_is_noted_in_the_journal(claire):
    fail(7)
    assert noted("locked") == [("locked", "claire", None, "pour 15 minutes")]
    assert [kind for kind, *_ in noted("refused")] == ["refused"] * 7


# --- What is kept of it -----------------------------------------------------------------------


def test_nothing_of_who_tried_is_kept(claire):
    agent = {"HTTP_USER_AGENT": "Un navigateur", "HTTP_ACCEPT": "text/html"}
    fail(2, username="mot-de-passe-dans-le-mauvais-champ", **agent)
    for attempt in AccessAttempt.objects.values():
        kept = " ".join(map(str, attempt.values()))
        for secret in (SOMEWHERE, "mauvais-champ", "faux", "navigateur", "text/html", "login"):
            assert secret not in kept


def test_what_was_sent_with_it_is_not_kept(client, claire):
    sent = {"sign_in-username": "claire", "sign_in-password": "faux", "title": "Un titre"}
    client.post(reverse("admin:prefectures_procedure_add"), sent)
    assert "titre" not in str(list(AccessAttempt.objects.values()))


def test_old_attempts_leave_nothing(claire):
    fail(3, username="personne")
    a_quarter_of_an_hour_later()
    fail(1)
    assert AccessAttempt.objects.count() == 1


@pytest.mark.usefixtures("db")
def test_ten_thousand_names_leave_one_line_each_for_a_quarter_of_an_hour_only():
    for number in range(20):
        try_from(SOMEWHERE, username=f"nom-{number}", HTTP_USER_AGENT=f"agent {number}")
        try_from(SOMEWHERE, username=f"nom-{number}", HTTP_USER_AGENT=f"autre {number}")
    assert AccessAttempt.objects.count() == 20


# --- Behind a proxy ---------------------------------------------------------------------------


def test_behind_a_proxy_it_is_the_proxy_that_says_who_asks(claire, settings):
    settings.AXES_IPWARE_META_PRECEDENCE_ORDER = ("HTTP_X_REAL_IP", "REMOTE_ADDR")
    for _ in range(5):
        try_from("127.0.0.1", HTTP_X_REAL_IP=SOMEWHERE)
    closed = try_from("127.0.0.1", PASSWORD, HTTP_X_REAL_IP=SOMEWHERE)
    assert closed.status_code == 429
    assert try_from("127.0.0.1", PASSWORD, HTTP_X_REAL_IP=ELSEWHERE).status_code == 302


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED"])
def test_nobody_gets_new_attempts_by_saying_that_they_are_somebody_else(claire, header):
    for number in range(5):
        try_from(SOMEWHERE, **{header: f"192.0.2.{number}"})
    assert try_from(SOMEWHERE, PASSWORD, **{header: "192.0.2.99"}).status_code == 429


@pytest.mark.parametrize("value", ["", "n’importe quoi", "::ffff:192.0.2.1", "1.2.3.4, 5.6.7.8"])
def test_an_address_that_is_none_is_counted_too(claire, settings, value):
    settings.AXES_IPWARE_META_PRECEDENCE_ORDER = ("HTTP_X_REAL_IP", "REMOTE_ADDR")
    for _ in range(5):
        answer = try_from("127.0.0.1", HTTP_X_REAL_IP=value)
    assert answer.status_code == 429


def test_the_session_is_asked_for_nothing_by_a_wrong_password(client, claire):
    give_password(client, "faux")
    assert client.cookies.keys() == {"csrftoken"}
