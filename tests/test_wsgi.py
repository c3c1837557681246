"""What the server calls: static files come before Django, and say how long they may be kept."""

import brotli
import pytest
from django.conf import settings
from django.test import override_settings

from aes_cms.wsgi import with_static_files

from .public.cache.asking import ask

STYLE = b"body { color: black }" * 100


def django(environ, start_response):
    start_response("404 Not Found", [])
    return [b"Django"]


@pytest.fixture
def site(tmp_path):
    for name in ("site.0123456789ab.css", "site.css"):
        (tmp_path / name).write_bytes(STYLE)
        (tmp_path / f"{name}.br").write_bytes(brotli.compress(STYLE))
    with override_settings(STATIC_ROOT=tmp_path):
        return with_static_files(django)


def test_a_file_named_by_its_content_is_kept_for_ever_and_sent_packed(site):
    answer = ask(site, "/static/site.0123456789ab.css", HTTP_ACCEPT_ENCODING="br")
    assert brotli.decompress(answer.body) == STYLE
    assert answer.headers["Content-Encoding"] == "br"
    assert "immutable" in answer.headers["Cache-Control"]


def test_another_file_is_kept_for_a_minute(site):
    answer = ask(site, "/static/site.css")
    assert answer.body == STYLE
    assert answer.headers["Cache-Control"] == "max-age=60, public"


def test_no_other_site_may_read_a_file(site):
    assert "Access-Control-Allow-Origin" not in ask(site, "/static/site.css").headers


@pytest.mark.parametrize("address", ["/", "/static/", "/static/nothing.css", "/static/../a"])
def test_what_is_no_file_is_asked_of_django(site, address):
    assert ask(site, address).body == b"Django"


def test_what_changes_is_read_anew_while_the_code_is_worked_on(monkeypatch):
    # Django would make its templates anew for override_settings, without what tests are harsher by.
    monkeypatch.setattr(settings, "DEBUG", True)
    answer = ask(with_static_files(django), "/static/prefectures/desk.css")
    assert answer.status == 200
    assert b".desk {" in answer.body
