"""What somebody in charge does about another person's access: noted, and told to its owner."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings as project
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from prefectures.access import links, lockout, second_step, sessions
from prefectures.models import changeset
from tests.conftest import ReadingClient

from .signing_in import PASSWORD, give_code, give_password, noted, phone_for, shown_by

pytestmark = pytest.mark.django_db
NEW = "des-chats-sur-le-toit"
SUBJECT = "[Guide des préfectures]"


def access(account):
    return reverse("admin:prefectures_user_access", args=[account.pk])


def act(client, account, action):
    return client.post(access(account), {"action": action}, follow=True)


def choose(client, link, password=NEW, again=None):
    """Follow ``link`` and choose ``password``."""
    page = client.get(link, follow=True)
    sent = {"new_password1": password, "new_password2": again or password}
    return client.post(page.redirect_chain[-1][0] if page.redirect_chain else link, sent)


@pytest.fixture
def mail_server(settings, samir):
    settings.EMAIL_HOST = "mail.example.org"
    with changeset("Son adresse"):
        samir.email = "samir@example.org"
        samir.save()


# --- A link to choose a password --------------------------------------------------------------


def test_without_mail_the_link_is_shown_once_to_be_handed_over(in_charge, samir):
    page = act(in_charge, samir, "link")
    link = page.context["link"]
    assert link.startswith("http://testserver/admin/mot-de-passe/")
    assert link in page.page.text
    assert link not in in_charge.get(access(samir)).content.decode()
    assert noted("link") == [("link", "nadia", "samir", "montré à l’écran")]
    assert mail.outbox == []


def test_the_link_leads_to_the_site_under_its_own_name(in_charge, samir, settings):
    settings.PUBLIC_ADDRESS = "https://guide.example.org"
    answer = in_charge.post(access(samir), {"action": "link"}, HTTP_HOST="elsewhere.example")
    assert answer.context["link"].startswith("https://guide.example.org/admin/mot-de-passe/")


def test_with_mail_the_link_goes_to_its_owner_alone(in_charge, samir, mail_server):
    page = act(in_charge, samir, "link")
    sent, told = mail.outbox
    assert sent.to == told.to == ["samir@example.org"]
    assert "http://testserver/admin/mot-de-passe/" in sent.body
    assert "/mot-de-passe/" not in page.content.decode()
    assert "nadia a préparé un lien" in told.body
    assert noted("link") == [("link", "nadia", "samir", "envoyé par courriel")]


def test_mail_that_does_not_leave_shows_the_link(in_charge, samir, mail_server, monkeypatch):
    def refuse(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("prefectures.access.telling.send_mail", refuse)
    assert "/mot-de-passe/" in act(in_charge, samir, "link").page.text


def test_its_owner_chooses_a_password_by_it_and_comes_in(client, samir):
    answer = choose(client, links.link_for(samir))
    assert answer.url == reverse("admin:login")
    assert "Votre mot de passe est enregistré" in client.get(answer.url).page.text
    assert give_password(ReadingClient(), NEW, "samir").status_code == 302
    assert noted("password") == [("password", "samir", None, "par un lien")]


def test_the_link_serves_once(client, samir):
    link = links.link_for(samir)
    choose(client, link)
    page = ReadingClient().get(link, follow=True)
    assert "Ce lien ne sert plus" in page.page.text
    assert "Demandez-en un autre à une personne responsable" in page.page.text
    assert choose(ReadingClient(), link, "un-autre-mot-de-passe").status_code == 200
    assert give_password(ReadingClient(), NEW, "samir").status_code == 302


def test_the_link_is_of_no_use_after_a_day(client, samir, monkeypatch):
    link = links.link_for(samir)
    later = datetime.now() + timedelta(days=1, seconds=5)
    monkeypatch.setattr(
        "django.contrib.auth.tokens.PasswordResetTokenGenerator._now", lambda self: later
    )
    assert "Ce lien ne sert plus" in client.get(link, follow=True).page.text


def test_the_link_is_of_no_use_once_its_owner_has_come_in(client, samir):
    link = links.link_for(samir)
    give_password(ReadingClient(), username="samir")
    assert "Ce lien ne sert plus" in client.get(link, follow=True).page.text


@pytest.mark.parametrize("name", ["is_active", "is_staff"])
def test_the_link_of_an_account_that_is_closed_is_of_no_use(client, samir, name):
    link = links.link_for(samir)
    with changeset("Départ de Samir"):
        setattr(samir, name, False)
        samir.save()
    assert "Ce lien ne sert plus" in client.get(link, follow=True).page.text


@pytest.mark.parametrize("name", ["is_active", "is_staff"])
def test_no_link_is_made_for_an_account_that_is_closed(in_charge, samir, name):
    with changeset("Départ de Samir"):
        setattr(samir, name, False)
        samir.save()
    assert "ouvrez-le d’abord" in act(in_charge, samir, "link").page.text
    assert noted("link") == []


@pytest.mark.parametrize("key", ["Mg", "x", "LTE", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5"])
def test_a_made_up_link_is_refused_in_a_sentence(client, samir, key):
    page = client.get(reverse("admin:choose_password", args=[key, "abc-0123456789"]))
    assert page.status_code == 200
    assert "Ce lien ne sert plus" in page.page.text


@pytest.mark.parametrize(
    ("password", "again", "why"),
    [
        ("123", "123", "trop court"),
        ("password", "password", "trop courant"),
        ("31415926535", "31415926535", "chiffres seuls"),
        ("samirsam", "samirsam", "ressemble"),
        (NEW, "autre-chose-encore", "ne sont pas les mêmes"),
    ],
)
def test_a_weak_password_is_refused_in_a_sentence(client, samir, password, again, why):
    answer = choose(client, links.link_for(samir), password, again)
    assert answer.status_code == 200
    assert why in answer.page.text
    samir.refresh_from_db()
    assert samir.check_password(PASSWORD)


def test_a_new_password_ends_what_was_open_with_the_old_one(client, samir):
    his = ReadingClient()
    give_password(his, username="samir")
    choose(client, links.link_for(samir))
    # The link that was made before he came in serves no more: another one does.
    samir.refresh_from_db()
    choose(client, links.link_for(samir), "un-autre-mot-de-passe")
    assert his.get(reverse("admin:index")).status_code == 302


def test_the_old_password_serves_until_another_one_is_chosen(in_charge, samir):
    act(in_charge, samir, "link")
    assert give_password(ReadingClient(), username="samir").status_code == 302


# --- A phone that was lost --------------------------------------------------------------------


def test_a_second_step_that_is_reset_is_set_up_anew(in_charge, samir, settings):
    phone_for(samir)
    second_step.new_codes_on_paper(samir)
    act(in_charge, samir, "second_step")
    assert second_step.phone_of(samir) is None
    assert second_step.codes_left(samir) == 0
    assert noted("codes_off") == [("codes_off", "nadia", "samir", "")]
    settings.TWO_FACTOR = True
    assert give_password(ReadingClient(), username="samir").url == reverse("admin:login_phone")


def test_who_was_in_with_the_lost_phone_is_out(in_charge, samir, settings):
    settings.TWO_FACTOR = True
    phone = phone_for(samir)
    his = ReadingClient()
    give_password(his, username="samir")
    give_code(his, shown_by(phone))
    assert his.get(reverse("admin:index")).status_code == 200
    settings.TWO_FACTOR = False
    act(in_charge, samir, "second_step")
    settings.TWO_FACTOR = True
    assert his.get(reverse("admin:index")).status_code == 302


# --- A name that is closed, sessions that are open --------------------------------------------


def test_the_person_in_charge_opens_a_closed_name(in_charge, samir):
    for _ in range(5):
        give_password(ReadingClient(), "faux", "samir")
    assert lockout.closed_until(samir) > timezone.now()
    assert "Lever le blocage" in in_charge.get(access(samir)).page.text
    act(in_charge, samir, "unlock")
    assert lockout.closed_until(samir) is None
    assert give_password(ReadingClient(), username="samir").status_code == 302
    assert noted("unlocked") == [("unlocked", "nadia", "samir", "")]


def test_the_person_in_charge_ends_the_sessions_of_another_and_of_nobody_else(in_charge, samir):
    his = ReadingClient()
    give_password(his, username="samir")
    act(in_charge, samir, "end")
    assert his.get(reverse("admin:index")).status_code == 302
    assert in_charge.get(reverse("admin:index")).status_code == 200
    assert sessions.sessions_of(samir) == []
    assert noted("ended") == [("ended", "nadia", "samir", "")]


# --- Who may, and who is told -----------------------------------------------------------------


@pytest.mark.parametrize("action", ["", "autre", "link2"])
def test_what_no_button_sends_is_refused(in_charge, samir, action):
    assert in_charge.post(access(samir), {"action": action}).status_code == 400


def test_one_s_own_access_has_a_page_of_its_own(in_charge, nadia):
    for answer in (in_charge.get(access(nadia)), in_charge.post(access(nadia), {"action": "link"})):
        assert answer.url == reverse("admin:access")
    assert noted("link") == []


def test_an_account_that_is_not_there_has_no_access(in_charge):
    address = reverse("admin:prefectures_user_access", args=["999999"])
    assert in_charge.get(address).status_code == 404
    assert in_charge.get(address.replace("999999", "n%00n")).status_code in (400, 404)


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("link", "a préparé un lien pour choisir un nouveau mot de passe"),
        ("second_step", "a remis à zéro votre double authentification"),
        ("unlock", "a levé le blocage"),
        ("end", "a terminé toutes vos connexions"),
    ],
)
def test_its_owner_is_told_by_mail_and_on_coming_in(in_charge, samir, mail_server, action, words):
    give_password(ReadingClient(), username="samir")
    act(in_charge, samir, action)
    told = mail.outbox[-1]
    assert told.subject.startswith(SUBJECT)
    assert words in told.body
    assert "Si vous ne l’avez pas demandé" in told.body
    assert "Gisti" in told.body
    his = ReadingClient()
    page = his.get(give_password(his, username="samir").url)
    assert words in page.page.text
    assert words in his.get(reverse("admin:access")).page.text
    # Once is enough.
    again = ReadingClient()
    assert words not in again.get(give_password(again, username="samir").url).page.text


def test_the_last_sign_in_and_what_was_refused_since_are_told(client, samir):
    give_password(ReadingClient(), username="samir")
    for _ in range(2):
        give_password(ReadingClient(), "faux", "samir")
    page = client.get(give_password(client, username="samir").url)
    today = timezone.localdate()
    assert f"Dernière connexion à votre compte : {today.day} " in page.page.text
    assert "2 essais ont été refusés sous votre nom depuis." in page.page.text


def test_the_journal_tells_it_under_both_names(in_charge, samir, nadia):
    act(in_charge, samir, "second_step")
    for query in (f"personne={nadia.pk}", "objet=user&cle=samir", "nature=remise-a-zero"):
        page = in_charge.get(f"/admin/journal/?{query}")
        assert "double authentification remise à zéro" in page.page.text
        assert "compte « samir »" in page.page.text.replace("\xa0", " ")


def test_mail_is_sent_in_clear_to_no_server_but_the_one_that_is_set():
    assert project.EMAIL_HOST == ""
