"""The server itself, started as script/server starts it: what it does before the site is asked."""

import os
import re
import signal
import subprocess
import sys
from contextlib import ExitStack

import pytest
from django.conf import settings

from aes_cms.server import THREADS

from .served import PATIENCE, free_port, started, variables

# Those of both processes.
MORE_THAN_ALL_THREADS = 4 * THREADS


@pytest.fixture(scope="module")
def server(django_db_setup, tmp_path_factory):
    with started(tmp_path_factory.mktemp("server")) as server:
        yield server


def test_a_page_is_served_and_not_sent_again_to_who_has_it(server):
    page = server.get("/")
    assert page.status == 200
    assert b'<html lang="fr"' in page.body
    again = server.get("/", f"If-None-Match: {page.headers['etag']}")
    assert (again.status, again.body) == (304, b"")


def test_a_head_is_that_of_the_page(server):
    head = server.ask("HEAD / HTTP/1.1", "Host: guide.example")
    assert head.body == b""
    assert int(head.headers["content-length"]) == len(server.get("/").body)


def test_a_part_of_a_page_is_answered_by_the_whole(server):
    assert server.get("/", "Range: bytes=0-9").status == 200


@pytest.mark.parametrize("headers", [["Host: guide.example"], []], ids=["host", "no host"])
def test_the_oldest_browsers_are_answered_in_french(server, headers):
    answer = server.ask("GET / HTTP/1.0", *headers)
    assert b'<html lang="fr"' in answer.body


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("/recherche/?q=" + "a" * 5_000, []),
        ("/recherche/?q=" + "a" * 60_000, []),
        ("/recherche/?" + "a&" * 6_000, []),
        ("/" + "a" * 70_000, []),
        ("/" + "a" * 500_000, []),
        ("/", ["X-Long: " + "a" * 60_000]),
        ("/", ["X-Long: " + "a" * 300_000]),
        ("/", [f"X-{number}: a" for number in range(200)]),
        ("/", ["Cookie: sessionid=\xe9\xff"]),
        ("/", ["Two words: a"]),
        ("/", ["Content-Length: a"]),
        ("/%ff%00%zz", []),
        ("no-address", []),
    ],
    ids=lambda value: str(value)[:20],
)
def test_whatever_is_asked_nothing_but_french_is_said(server, address, headers):
    try:
        answer = server.get(address, *headers)
    except (ConnectionResetError, BrokenPipeError):
        return
    assert answer.is_bare_or_french
    assert answer.status < 500


def test_a_query_of_many_thousand_signs_is_answered_by_the_search(server):
    answer = server.get("/recherche/?q=" + "a" * 20_000)
    assert answer.status == 200
    assert "Nous n’avons pas trouvé" in answer.body.decode()


def test_another_protocol_is_not_spoken(server):
    with server.connect(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") as opened:
        assert opened.recv(99) == b""


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: guide.exa",
        b"POST /admin/login/ HTTP/1.1\r\nHost: guide.example\r\nContent-Length: 9\r\n\r\na",
    ],
    ids=["nothing", "half a head", "half a body"],
)
def test_those_who_send_slowly_stop_nobody(server, begun):
    with ExitStack() as stack:
        for _ in range(MORE_THAN_ALL_THREADS):
            stack.enter_context(server.connect(begun))
        # One at a time, for both processes to be asked.
        assert {server.get("/").status for _ in range(20)} == {200}


def test_a_file_of_twenty_megabytes_arrives(server):
    form = server.get("/admin/login/")
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', form.body)[1].decode()
    parts = {
        'name="csrfmiddlewaretoken"': token,
        'name="username"': "nobody",
        'name="password"': "of that name",
        'name="file"; filename="long.csv"': "a" * 20_000_000,
    }
    body = "".join(
        f"--b\r\nContent-Disposition: form-data; {name}\r\n\r\n{value}\r\n"
        for name, value in parts.items()
    )
    body = f"{body}--b--\r\n".encode()
    answer = server.ask(
        "POST /admin/login/ HTTP/1.1",
        "Host: guide.example",
        f"Cookie: {form.headers['set-cookie'].partition(';')[0]}",
        "Content-Type: multipart/form-data; boundary=b",
        f"Content-Length: {len(body)}",
        body=body,
    )
    assert answer.status == 200
    assert b'<html lang="fr"' in answer.body


@pytest.mark.parametrize("address", ["/", "/departements/34-herault/", "/admin/login/"])
def test_more_than_any_screen_takes_is_refused_before_it_is_sent(server, address):
    answer = server.ask(
        f"POST {address} HTTP/1.1", "Host: guide.example", "Content-Length: 10000000000"
    )
    assert answer.status == (413 if address.startswith("/admin/") else 405)
    assert answer.is_bare_or_french or "rien n’est enregistré" in answer.body.decode()


def test_every_answer_of_the_server_is_guarded(server):
    for answer in (
        server.get("/"),
        server.get("/static/prefectures/page.js"),
        server.get("/nowhere"),
        server.ask("POST /admin/ HTTP/1.1", "Host: guide.example", "Content-Length: 9999999999"),
    ):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_it_does_not_start_without_the_files_of_the_site_and_says_so(django_db_setup, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "aes_cms.server", "--port", str(free_port())],
        cwd=settings.BASE_DIR,
        env=variables(tmp_path),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    [line] = done.stderr.splitlines()
    assert line.startswith("Les fichiers du site (styles, scripts) manquent")


def test_it_does_not_start_with_faults_and_says_them_all(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "aes_cms.server", "--port", "huit"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "SECRET_KEY": "abc"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1
    words = [line.split()[0].split("=")[0] for line in done.stderr.splitlines()]
    assert words == ["SECRET_KEY", "PUBLIC_ADDRESS", "PORT"]


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT], ids=["stop", "Ctrl-C"])
def test_it_ends_at_once_when_told_to_and_has_said_nothing_of_those_who_asked(
    django_db_setup, tmp_path, by
):
    kept_open = b"GET / HTTP/1.1\r\nHost: guide.example\r\n\r\n"
    with started(tmp_path) as server, server.connect(kept_open) as opened, server.connect():
        opened.recv(99)
        server.get("/recherche/?q=secret")
        server.get("/nowhere")
        server.get("/", "Two words: a")
        server.ask("GET / HTTP/1.0")
        server.ask("POST / HTTP/1.1", "Host: guide.example", "Content-Length: 1", body=b"a")
        status, seconds, printed = server.stop(by)
    assert (status, printed) == (0, "")
    assert seconds < 5
