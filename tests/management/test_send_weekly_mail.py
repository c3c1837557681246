"""What the command says, and to which end it comes."""

from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from prefectures.models import WeeklyMail

from ..monitoring.weekly_mail.conftest import (  # noqa: F401  the same site, the same people
    _online,
    fails_with,
    has_to_say,
    meanwhile,
    news_of,
    something_to_do,
    writes,
)

pytestmark = pytest.mark.django_db


def said(*arguments):
    out = StringIO()
    call_command("send_weekly_mail", *arguments, stdout=out, stderr=out)
    return out.getvalue().replace("\u00a0", " ")


@pytest.mark.usefixtures("something_to_do")
def test_it_counts_those_that_left(writes):  # noqa: F811
    writes()
    assert said() == "Courriers partis : 1.\n"
    assert said() == "Courriers partis : 0.\n"
    assert len(mail.outbox) == 1


@pytest.mark.usefixtures("something_to_do")
def test_those_that_were_refused_are_named_and_counted_with_exit_1(writes, meanwhile):  # noqa: F811
    writes()
    writes("samir")
    meanwhile["nadia@example.org"] = fails_with(TimeoutError("pas de réponse"))
    out = StringIO()
    with pytest.raises(CommandError, match=r"n’ont pas pu partir.: 1\.") as refused:
        call_command("send_weekly_mail", stdout=out, stderr=out)
    assert refused.value.returncode == 1
    assert "Courriers partis\u00a0: 1.\nÀ nadia\u00a0: pas de réponse\n" in out.getvalue()


def test_without_a_mail_server_it_says_what_to_set(settings):
    settings.EMAIL_HOST = ""
    with pytest.raises(CommandError, match="EMAIL_HOST est vide"):
        said()


@pytest.mark.usefixtures("something_to_do")
def test_a_dry_run_shows_to_whom_and_what_and_does_nothing(writes, settings):  # noqa: F811
    settings.EMAIL_HOST = ""
    writes()
    writes("samir")
    writes("rim", group="Lecture")
    told = said("--dry-run")
    assert "- nadia <nadia@example.org>\n- samir <samir@example.org>\n\nObjet : 1 fiche" in told
    assert "Hérault (34) — Sous-préfecture de Béziers" in told
    assert "rim" not in told
    assert mail.outbox == []
    assert not WeeklyMail.objects.exists()


def test_a_dry_run_says_that_there_is_nothing_to_say(writes, has_to_say):  # noqa: F811
    writes()
    has_to_say(news_of())
    assert "aucun courrier ne partirait" in said("--dry-run")


@pytest.mark.usefixtures("something_to_do")
def test_a_dry_run_says_that_nobody_waits_for_one(db):
    assert said("--dry-run") == "Courriers qui partiraient : 0.\n"
