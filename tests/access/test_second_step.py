"""After the password comes a code: of a phone, or on paper."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from prefectures.access import second_step
from prefectures.models import JournalEntry, changeset
from tests.conftest import ReadingClient

from .signing_in import (
    PASSWORD,
    give_code,
    give_password,
    let_time_pass,
    noted,
    phone_for,
    shown_by,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_factor")]
INDEX, CODE, PHONE = (reverse(f"admin:{name}") for name in ("index", "login_code", "login_phone"))


def set_up(client, following=""):
    """Sign in for the first time; return the page of the codes on paper."""
    answer = give_password(client, next=following)
    assert answer.url.startswith(PHONE)
    client.get(answer.url)
    device = TOTPDevice.objects.get(confirmed=False)
    return client.post(PHONE, {"code": shown_by(device), "next": following})


# --- The first time ---------------------------------------------------------------------------


def test_the_first_time_a_phone_is_set_up_before_anything_is_seen(client, claire):
    assert give_password(client).url == PHONE
    assert client.get(INDEX).status_code == 302
    shown = client.get(PHONE)
    assert "<svg" in shown.content.decode()
    assert second_step.secret_in_words(TOTPDevice.objects.get()) in shown.page.text
    assert TOTPDevice.objects.get().config_url.startswith("otpauth://totp/")


def test_the_page_read_again_shows_the_same_square(client, claire):
    give_password(client)
    assert client.get(PHONE).context["secret"] == client.get(PHONE).context["secret"]


def test_the_code_of_the_phone_lets_in_and_gives_codes_on_paper_once(client, claire):
    page = set_up(client, following="/admin/prefectures/ground/")
    assert len(set(page.context["codes"])) == 10
    assert 'href="/admin/prefectures/ground/"' in page.content.decode()
    assert client.get(INDEX).status_code == 200
    assert noted("codes_on", "recovery") == [
        ("codes_on", "claire", None, ""),
        ("recovery", "claire", None, "refaits ; les anciens ne servent plus"),
    ]


def test_codes_on_paper_are_kept_as_nobody_can_read_them(client, claire):
    codes = set_up(client).context["codes"]
    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert len(kept) == 10
    assert not kept & {code.replace("-", "") for code in codes}


def test_a_wrong_code_sets_up_nothing(client, claire):
    give_password(client)
    client.get(PHONE)
    answer = client.post(PHONE, {"code": "000000"})
    assert "Ce n’est pas le code que le téléphone devrait montrer" in answer.page.text
    assert second_step.phone_of(claire) is None
    assert client.get(INDEX).status_code == 302


def test_who_has_the_password_alone_puts_no_other_phone_in_its_place(client, claire, phone):
    give_password(client)
    assert client.get(PHONE).url == CODE
    assert client.post(PHONE, {"code": "123456"}).url == CODE
    assert TOTPDevice.objects.get() == phone


# --- Each time --------------------------------------------------------------------------------


def test_the_password_alone_opens_nothing(client, claire, phone):
    assert give_password(client).url == CODE
    assert client.get(INDEX).status_code == 302
    assert "_auth_user_id" not in client.session


def test_password_and_code_lead_where_one_wanted_to_go(client, claire, phone):
    answer = give_password(client, next="/admin/prefectures/ground/")
    page = client.get(answer.url)
    assert page.context["next"] == "/admin/prefectures/ground/"
    answer = give_code(client, shown_by(phone), next="/admin/prefectures/ground/")
    assert answer.url == "/admin/prefectures/ground/"
    assert client.get(INDEX).status_code == 200
    assert noted() == [("signed_in", "claire", None, "")]


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:1"])
def test_a_code_leads_to_no_other_site(client, claire, phone, elsewhere):
    give_password(client, next=elsewhere)
    assert give_code(client, shown_by(phone), next=elsewhere).url == INDEX


def test_a_code_serves_once(client, claire, phone):
    code = shown_by(phone)
    give_password(client)
    give_code(client, code)
    other = ReadingClient()
    give_password(other)
    assert "il a déjà servi" in give_code(other, code).page.text
    assert other.get(INDEX).status_code == 302


def test_a_code_may_be_typed_as_people_write_it(client, claire, phone):
    code = shown_by(phone)
    give_password(client)
    assert give_code(client, f" {code[:3]} {code[3:]} ").status_code == 302


@pytest.mark.parametrize(
    "code", ["", "12345", "1234567", "abcdef", "x" * 30, "\0", "１２３４５６", "²²²²²²"], ids=repr
)
def test_what_is_no_code_is_refused_in_a_sentence(client, claire, phone, code):
    give_password(client)
    answer = give_code(client, code)
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_after_wrong_codes_one_has_to_wait_and_is_told_how_long(client, claire, phone):
    give_password(client)
    give_code(client, "000000")
    let_wait = give_code(client, shown_by(phone))
    assert "Trop de codes faux à la suite : attendez une seconde" in let_wait.page.text
    let_time_pass(phone)
    assert give_code(client, shown_by(phone)).status_code == 302


def test_wrong_codes_close_the_name_like_wrong_passwords(client, claire, phone):
    give_password(client)
    for _ in range(5):
        let_time_pass(phone)
        answer = give_code(client, "000000")
    assert answer.status_code == 429
    let_time_pass(phone)
    answer = give_code(client, shown_by(phone))
    assert answer.status_code == 429
    assert "Trop d’essais ont échoué" in answer.page.text
    assert give_password(ReadingClient()).status_code == 429


def test_the_code_of_somebody_else_is_of_no_use(client, claire, phone, samir):
    his = phone_for(samir)
    give_password(client)
    assert give_code(client, shown_by(his)).status_code == 200


def test_without_the_password_there_is_no_page_for_the_code(client, claire, phone):
    for page in (CODE, PHONE):
        assert client.get(page).url == reverse("admin:login")
        assert client.post(page, {"code": shown_by(phone)}).url == reverse("admin:login")
    assert not Session.objects.exists()


def test_the_password_counts_for_ten_minutes(client, claire, phone, monkeypatch):
    give_password(client)
    later = client.session["halfway"]["until"] + 1
    monkeypatch.setattr("prefectures.access.sessions.now", lambda: later)
    answer = give_code(client, shown_by(phone))
    assert answer.url == reverse("admin:login")
    assert "Trop de temps est passé" in client.get(answer.url).page.text


def test_a_password_that_was_changed_meanwhile_counts_no_more(client, claire, phone):
    give_password(client)
    claire.set_password("un-autre-mot-de-passe")
    claire.save(update_fields=["password"])
    assert give_code(client, shown_by(phone)).url == reverse("admin:login")


@pytest.mark.parametrize("name", ["is_active", "is_staff"])
def test_an_account_that_was_closed_meanwhile_does_not_come_in(client, samir, name):
    his = phone_for(samir)
    give_password(client, username="samir")
    with changeset("Départ de Samir"):
        setattr(samir, name, False)
        samir.save()
    assert give_code(client, shown_by(his)).url == reverse("admin:login")


# --- On paper ---------------------------------------------------------------------------------


def test_a_code_on_paper_opens_once(client, claire, phone):
    code, *_ = second_step.new_codes_on_paper(claire)
    give_password(client)
    assert "code de secours" in client.get(f"{CODE}?secours").page.text
    assert give_code(client, code.upper()).status_code == 302
    assert noted("recovery")[-1][3] == "un code utilisé ; il en reste 9"
    other = ReadingClient()
    give_password(other)
    assert give_code(other, code).status_code == 200


def test_codes_given_before_open_nothing_any_more(client, claire, phone):
    code, *_ = second_step.new_codes_on_paper(claire)
    second_step.new_codes_on_paper(claire)
    give_password(client)
    assert give_code(client, code).status_code == 200


def test_the_digest_of_a_code_is_no_code(client, claire, phone):
    second_step.new_codes_on_paper(claire)
    give_password(client)
    assert give_code(client, StaticToken.objects.first().token).status_code == 200


# --- Both at once, on the way -----------------------------------------------------------------


@pytest.fixture
def on_the_way(client, claire, phone):
    """Send what somebody typed in a session that has ended."""

    def send(**sent):
        sign_in = {"sign_in-username": "claire", "sign_in-password": PASSWORD}
        data = {"name": "Études", **sign_in, **sent}
        return client.post(reverse("admin:prefectures_ground_add"), data)

    return send


def test_who_signs_in_on_the_way_gives_the_code_too(on_the_way, client, phone):
    asked = on_the_way()
    assert asked.status_code == 403
    assert "sign_in-code" in asked.content.decode()
    assert ("name", "Études") in asked.context["fields"]
    answer = on_the_way(**{"sign_in-code": shown_by(phone)})
    assert answer.status_code == 200
    assert client.get(INDEX).status_code == 200


def test_a_wrong_code_on_the_way_loses_nothing(on_the_way, client):
    answer = on_the_way(**{"sign_in-code": "000000"})
    assert answer.status_code == 403
    assert ("name", "Études") in answer.context["fields"]
    assert "000000" not in answer.content.decode()
    assert client.get(INDEX).status_code == 302


def test_a_name_that_is_closed_on_the_way_loses_nothing(on_the_way):
    for _ in range(5):
        answer = on_the_way(**{"sign_in-password": "faux"})
    assert answer.status_code == 429
    assert "Trop d’essais ont échoué" in answer.page.text
    assert ("name", "Études") in answer.context["fields"]


# --- In development ---------------------------------------------------------------------------


def test_in_development_the_password_is_enough(client, claire, settings):
    settings.TWO_FACTOR = False
    assert give_password(client).url == INDEX
    assert client.get(INDEX).status_code == 200
    assert JournalEntry.objects.filter(kind="signed_in").count() == 1
