import pytest
from django.core.signing import Signer

from prefectures.models import WeeklyMail
from prefectures.monitoring.weekly_mail import stopping

pytestmark = pytest.mark.django_db


def test_a_token_is_that_of_its_account_and_of_no_other(writes):
    nadia, samir = writes(), writes("samir")
    assert stopping.account_of(stopping.token_for(nadia)) == nadia
    assert stopping.token_for(nadia) != stopping.token_for(samir)


def test_a_token_for_one_account_does_not_serve_for_another(writes):
    nadia, samir = writes(), writes("samir")
    key, sign = stopping.token_for(nadia).split(".")
    assert key == str(nadia.pk)
    assert stopping.account_of(f"{samir.pk}.{sign}") is None


def test_a_token_of_an_earlier_secret_key_is_nobody_s(writes, settings):
    token = stopping.token_for(writes())
    settings.SECRET_KEY = "une-autre-clé-tirée-au-sort" * 2
    assert stopping.account_of(token) is None


def test_what_is_signed_for_something_else_is_no_token(writes):
    assert stopping.account_of(Signer(sep=".").sign(writes().pk)) is None


@pytest.mark.parametrize("token", ["", ".", "1", "1.", "\0", "é", "x" * 3000])
def test_what_is_no_token_is_nobody_s(token):
    assert stopping.account_of(token) is None


def test_a_token_is_made_of_signs_that_no_mail_program_breaks(writes):
    assert stopping.token_for(writes()).replace(".", "").replace("_", "").replace("-", "").isalnum()


def test_stopping_keeps_when_the_last_one_left(writes):
    nadia = writes()
    assert not stopping.is_stopped(nadia)
    assert stopping.last_sent_at(nadia) is None
    row = WeeklyMail.objects.create(user=nadia, sent_at="2026-11-23T06:30:00Z")
    stopping.set_stopped(nadia, True)
    assert stopping.is_stopped(nadia)
    stopping.set_stopped(nadia, False)
    assert not stopping.is_stopped(nadia)
    row.refresh_from_db()
    assert stopping.last_sent_at(nadia) == row.sent_at
