"""Which moment it is: one question for all who came before it was asked."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from prefectures.models import ContentVersion
from prefectures.public.cache.moment import Now

THREADS = 8


class Counting(Now):
    """Answers with the number of its question, once it is told to."""

    def __init__(self):
        super().__init__()
        self.asked, self.begun, self.may_answer = [], Event(), Event()

    def _ask(self):
        self.asked.append(len(self.asked) + 1)
        self.begun.set()
        assert self.may_answer.wait(timeout=10)
        return self.asked[-1]


@pytest.fixture
def now():
    now = Counting()
    yield now
    now.may_answer.set()


def test_who_comes_while_a_question_is_under_way_is_not_given_its_answer(now):
    with ThreadPoolExecutor(THREADS) as threads:
        first = threads.submit(now.moment)
        assert now.begun.wait(timeout=10)
        others = [threads.submit(now.moment) for _ in range(THREADS - 1)]
        now.may_answer.set()
        assert first.result() == 1
        assert min(other.result() for other in others) > 1


def test_who_comes_while_a_question_is_under_way_shares_the_next_one(now):
    with ThreadPoolExecutor(THREADS) as threads:
        threads.submit(now.moment)
        assert now.begun.wait(timeout=10)
        arrived = [Event() for _ in range(THREADS - 1)]

        def ask(event):
            event.set()
            return now.moment()

        others = [threads.submit(ask, event) for event in arrived]
        assert all(event.wait(timeout=10) for event in arrived)
        now.may_answer.set()
        answers = [other.result() for other in others]
    # One that had only just come may have missed the second.
    assert len(now.asked) < THREADS
    assert max(answers) == len(now.asked)


def test_who_comes_later_asks_anew(now):
    now.may_answer.set()
    assert [now.moment(), now.moment(), now.moment()] == [1, 2, 3]


@pytest.fixture
def really_now(transactional_db):
    now = Now()
    yield now
    now.close()


def test_threads_are_told_of_each_move(really_now):
    with ThreadPoolExecutor(THREADS) as threads:
        for _ in range(5):
            ContentVersion.move()
            stamp = ContentVersion.objects.get().stamp
            moments = threads.map(lambda _: really_now.moment(), range(THREADS))
            assert {moment.stamp for moment in moments} == {stamp}


def test_a_connection_that_was_cut_is_opened_again(really_now):
    first = really_now.moment()
    really_now.connection.connection.close()
    assert really_now.moment() == first


def test_where_there_is_no_row_there_is_no_moment(really_now):
    ContentVersion.objects.all().delete()
    assert really_now.moment() is None
