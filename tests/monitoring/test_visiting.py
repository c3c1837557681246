"""Several sites at once, each one page at a time, with a pause; none after the end."""

from itertools import pairwise
from threading import Lock
from time import monotonic, sleep
from types import SimpleNamespace

import pytest

from prefectures.monitoring.visiting import MOST_IN_VAIN, Visits


def pages(host, count):
    return [SimpleNamespace(url=f"http://{host}/{number}", host=host) for number in range(count)]


def answered(**told):
    return SimpleNamespace(**{"status": 200, "retry_after": None, **told})


def visited(by_host, ask, at_once=8, pause=0, seconds=60):
    visits = Visits(by_host, ask, at_once=at_once, pause=pause, seconds=seconds)
    return [address.url for address, _ in visits.answers()]


class Site:
    """Counts how many of its pages, and of all pages, are asked for at the same time."""

    def __init__(self):
        self.lock, self.now = Lock(), []
        self.most, self.most_of_one = 0, 0

    def ask(self, url):
        host = url.split("/")[2]
        with self.lock:
            self.now.append(host)
            self.most = max(self.most, len(self.now))
            self.most_of_one = max(self.most_of_one, self.now.count(host))
        sleep(0.01)
        with self.lock:
            self.now.remove(host)
        return answered()


def test_a_site_is_asked_for_one_page_at_a_time_and_several_sites_at_once():
    site = Site()
    by_host = {f"{number}.fr": pages(f"{number}.fr", 4) for number in range(6)}
    assert len(visited(by_host, site.ask, at_once=3)) == 24
    assert site.most_of_one == 1
    assert 1 < site.most <= 3


def test_the_pages_of_a_site_are_asked_for_in_their_order():
    found = visited({"a.fr": pages("a.fr", 5)}, lambda url: answered())
    assert found == [f"http://a.fr/{number}" for number in range(5)]


def test_between_two_pages_of_a_site_there_is_a_pause():
    began = []

    def ask(url):
        began.append(monotonic())
        return answered()

    visited({"a.fr": pages("a.fr", 3)}, ask, pause=0.05)
    assert all(after - before >= 0.05 for before, after in pairwise(began))


def test_a_site_that_asks_to_wait_is_asked_no_more():
    asked = visited({"a.fr": pages("a.fr", 3)}, lambda url: answered(retry_after=60))
    assert asked == ["http://a.fr/0"]


def test_a_site_that_does_not_answer_is_left_for_another_run():
    asked = visited({"a.fr": pages("a.fr", 9)}, lambda url: answered(status=None))
    assert len(asked) == MOST_IN_VAIN


def test_no_page_is_begun_when_time_is_over():
    assert visited({"a.fr": pages("a.fr", 3)}, lambda url: answered(), seconds=-1) == []


def test_who_stops_it_is_answered_what_was_asked_and_no_more():
    visits = Visits(
        {"a.fr": pages("a.fr", 50)}, lambda url: answered(), at_once=1, pause=0, seconds=60
    )
    found = []
    for address, _ in visits.answers():
        found.append(address)
        visits.stop()
    assert 1 <= len(found) < 50


def test_what_goes_wrong_in_a_thread_is_told():
    def ask(url):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        visited({"a.fr": pages("a.fr", 1)}, ask)
