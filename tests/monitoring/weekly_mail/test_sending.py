"""To each by itself, noted once it left: what a refusal, a stop or a killed run leaves behind."""

import fcntl
from email import message_from_bytes, policy
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from prefectures.backups.refusing import RefusedError
from prefectures.models import WeeklyMail
from prefectures.monitoring.weekly_mail import stopping
from prefectures.monitoring.weekly_mail.addresses import stop_address
from prefectures.monitoring.weekly_mail.sending import LOCK, mail_to, send_all

from .conftest import fails_with, news_of, retitled, silent, waits

pytestmark = pytest.mark.django_db


def reached():
    return [address for sent in mail.outbox for address in sent.to]


@pytest.mark.usefixtures("something_to_do")
def test_each_gets_theirs_and_it_is_noted(writes):
    before = timezone.now()
    nadia, samir = writes(), writes("samir")
    assert send_all().sent == 2
    assert reached() == ["nadia@example.org", "samir@example.org"]
    assert stopping.last_sent_at(nadia) >= before
    assert stopping.last_sent_at(samir) >= before


@pytest.mark.usefixtures("something_to_do")
def test_whoever_sends_again_writes_to_nobody_twice(writes):
    writes()
    assert [send_all().sent, send_all().sent] == [1, 0]
    assert reached() == ["nadia@example.org"]


def test_nothing_to_do_no_mail(writes, has_to_say):
    nadia = writes()
    has_to_say(news_of())
    assert send_all().sent == 0
    assert mail.outbox == []
    assert stopping.last_sent_at(nadia) is None


def test_a_silent_watch_is_told_though_no_sheet_waits(writes, has_to_say):
    writes()
    has_to_say(news_of(watch=silent()))
    assert send_all().sent == 1
    assert mail.outbox[0].subject == (
        "[Guide des préfectures] La surveillance des liens ne tourne plus"
    )


@pytest.mark.usefixtures("something_to_do")
@pytest.mark.parametrize(
    "error",
    [
        SMTPRecipientsRefused({"nadia@example.org": (550, b"unknown")}),
        SMTPServerDisconnected("421"),
        TimeoutError("timed out"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_refused_mailbox_keeps_nobody_from_theirs(writes, meanwhile, error):
    nadia, _samir = writes(), writes("samir")
    meanwhile["nadia@example.org"] = fails_with(error)
    outcome = send_all()
    assert outcome.sent == 1
    assert outcome.refused == [(nadia, error)]
    assert stopping.last_sent_at(nadia) is None
    meanwhile.clear()
    assert send_all().sent == 1
    assert reached() == ["samir@example.org", "nadia@example.org"]


@pytest.mark.usefixtures("something_to_do")
def test_who_had_one_before_the_run_was_killed_gets_no_second(writes, meanwhile):
    writes()
    writes("samir")
    meanwhile["samir@example.org"] = fails_with(SystemExit())
    with pytest.raises(SystemExit):
        send_all()
    assert reached() == ["nadia@example.org"]
    meanwhile.clear()
    assert send_all().sent == 1
    assert reached() == ["nadia@example.org", "samir@example.org"]


@pytest.mark.usefixtures("something_to_do")
def test_who_stops_it_while_others_are_written_to_gets_none(writes, meanwhile):
    writes()
    samir = writes("samir")
    meanwhile["nadia@example.org"] = lambda: stopping.set_stopped(samir, True)
    assert send_all().sent == 1
    assert reached() == ["nadia@example.org"]
    assert WeeklyMail.objects.get(user=samir).is_stopped


@pytest.mark.usefixtures("something_to_do")
def test_of_two_runs_at_once_one_is_refused(writes, settings):
    writes()
    with open(settings.DATA_DIR / LOCK, "w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(RefusedError, match="déjà en train de partir"):
            send_all()
    assert mail.outbox == []
    assert send_all().sent == 1


@pytest.mark.usefixtures("something_to_do")
@pytest.mark.parametrize("name", ["EMAIL_HOST", "PUBLIC_ADDRESS"])
def test_a_site_that_sends_no_mail_or_has_no_address_says_what_to_set(writes, settings, name):
    writes()
    setattr(settings, name, "")
    with pytest.raises(RefusedError, match=f"{name} est vide"):
        send_all()
    assert mail.outbox == []


# --- What programs read of it -----------------------------------------------------------------


def read(message):
    return message_from_bytes(message.message().as_bytes(), policy=policy.default)


def test_a_mail_program_is_told_how_to_stop_it(writes, beziers):
    nadia = writes()
    sent = mail_to(nadia, news_of(waits(beziers))).message().as_bytes().decode()
    # A header may go on in a line that begins with a space; an address may not.
    headers = sent.partition("\n\n")[0].replace("\n ", "") + "\n"
    assert f"\nList-Unsubscribe: <{stop_address(nadia)}>\n" in headers
    assert "\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n" in headers


def test_it_says_that_a_program_wrote_it_and_from_which_site(writes, beziers):
    found = read(mail_to(writes(), news_of(waits(beziers))))
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["Message-ID"].endswith("@guide.example.org>")
    assert found.get_content_type() == "text/plain"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
    name=st.text(st.characters(exclude_categories=["Cs"]), max_size=150),
)
@example(title="Béziers\r\n\r\nBcc: tous@example.org", name="Nadia\r\nSubject: gagné")
def test_whatever_a_sheet_or_a_person_is_called_it_is_one_mail_with_one_subject(
    beziers, admin_user, title, name
):
    admin_user.first_name, admin_user.email = name, "claire@example.org"
    said = news_of(waits(retitled(beziers, title)))
    found = read(mail_to(admin_user, said))
    [subject] = found.get_all("Subject")
    assert subject.strip() == f"[Guide des préfectures] {said.subject}"
    assert found.get_all("To") == ["claire@example.org"]
    assert "Bcc" not in found
    assert not found.is_multipart()
    assert found.get_content() == said.text_for(admin_user)
