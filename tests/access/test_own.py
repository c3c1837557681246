"""One's own access: every act asks for the password again."""

import pytest
from django.db import OperationalError
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from prefectures.access import second_step
from tests.conftest import ReadingClient

from .signing_in import PASSWORD, give_code, give_password, let_time_pass, noted, shown_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_factor")]
OWN, INDEX, PHONE = (reverse(f"admin:{name}") for name in ("access", "index", "access_phone"))


@pytest.fixture
def inside(client, phone):
    give_password(client)
    give_code(client, shown_by(phone))
    return client


def act(client, action, password=PASSWORD):
    return client.post(OWN, {"action": action, "password": password})


def test_the_page_says_what_there_is(inside, claire):
    second_step.new_codes_on_paper(claire)
    page = inside.get(OWN)
    assert "Il vous reste 10 codes de secours" in page.page.text
    assert "Vous n’êtes connecté·e nulle part ailleurs" in page.page.text


def test_without_codes_on_paper_it_says_so(inside):
    assert "Vous n’avez plus de code de secours" in inside.get(OWN).page.text


def test_new_codes_are_shown_once_to_who_gives_the_password(inside, claire):
    page = act(inside, "codes")
    assert len(page.context["codes"]) == 10
    assert page.context["codes"][0] not in inside.get(OWN).content.decode()


@pytest.mark.parametrize("action", ["codes", "phone"])
@pytest.mark.parametrize(
    ("password", "why"), [("", "pour dire que c’est vous"), ("faux", "pas votre")]
)
def test_without_the_password_nothing_happens(inside, claire, action, password, why):
    page = act(inside, action, password)
    assert page.status_code == 200
    assert why in page.page.text
    assert second_step.codes_left(claire) == 0
    assert inside.get(PHONE).url == OWN


def test_who_found_an_open_screen_does_not_guess_the_password(inside):
    for _ in range(5):
        act(inside, "codes", "faux")
    page = act(inside, "codes")
    assert page.status_code == 429
    assert "Trop d’essais ont échoué" in page.page.text


def test_another_phone_takes_the_place_of_the_one_before(inside, claire, phone):
    assert act(inside, "phone").url == PHONE
    shown = inside.get(PHONE)
    assert "<svg" in shown.content.decode()
    new = TOTPDevice.objects.get(confirmed=False)
    assert inside.post(PHONE, {"code": shown_by(new)}).url == OWN
    assert second_step.phone_of(claire) == new
    assert TOTPDevice.objects.count() == 1
    assert inside.get(INDEX).status_code == 200
    other = ReadingClient()
    give_password(other)
    assert give_code(other, shown_by(phone)).status_code == 200
    let_time_pass(new)
    assert give_code(other, shown_by(new)).status_code == 302


def test_until_the_new_phone_shows_a_code_the_old_one_serves(inside, claire, phone):
    act(inside, "phone")
    inside.get(PHONE)
    assert inside.post(PHONE, {"code": "000000"}).status_code == 200
    assert second_step.phone_of(claire) == phone


def test_the_page_of_another_phone_opens_after_the_password_alone(inside):
    assert inside.get(PHONE).url == OWN
    assert inside.post(PHONE, {"code": "000000"}).url == OWN


def test_one_ends_one_s_other_sessions_and_stays(inside, phone):
    let_time_pass(phone)
    other = ReadingClient()
    give_password(other)
    give_code(other, shown_by(phone))
    assert "1 autre connexion" in inside.get(OWN).page.text
    inside.post(OWN, {"action": "end"})
    assert other.get(INDEX).status_code == 302
    assert inside.get(INDEX).status_code == 200
    assert noted("ended") == [("ended", "claire", None, "sauf celle d’où cela a été demandé")]


def test_a_password_is_never_sent_back_in_a_page(inside, monkeypatch):
    def is_busy(*args):
        raise OperationalError("database is locked")

    monkeypatch.setattr("prefectures.access.lockout.AxesProxyHandler.is_allowed", is_busy)
    inside.raise_request_exception = False
    answer = act(inside, "codes")
    assert answer.status_code == 503
    assert PASSWORD not in answer.content.decode()


def test_what_no_button_sends_is_refused(inside):
    assert inside.post(OWN, {"action": "autre"}).status_code == 400


def test_a_new_password_asks_for_the_one_before_and_leaves_the_others_out(inside, claire, phone):
    let_time_pass(phone)
    other = ReadingClient()
    give_password(other)
    give_code(other, shown_by(phone))
    new = {"new_password1": "trois-petits-chats", "new_password2": "trois-petits-chats"}
    address = reverse("admin:password_change")
    assert inside.post(address, {"old_password": "faux", **new}).status_code == 200
    assert inside.post(address, {"old_password": PASSWORD, **new}).status_code == 302
    assert inside.get(INDEX).status_code == 200
    assert other.get(INDEX).status_code == 302
