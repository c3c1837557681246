"""What is told of an answer, and what is sent to have it."""

import tracemalloc
from dataclasses import replace

import pytest

from prefectures.monitoring.fetch import Fault, Flaw, Hop

from ..conftest import AGENT, MOST_BYTES
from ..misbehaving import PAGE

SENT = PAGE.encode()
WEEK = 7 * 24 * 3600
WHOLE = {"status": 200, "body": SENT, "is_cut": False, "fault": None}
CUT = {"status": 200, "is_cut": True, "is_broken_off": False, "fault": None}
BROKEN_OFF = {"body": SENT, "is_cut": True, "is_broken_off": True, "fault": None}
NOTHING = {"status": None, "body": b"", "is_cut": False}


def nothing_for(fault, **more):
    return {**NOTHING, "fault": fault, **more}


@pytest.mark.parametrize(
    ("way", "told"),
    [
        ("works", {**WHOLE, "content_type": "text/html", "charset": "utf-8", "hops": ()}),
        ("unknown_charset", {"content_type": "text/html", "charset": "klingon"}),
        ("no_type", {**WHOLE, "content_type": "", "charset": ""}),
        ("senseless_headers", {**WHOLE, "content_type": "", "charset": ""}),
        ("continue_first", WHOLE),
        ("packed_as_asked", WHOLE),
        ("packed_unasked", WHOLE),
        ("deflated_bare", WHOLE),
        ("not_found", {"status": 404, "retry_after": None}),
        ("too_many_requests", {"status": 429, "retry_after": 120}),
        ("closed_until_later", {"status": 503, "retry_after": WEEK}),
        ("closed_since_long", {"status": 503, "retry_after": 0}),
        ("closed_for_nobody_knows", {"status": 503, "retry_after": None}),
        ("server_error", {"status": 500, "retry_after": None}),
        ("redirect_nowhere", {"status": 301, "hops": ()}),
        ("endless_body", CUT),
        ("endless_chunks", CUT),
        ("gzip_bomb", CUT),
        ("gzip_bomb_in_a_gzip", CUT),
        ("brotli_bomb", CUT),
        ("chunk_of_less_than_nothing", CUT),
        ("truncated", BROKEN_OFF),
        ("truncated_chunks", BROKEN_OFF),
        ("reset_in_the_middle", {"body": SENT, "fault": Fault.BROKEN}),
        ("malformed_chunk", {"body": SENT, "fault": Fault.BROKEN}),
        ("wrong_gzip", {"status": 200, "fault": Fault.BROKEN}),
        ("truncated_before_it_began", {"status": 200, "fault": Fault.BROKEN}),
        ("closes_at_once", nothing_for(Fault.BROKEN)),
        ("malformed_status", nothing_for(Fault.BROKEN)),
        ("http_spoken_on_https", nothing_for(Fault.BROKEN)),
        ("never_answers", nothing_for(Fault.TIMED_OUT)),
        ("slow_headers", nothing_for(Fault.TIMED_OUT)),
        ("slow_body", {"fault": Fault.TIMED_OUT}),
        ("slow_chunks", {"fault": Fault.TIMED_OUT}),
        ("handshake_never_answered", nothing_for(Fault.TIMED_OUT)),
        ("resolver_never_answers", nothing_for(Fault.NO_NAME_SERVICE)),
        ("resolver_down", nothing_for(Fault.NO_NAME_SERVICE)),
        ("resolver_without_files", nothing_for(Fault.NO_NAME_SERVICE)),
        ("unknown_host", nothing_for(Fault.UNKNOWN_HOST)),
        ("name_without_address", nothing_for(Fault.UNKNOWN_HOST)),
        ("connection_refused", nothing_for(Fault.REFUSED)),
        ("redirect_loop", nothing_for(Fault.TOO_MANY_REDIRECTS)),
        ("cookie_loop", nothing_for(Fault.TOO_MANY_REDIRECTS)),
        ("endless_redirects", nothing_for(Fault.TOO_MANY_REDIRECTS)),
        ("redirect_inside", nothing_for(Fault.FORBIDDEN_ADDRESS, final_url="http://10.0.0.1/")),
        ("self_signed_certificate", nothing_for(Fault.CERTIFICATE, flaw=Flaw.SELF_SIGNED)),
        ("certificate_of_another_name", nothing_for(Fault.CERTIFICATE, flaw=Flaw.OTHER_NAME)),
        ("expired_certificate", nothing_for(Fault.CERTIFICATE, flaw=Flaw.EXPIRED)),
    ],
)
def test_it_is_told_of_an_answer(way, told, site):
    fetched = site.fetch(way)
    assert {name: getattr(fetched, name) for name in told} == told


def test_a_certificate_of_an_unknown_authority_is_told_apart(site):
    site.reach = replace(site.reach, ca_file=None)
    assert site.fetch("secured").flaw is Flaw.UNTRUSTED


def test_what_is_too_long_is_cut_at_the_limit(site):
    assert len(site.fetch("endless_body").body) == MOST_BYTES


@pytest.mark.parametrize("length", [len(SENT) - 1, len(SENT), len(SENT) + 1])
def test_what_is_as_long_as_the_limit_is_whole(length, site):
    fetched = site.fetch("works", most_bytes=length)
    assert fetched.is_cut is (length < len(SENT))
    assert fetched.body == SENT[:length]


@pytest.mark.parametrize("way", ["too_many_requests_until_a_day", "closed_until_a_day_of_no_zone"])
def test_a_time_of_day_to_come_back_at_becomes_seconds(way, site):
    assert 3000 < site.fetch(way).retry_after <= 3600


@pytest.mark.parametrize(
    "way", ["gzip_bomb", "gzip_bomb_in_a_gzip", "brotli_bomb", "chunk_of_less_than_nothing"]
)
def test_what_swells_takes_no_memory(way, site):
    # The server's own is made before.
    site.fetch(way)
    tracemalloc.start()
    try:
        site.fetch(way)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2**23


def test_each_redirect_is_told_in_order(site):
    fetched = site.fetch("moved_for_good_308")
    at = f"http://site.test:{site.ports['port']}"
    hops = (Hop(308, f"{at}/moved_then_for_a_while"), Hop(302, f"{at}/nouvelle-adresse"))
    assert (fetched.hops, fetched.final_url) == (hops, hops[-1].url)


def test_as_many_redirects_are_followed_as_are_allowed(site):
    assert site.fetch("moved_for_good_308", most_redirects=2).status == 200
    fetched = site.fetch("moved_for_good_308", most_redirects=1)
    assert (fetched.fault, len(fetched.hops)) == (Fault.TOO_MANY_REDIRECTS, 2)


def test_a_cookie_is_shown_again_to_the_host_that_set_it(site):
    assert site.fetch("cookie_wall").status == 200


def test_a_cookie_is_shown_to_no_other_host(site):
    assert "aucun témoin" in site.fetch("cookie_taken_elsewhere").body.decode()


def test_a_cookie_is_forgotten_with_the_address(site):
    site.fetch("cookie_wall")
    site.server.heard.clear()
    site.fetch("cookie_wall")
    assert b"Cookie" not in site.server.heard[0]


def test_an_address_is_sent_to_the_letter_without_its_end(site):
    site.fetch("spelt_with_care")
    assert site.asked == ["GET /a(2)+b%20c%c3%a9?d=e+f&g=(h)%2B HTTP/1.1"]


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/préfecture", "/pr%C3%A9fecture"),
        ("/a b", "/a%20b"),
        ("/%zz%", "/%zz%"),
        ("?page=2", "/?page=2"),
        ("/a?", "/a?"),
        ("/a//b/../c", "/a//b/../c"),
        ("/[x]|'y'<z>", "/[x]|'y'%3Cz%3E"),
        ("/a\r\nHost: ailleurs", "/a%0D%0AHost:%20ailleurs"),
    ],
)
def test_only_what_http_cannot_carry_is_escaped(path, sent, site):
    site.fetch(path)
    assert site.asked == [f"GET {sent} HTTP/1.1"]


@pytest.mark.parametrize(
    ("way", "sent"),
    [("redirect_in_utf_8", "/pr%C3%A9fecture"), ("redirect_in_latin_1", "/pr%E9fecture")],
)
def test_a_redirect_leads_to_the_bytes_that_were_meant(way, sent, site):
    site.fetch(way)
    assert site.asked[-1] == f"GET {sent} HTTP/1.1"


def test_who_asks_says_so(site):
    site.fetch("works")
    assert site.server.heard[0].decode().split("\r\n")[1:] == [
        f"Host: site.test:{site.ports['port']}",
        f"User-Agent: {AGENT}",
        "Accept: text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8",
        "Accept-Language: fr",
        "Accept-Encoding: gzip",
        "Connection: close",
    ]


def test_an_accented_host_is_asked_by_the_name_it_has_on_the_wire(site, network):
    name = "xn--prfecture-c4a.test"
    site.fetch("accented_host_secured")
    assert (network.asked, site.server.named) == ([name], [name])
    assert f"Host: {name}:{site.ports['port']}".encode() in site.server.heard[0]


def test_the_full_stop_of_the_dns_is_for_the_dns(site, network):
    site.fetch("full_stop_of_the_dns")
    assert (network.asked, site.server.named) == (["site.test."], ["site.test"])


def test_no_proxy_of_the_environment_is_asked(site, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{site.ports['closed']}")
    assert site.fetch("works").status == 200
