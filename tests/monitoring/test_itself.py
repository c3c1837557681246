"""The watch says how it is: nothing of it fails in silence."""

from datetime import timedelta

import pytest
from django.utils import timezone

from prefectures.models import WatchedAddress, WatchedHost, WatchRun
from prefectures.monitoring.hosts import FAILURES_TOLD
from prefectures.monitoring.itself import PERIOD, condition

pytestmark = pytest.mark.django_db


def ended(fault="", **ago):
    at = timezone.now() - timedelta(**ago)
    return WatchRun.objects.create(started_at=at, ended_at=at, fault=fault)


def test_a_watch_that_never_ran_says_so():
    assert condition().fault.startswith("La surveillance n’a encore jamais tourné")


def test_a_run_that_ended_in_time_is_no_fault_and_the_next_is_foreseen():
    last = ended(minutes=50)
    found = condition()
    assert not found.is_silent
    assert (found.last, found.next_at) == (last, last.started_at + PERIOD)


def test_after_twice_the_period_it_is_silent():
    ended(hours=2, minutes=1)
    assert "ne tourne plus" in condition().fault


def test_a_run_that_was_killed_is_none_that_ended():
    ended(hours=3)
    WatchRun.objects.create(started_at=timezone.now() - timedelta(minutes=5))
    assert condition().is_silent


def test_what_kept_the_last_run_from_its_work_is_told():
    ended("Presque aucun des sites n’a répondu.", minutes=5)
    assert condition().fault == "Presque aucun des sites n’a répondu."


@pytest.mark.parametrize(("failures", "count"), [(FAILURES_TOLD, 1), (FAILURES_TOLD - 1, 0)])
def test_a_site_that_failed_often_is_told_as_long_as_a_sheet_leads_there(failures, count):
    WatchedHost.objects.create(host="a.fr", failures=failures, failing_since=timezone.now())
    address = WatchedAddress.objects.create(url="https://a.fr/x", host="a.fr")
    assert len(condition().failing) == count
    address.is_in_use = False
    address.save()
    assert condition().failing == []


def test_what_nobody_visited_for_three_days_is_overdue():
    now = timezone.now()
    for number, days in enumerate([1, 4]):
        WatchedAddress.objects.create(
            url=f"https://a.fr/{number}", host="a.fr", checked_at=now - timedelta(days=days)
        )
    WatchedAddress.objects.create(
        url="https://a.fr/jamais", host="a.fr", first_given_at=now - timedelta(days=4)
    )
    WatchedAddress.objects.create(url="https://a.fr/neuve", host="a.fr")
    found = condition()
    assert (found.watched, found.overdue) == (4, 2)


def test_it_takes_three_questions(django_assert_num_queries):
    with django_assert_num_queries(3):
        condition()
