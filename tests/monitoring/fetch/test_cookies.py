"""Which cookies are shown again."""

import pytest

from prefectures.monitoring.fetch.cookies import MOST, Cookies


def shown(*headers, host="a.test"):
    cookies = Cookies()
    cookies.keep("a.test", headers)
    return cookies.of(host)


@pytest.mark.parametrize(
    ("headers", "header"),
    [
        (["a=1; Path=/; Secure"], "a=1"),
        (["a=1", "b=2"], "a=1; b=2"),
        (["a=1", "a=2"], "a=2"),
        (["a="], "a="),
        (["a=1", "a=; Max-Age=0"], ""),
        (["a=1; Max-Age=10"], "a=1"),
        (["a=b c=d"], "a=b c=d"),
        (["a=1\x01x"], "a=1"),
        (["", "=1", "a", "a b=1", "\x01=2"], ""),
    ],
)
def test_a_cookie_is_shown_as_it_was_set(headers, header):
    assert shown(*headers) == header


def test_another_host_is_shown_none():
    assert shown("a=1", host="b.a.test") == ""


def test_no_more_cookies_are_kept_than_a_site_needs():
    header = shown(*(f"c{number}=1" for number in range(MOST + 5)))
    assert header.count("=") == MOST


def test_a_cookie_is_no_longer_than_a_header_may_be():
    assert len(shown("a=" + "x" * 100_000)) < 5000
