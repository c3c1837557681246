"""Which moment it is: an answer is good for a while, and who publishes waits for its end."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event

import pytest
from django.db import connection

from prefectures.models import ContentVersion, changeset, content_version
from prefectures.models.content_version import GOOD_FOR
from prefectures.public.cache import moment
from prefectures.public.cache.moment import Now

from ...models.making import draft, edited, published

THREADS = 8


class Clock:
    """Stands still until it is moved."""

    def __init__(self):
        self.seconds = 1000.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(moment, "monotonic", clock)
    return clock


@pytest.fixture
def processes(transactional_db):
    processes = Now(), Now()
    yield processes
    for now in processes:
        now.close()


@pytest.fixture
def now(processes):
    return processes[0]


# --- Those who ask ----------------------------------------------------------------------------


class Counting(Now):
    """Answers with the number of its question, once it is told to."""

    def __init__(self):
        super().__init__()
        self.asked, self.begun, self.may_answer = 0, Event(), Event()

    def _content(self):
        self.asked += 1
        self.begun.set()
        assert self.may_answer.wait(timeout=10)
        return str(self.asked), 0


def test_an_answer_is_good_for_a_while_from_when_it_was_asked_for(clock):
    now = Counting()
    now.may_answer.set()
    told = []
    for elapsed in (0, GOOD_FOR / 2, GOOD_FOR * 0.49, GOOD_FOR * 0.02, GOOD_FOR * 0.99):
        clock.seconds += elapsed
        told.append(now.moment().stamp)
    assert told == ["1", "1", "1", "2", "2"]


def test_the_time_that_an_answer_takes_is_taken_off(clock):
    now = Counting()
    with ThreadPoolExecutor() as threads:
        first = threads.submit(now.moment)
        assert now.begun.wait(timeout=10)
        clock.seconds += GOOD_FOR
        now.may_answer.set()
        assert first.result().stamp == "1"
    assert now.moment().stamp == "2"


def test_threads_that_come_together_ask_once(clock):
    now = Counting()
    with ThreadPoolExecutor(THREADS) as threads:
        asking = [threads.submit(now.moment) for _ in range(THREADS)]
        assert now.begun.wait(timeout=10)
        now.may_answer.set()
        assert {one.result().stamp for one in asking} == {"1"}


def test_what_is_asked_anew_is_what_holds_from_then_on(clock):
    now = Counting()
    now.may_answer.set()
    assert [now.moment().stamp, now.ask().stamp, now.moment().stamp] == ["1", "2", "2"]


def test_a_database_that_says_nothing_is_asked_again_later(clock, now):
    kept = ContentVersion.objects.get()
    ContentVersion.objects.all().delete()
    assert now.moment() is None
    kept.save(force_insert=True)
    assert now.moment() is None
    clock.seconds += GOOD_FOR
    assert now.moment().stamp == kept.stamp


def test_a_connection_that_was_cut_is_opened_again(now):
    first = now.ask()
    now.connection.connection.close()
    assert now.ask() == first


# --- Those who publish ------------------------------------------------------------------------


def test_once_a_move_is_over_no_thread_of_any_process_is_told_of_the_old_one(processes):
    with ThreadPoolExecutor(THREADS) as threads:
        for _ in range(20):
            # Both have an answer that is good for a while yet.
            assert processes[0].moment() == processes[1].moment()
            ContentVersion.move()
            stamp = ContentVersion.objects.get().stamp
            told = threads.map(lambda process: process.moment().stamp, processes * THREADS)
            assert set(told) == {stamp}


@pytest.fixture
def waits(monkeypatch, now):
    """What another process sees each time that somebody who publishes waits."""
    waits = []

    def wait(seconds):
        assert seconds >= GOOD_FOR
        assert not connection.in_atomic_block
        waits.append(now.ask().stamp)

    monkeypatch.setattr(content_version, "sleep", wait)
    return waits


def test_who_publishes_waits_once_what_is_published_can_be_seen(waits):
    edited(published(), headline="Au guichet.")
    assert waits[-1] == ContentVersion.objects.get().stamp


def test_who_changes_nothing_that_readers_see_does_not_wait(waits):
    edited(draft(), headline="Au guichet.")
    assert waits == []


def test_what_is_taken_back_is_not_waited_for(waits):
    sheet = published()
    before = len(waits)
    with suppress(LookupError), changeset("Pour le test"):
        sheet.headline = "Au guichet."
        sheet.save()
        raise LookupError
    assert len(waits) == before
