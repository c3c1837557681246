"""The server lets idle threads go: what they held of the database does not add up."""

import gc
import threading

import pytest
from django.db import connections
from django.db.backends.signals import connection_created

from aes_cms.connections import close_those_left, close_with_threads


@pytest.fixture(autouse=True)
def _closing(transactional_db):
    was_connected = connection_created.disconnect(close_those_left)
    close_with_threads()
    gc.disable()
    yield
    gc.enable()
    if not was_connected:
        connection_created.disconnect(close_those_left)


def in_a_thread(work):
    """Return what ``work`` returns, done in a thread that has ended."""
    made = []
    thread = threading.Thread(target=lambda: made.append(work()))
    thread.start()
    thread.join()
    return made[0]


def django_s():
    connection = connections["default"]
    connection.ensure_connection()
    return connection


def one_beside():
    connection = connections["default"].copy()
    connection.ensure_connection()
    return connection


def one_opened_again():
    connection = one_beside()
    connection.close()
    connection.ensure_connection()
    return connection


@pytest.mark.parametrize("opened", [django_s, one_beside, one_opened_again])
def test_a_connection_left_by_a_thread_is_closed_when_the_next_one_is_opened(opened):
    left = in_a_thread(opened)
    assert left.connection is not None
    in_a_thread(lambda: one_beside().close())
    assert left.connection is None


def test_those_of_a_thread_that_goes_on_stay_open():
    mine = one_beside()
    in_a_thread(lambda: one_beside().close())
    again = one_beside()
    assert mine.connection is not None
    for connection in (mine, again):
        connection.close()
