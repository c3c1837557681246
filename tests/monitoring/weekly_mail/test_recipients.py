"""To whom the mail goes, and to whom it does not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from prefectures.models import WeeklyMail, changeset
from prefectures.monitoring.weekly_mail.recipients import due, may_get
from prefectures.roles import LECTURE, REDACTION, RESPONSABLE

from .conftest import without_rights

pytestmark = pytest.mark.django_db


def names(now=None):
    return [account.username for account in due(now or timezone.now())]


@pytest.mark.parametrize("group", [REDACTION, RESPONSABLE])
def test_who_may_change_sheets_gets_it(writes, group):
    assert may_get(writes(group=group))
    assert names() == ["nadia"]


def test_a_superuser_gets_it(admin_user):
    with changeset("Son adresse"):
        admin_user.email = "claire@example.org"
        admin_user.save()
    assert names() == ["claire"]


def test_who_may_only_look_gets_none(writes):
    assert not may_get(writes(group=LECTURE))
    assert names() == []


def test_who_lost_the_right_gets_none(writes):
    without_rights(writes())
    assert names() == []


@pytest.mark.parametrize(
    "fields", [{"email": ""}, {"is_active": False}, {"is_staff": False}], ids=str
)
def test_who_left_does_not_come_in_or_has_no_address_gets_none(writes, fields):
    writes(**fields)
    assert names() == []


def test_who_stopped_it_gets_none(writes):
    WeeklyMail.objects.create(user=writes(), is_stopped=True)
    assert names() == []


@pytest.mark.parametrize(
    ("ago", "is_due"),
    [
        (timedelta(0), False),
        (timedelta(days=6, hours=11), False),
        (timedelta(days=6, hours=13), True),
        (timedelta(days=7), True),
    ],
    ids=str,
)
def test_nobody_gets_two_in_a_week_though_the_timer_may_be_early(writes, ago, is_due):
    now = timezone.now()
    WeeklyMail.objects.create(user=writes(), sent_at=now - ago)
    assert names(now) == ["nadia"] * is_due


def test_all_are_found_by_one_question(writes, django_assert_num_queries):
    for name in ("nadia", "samir", "rim"):
        writes(name)
    with django_assert_num_queries(1):
        assert names() == ["nadia", "samir", "rim"]
