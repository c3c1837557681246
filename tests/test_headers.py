"""What every answer tells browsers, whoever gives it."""

import pytest

from aes_cms.headers import SafeHeaders

from .public.cache.asking import ask

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
}
HSTS = "Strict-Transport-Security"


def answering(status="200 OK", headers=()):
    def application(environ, start_response):
        start_response(status, [*headers])
        return []

    return application


@pytest.fixture
def production(settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


@pytest.mark.parametrize("status", ["200 OK", "404 Not Found", "413 Content Too Large", "503 Busy"])
def test_an_answer_without_headers_gets_them_all(status):
    headers = ask(SafeHeaders(answering(status)), "/").headers
    assert {name: headers[name] for name in EVERYWHERE} == EVERYWHERE


def test_what_an_answer_says_itself_stays_and_is_not_said_twice():
    own = [("referrer-policy", "no-referrer"), ("Content-Security-Policy", "default-src 'self'")]
    answer = ask(SafeHeaders(answering(headers=own)), "/")
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["Content-Security-Policy"] == "default-src 'self'"
    assert "Referrer-Policy" not in answer.headers


def test_over_https_it_is_said_that_there_is_no_other_way(production):
    site = SafeHeaders(answering())
    headers = ask(site, "/", HTTP_X_FORWARDED_PROTO="https").headers
    assert headers[HSTS] == "max-age=31536000; includeSubDomains; preload"
    assert HSTS not in ask(site, "/", HTTP_X_FORWARDED_PROTO="http").headers
    assert HSTS not in ask(site, "/").headers


def test_development_does_not_say_so():
    assert HSTS not in ask(SafeHeaders(answering()), "/", **{"wsgi.url_scheme": "https"}).headers


def test_what_a_browser_has_already_says_only_that(production):
    answer = ask(SafeHeaders(answering("304 Not Modified")), "/", HTTP_X_FORWARDED_PROTO="https")
    assert [*answer.headers] == [HSTS]
