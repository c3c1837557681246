"""What is sent reaches Django whole or not at all, and who sends slowly leaves room for others."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Barrier

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import UnreadablePostError

from aes_cms.bodies import PATIENCE, PIECE, WholeBodies

from .public.cache.asking import ask


def length_read(environ, start_response):
    body = environ["wsgi.input"].read()
    start_response("200 OK", [])
    return [str(len(body)).encode()]


def whole_bodies(application, *, at_once=1, most_bytes=10 * PIECE):
    return WholeBodies(application, at_once=at_once, most_bytes=most_bytes, address="/admin/")


def post(application, body, length=None, address="/admin/", **environ):
    length = len(body) if length is None else length
    return ask(
        application,
        address,
        "POST",
        **{"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(length), **environ},
    )


def nothing_read(environ, start_response):
    start_response("200 OK", [])
    return []


@pytest.mark.parametrize("length", [1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 5])
def test_all_that_is_sent_is_read(length):
    application = whole_bodies(length_read)
    assert post(application, b"a" * length).text == str(length)


@pytest.mark.parametrize("sent", [0, 1, PIECE, 2 * PIECE - 1])
def test_who_leaves_midway_has_sent_nothing(sent):
    application = whole_bodies(length_read)
    with pytest.raises(ConnectionError):
        post(application, b"a" * sent, length=2 * PIECE)


def test_django_takes_it_for_a_request_that_cannot_be_read():
    def django(environ, start_response):
        with pytest.raises(UnreadablePostError):
            WSGIRequest(environ).POST  # noqa: B018
        start_response("400 Bad Request", [])
        return []

    form = "application/x-www-form-urlencoded"
    answer = post(whole_bodies(django), b"name=a", length=10, CONTENT_TYPE=form)
    assert answer.status == 400


def test_a_place_is_free_again_after_each_end():
    application = whole_bodies(length_read)
    unread = whole_bodies(nothing_read)
    for _ in range(3):
        with pytest.raises(ConnectionError):
            post(application, b"a", length=2)
        assert post(application, b"ab").status == 200
        assert post(unread, b"ab").status == 200


def test_who_sends_when_too_many_do_is_told_so_in_french():
    meanwhile = []

    class Slow(BytesIO):
        def read(self, size=-1):
            meanwhile.append(post(application, b"a"))
            return super().read(size)

    application = whole_bodies(length_read)
    post(application, b"", length=3, **{"wsgi.input": Slow(b"abc")})
    (answer,) = meanwhile
    assert answer.status == 503
    assert answer.headers["Retry-After"] == "30"
    assert "envoyez à nouveau" in answer.text


def test_where_somebody_waited_in_vain_nobody_waits_until_a_place_is_left(monkeypatch):
    waited = []
    application = whole_bodies(length_read)
    acquire = application.places.acquire

    def noting(timeout):
        waited.append(timeout)
        return acquire(timeout=0)

    monkeypatch.setattr(application.places, "acquire", noting)
    acquire()
    assert [post(application, b"a").status for _ in range(3)] == [503] * 3
    assert waited == [PATIENCE, 0, 0]
    application._leave()
    assert post(application, b"a").status == 200
    assert post(application, b"a").status == 200
    assert waited[3:] == [PATIENCE, PATIENCE]


def test_forms_that_come_together_are_all_taken():
    together = Barrier(8)

    def send(_):
        together.wait(10)
        return post(application, b"name=a").status

    application = whole_bodies(length_read)
    with ThreadPoolExecutor(8) as threads:
        assert [*threads.map(send, range(8))] == [200] * 8


def test_a_body_that_has_arrived_takes_no_place_while_it_is_worked_on():
    meanwhile = []

    def works(environ, start_response):
        environ["wsgi.input"].read()
        if not meanwhile:
            meanwhile.append(None)
            meanwhile.append(post(application, b"a"))
        start_response("200 OK", [])
        return []

    application = whole_bodies(works)
    assert post(application, b"abc").status == 200
    assert meanwhile[1].status == 200


@pytest.mark.parametrize("length", ["", "0", "-1", "abc"])
def test_who_sends_nothing_takes_no_place(length):
    application = whole_bodies(nothing_read)
    application.places.acquire()
    assert ask(application, "/admin/", CONTENT_LENGTH=length).status == 200


class Unreadable(BytesIO):
    def read(self, size=-1):
        raise AssertionError("nothing of it is to be read")


def test_what_is_too_long_is_refused_in_french_and_not_read():
    application = whole_bodies(length_read, most_bytes=3_000_000)
    answer = post(application, b"", length=3_000_001, **{"wsgi.input": Unreadable()})
    assert answer.status == 413
    assert "plus de 3\u00a0Mo\u00a0: rien n’est enregistré" in answer.text


ELSEWHERE = pytest.mark.parametrize(
    "address", ["/", "/recherche/", "/departements/34-herault/", "/nowhere/", "/admin"]
)


@ELSEWHERE
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "ANYTHING"])
def test_what_is_sent_where_nothing_is_awaited_is_refused_in_french_and_not_read(address, method):
    unread = {"wsgi.input": Unreadable(), "CONTENT_LENGTH": "10000000000"}
    answer = ask(whole_bodies(nothing_read), address, method, **unread)
    assert answer.status == 405
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert "ne reçoit rien" in answer.text


@ELSEWHERE
def test_who_reads_there_and_sends_something_with_it_is_answered_without_it(address):
    application = whole_bodies(length_read)
    application.places.acquire()
    unread = {"wsgi.input": Unreadable(), "CONTENT_LENGTH": "10000000000"}
    answer = ask(application, address, "GET", **unread)
    assert (answer.status, answer.text) == (200, "0")
