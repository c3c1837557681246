"""Stopping the weekly mail: by the address at its end without signing in, and in one's access."""

import pytest
from django.urls import reverse

from prefectures.models import JournalEntry, WeeklyMail
from prefectures.monitoring.weekly_mail import stopping
from tests.conftest import ReadingClient
from tests.test_roles import member

pytestmark = pytest.mark.django_db
OWN = reverse("admin:access")


@pytest.fixture
def address(samir):
    return reverse("admin:weekly_mail", args=[stopping.token_for(samir)])


@pytest.fixture
def stranger():
    """Somebody, or a program, that has no cookie of ours: one that asks for tokens as online."""
    return ReadingClient(enforce_csrf_checks=True)


def test_who_only_follows_the_address_stops_nothing(stranger, address, samir):
    for method in (stranger.get, stranger.head, stranger.options):
        assert method(address).status_code == 200
    assert not WeeklyMail.objects.exists()
    assert "Ne plus le recevoir" in stranger.get(address).content.decode()


def test_its_button_stops_it_and_another_takes_it_up_again(stranger, address, samir):
    page = stranger.post(address, {"stop": "yes"})
    assert "C’est arrêté" in page.page.text
    assert stopping.is_stopped(samir)
    assert "Le recevoir à nouveau" in stranger.get(address).content.decode()
    page = stranger.post(address, {"again": "yes"})
    assert "C’est repris" in page.page.text
    assert not stopping.is_stopped(samir)


@pytest.mark.parametrize("format", ["multipart", "form"])
def test_a_mail_program_stops_it_by_one_line_without_a_redirect(stranger, address, samir, format):
    if format == "multipart":
        answer = stranger.post(address, {"List-Unsubscribe": "One-Click"})
    else:
        kind = "application/x-www-form-urlencoded"
        answer = stranger.post(address, "List-Unsubscribe=One-Click", content_type=kind)
    assert answer.status_code == 200
    assert stopping.is_stopped(samir)


def test_it_is_stopped_once_however_often_it_is_asked(stranger, address, samir):
    for _ in range(3):
        assert stranger.post(address).status_code == 200
    assert WeeklyMail.objects.get().is_stopped


def test_stopping_one_s_own_stops_nobody_else_s(stranger, address, samir, nadia):
    stranger.post(address)
    assert not stopping.is_stopped(nadia)


def test_a_wrong_token_is_a_page_in_french_that_tells_nothing_of_accounts(stranger, samir):
    pages = set()
    for key in (samir.pk, 10**9):
        wrong = reverse("admin:weekly_mail", args=[f"{key}.{'x' * 43}"])
        for method in (stranger.get, stranger.post):
            answer = method(wrong)
            assert answer.status_code == 404
            pages.add(answer.page.text)
    [text] = pages
    assert "Ce lien ne sert pas" in text
    assert "samir" not in text
    assert not WeeklyMail.objects.exists()


def test_the_page_names_nobody(stranger, address):
    assert "samir" not in stranger.get(address).page.text


def test_no_answer_of_it_is_kept_or_found(stranger, address):
    wrong = reverse("admin:weekly_mail", args=["x"])
    for answer in (stranger.get(address), stranger.post(address), stranger.get(wrong)):
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex"
        assert not answer.cookies


def test_the_token_opens_nothing_else(stranger, address):
    stranger.get(address)
    assert stranger.get(OWN).status_code == 302


# --- In one's own access ----------------------------------------------------------------------


@pytest.fixture
def inside(samir):
    client = ReadingClient()
    client.force_login(samir)
    return client


def is_ticked(client):
    return 'id="id_is_wanted" checked' in client.get(OWN).content.decode()


def test_it_is_ticked_until_one_says_otherwise(inside, samir):
    assert is_ticked(inside)
    page = inside.post(OWN, {"action": "mail"}, follow=True)
    assert "Vous ne recevrez plus le courrier de la semaine" in page.page.text
    assert stopping.is_stopped(samir)
    assert not is_ticked(inside)
    page = inside.post(OWN, {"action": "mail", "is_wanted": "on"}, follow=True)
    assert "Vous recevrez le courrier de la semaine" in page.page.text
    assert not stopping.is_stopped(samir)
    assert is_ticked(inside)


def test_the_page_says_when_the_last_one_left(inside, samir):
    assert "Aucun n’est encore parti" in inside.get(OWN).page.text
    WeeklyMail.objects.create(user=samir, sent_at="2026-11-23T06:31:00Z")
    assert "Le dernier est parti le 23 novembre 2026" in inside.get(OWN).page.text


def test_who_has_no_address_is_told_who_can_give_one(inside):
    assert "Votre compte n’a pas d’adresse de courriel" in inside.get(OWN).page.text


def test_who_may_only_look_is_asked_nothing(db):
    client = ReadingClient()
    client.force_login(member("Lecture", "rim"))
    assert "Courrier de la semaine" not in client.get(OWN).page.text


def test_it_is_nobody_else_s_business(inside, samir):
    before = JournalEntry.objects.count()
    inside.post(OWN, {"action": "mail"})
    assert JournalEntry.objects.count() == before
