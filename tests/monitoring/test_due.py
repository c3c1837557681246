"""Which addresses are visited next."""

from datetime import timedelta

import pytest
from django.utils import timezone

from prefectures.models import WatchedAddress, WatchedHost
from prefectures.monitoring.due import due
from prefectures.monitoring.visiting import MOST_IN_VAIN

pytestmark = pytest.mark.django_db


def address(url, host, hours_ago=None):
    at = None if hours_ago is None else timezone.now() - timedelta(hours=hours_ago)
    return WatchedAddress.objects.create(url=url, host=host, checked_at=at)


def test_what_was_never_visited_comes_before_what_was_longest_ago():
    later = address("https://a.fr/1", "a.fr", hours_ago=30)
    oldest = address("https://a.fr/2", "a.fr", hours_ago=90)
    never = address("https://a.fr/3", "a.fr")
    address("https://a.fr/4", "a.fr", hours_ago=3)
    assert due(timezone.now(), 9) == {"a.fr": [never, oldest, later]}
    assert due(timezone.now(), 2) == {"a.fr": [never, oldest]}


def test_a_site_that_does_not_answer_takes_nobody_s_place():
    WatchedHost.objects.create(host="mort.fr", failures=9)
    for number in range(20):
        address(f"https://mort.fr/{number}", "mort.fr", hours_ago=900)
    other = address("https://a.fr/1", "a.fr", hours_ago=30)
    found = due(timezone.now(), 10)
    assert len(found["mort.fr"]) == MOST_IN_VAIN
    assert found["a.fr"] == [other]
