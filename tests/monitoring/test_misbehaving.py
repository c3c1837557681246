"""What becomes of an address, whatever it and its server do: one line for each way to misbehave."""

import pytest

from prefectures.models.verdict import Verdict
from prefectures.monitoring.comparing import has_changed
from prefectures.monitoring.judging import judge
from prefectures.monitoring.reading import Reader

from .conftest import MOST_BYTES
from .misbehaving import WAYS
from .misbehaving.addresses import HERE

WORKS, MOVED, GONE, OUT = Verdict.WORKS, Verdict.MOVED, Verdict.GONE, Verdict.OUT
REFUSES, CERTIFICATE = Verdict.REFUSES_ROBOTS, Verdict.CERTIFICATE
OTHER_KIND, NOT_ASKED = Verdict.OTHER_KIND, Verdict.NOT_ASKED

# (way, verdict).
TABLE = [
    # Statuses.
    ("works", WORKS),
    ("head_refused", WORKS),
    ("bad_request", OUT),
    ("not_found", GONE),
    ("not_found_and_broken", GONE),
    ("deleted", GONE),
    ("forbidden_to_robots", REFUSES),
    ("unauthorized", REFUSES),
    ("refused_by_a_number", REFUSES),
    ("too_many_requests", REFUSES),
    ("too_many_requests_until_a_day", REFUSES),
    ("closed_until_a_day_of_no_zone", OUT),
    ("closed_until_later", OUT),
    ("closed_for_nobody_knows", OUT),
    ("closed_since_long", OUT),
    ("server_error", OUT),
    ("no_content", OUT),
    ("not_modified_unasked", OUT),
    ("continue_first", WORKS),
    ("continue_for_ever", OUT),
    ("malformed_status", OUT),
    ("no_http_at_all", OUT),
    ("closes_at_once", OUT),
    ("never_answers", OUT),
    ("slow_headers", OUT),
    ("endless_headers", OUT),
    ("endless_header_line", OUT),
    ("two_lengths", OUT),
    ("senseless_headers", WORKS),
    # Bodies.
    ("slow_body", OUT),
    ("slow_chunks", OUT),
    ("endless_body", WORKS),
    ("endless_chunks", WORKS),
    ("endless_chunk_size", OUT),
    ("endless_trailers", WORKS),
    ("chunk_of_less_than_nothing", WORKS),
    ("malformed_chunk", OUT),
    ("truncated_chunks", WORKS),
    ("truncated", WORKS),
    ("truncated_before_it_began", OUT),
    ("reset_in_the_middle", OUT),
    ("packed_as_asked", WORKS),
    ("packed_unasked", WORKS),
    ("deflated_bare", WORKS),
    ("wrong_gzip", OUT),
    ("damaged_gzip", OUT),
    ("gzip_bomb", WORKS),
    ("gzip_bomb_in_a_gzip", WORKS),
    ("brotli_bomb", WORKS),
    ("packed_many_times", OUT),
    ("endless_empty_gzip", WORKS),
    # Redirects.
    ("moved", MOVED),
    ("moved_to_a_relative_address", MOVED),
    ("moved_to_another_site", MOVED),
    ("moved_for_good_308", MOVED),
    ("moved_then_for_a_while", WORKS),
    ("elsewhere_for_a_while", WORKS),
    ("elsewhere_for_a_while_303", WORKS),
    ("elsewhere_for_a_while_307", WORKS),
    ("moved_to_a_session", MOVED),
    ("moved_to_a_page_with_a_session", MOVED),
    ("moved_to_the_front_page", GONE),
    ("moved_to_the_front_page_for_a_while", GONE),
    ("moved_to_an_error_page", GONE),
    ("moved_to_a_sign_in", WORKS),
    ("moved_to_what_is_gone", GONE),
    ("moved_to_what_is_out", OUT),
    ("moved_to_a_dead_name", GONE),
    ("redirect_nowhere", OUT),
    ("redirect_loop", OUT),
    ("endless_redirects", OUT),
    ("redirect_inside", NOT_ASKED),
    ("redirect_to_the_keys_of_the_machine", NOT_ASKED),
    ("redirect_to_this_machine", NOT_ASKED),
    ("redirect_to_a_number", NOT_ASKED),
    ("redirect_to_a_file", NOT_ASKED),
    ("redirect_to_a_script", NOT_ASKED),
    ("redirect_to_another_port", NOT_ASKED),
    ("redirect_with_a_password", NOT_ASKED),
    ("redirect_to_no_address", NOT_ASKED),
    ("redirect_with_a_line_break", MOVED),
    ("redirect_in_utf_8", MOVED),
    ("redirect_in_latin_1", MOVED),
    ("redirect_with_an_endless_body", MOVED),
    ("cookie_wall", WORKS),
    ("cookie_loop", OUT),
    ("cookie_taken_elsewhere", WORKS),
    ("cookie_shown", WORKS),
    # Pages.
    ("soft_not_found", GONE),
    ("captcha", REFUSES),
    ("captcha_with_503", REFUSES),
    ("maintenance", OUT),
    ("login", WORKS),
    ("empty", WORKS),
    ("wrong_charset", WORKS),
    ("unknown_charset", WORKS),
    ("no_type", WORKS),
    ("pdf_works", WORKS),
    ("pdf_declared_as_html", WORKS),
    ("pdf_became_html", OTHER_KIND),
    ("pdf_became_html_declared_as_pdf", OTHER_KIND),
    ("pdf_that_is_none", OTHER_KIND),
    ("pdf_became_an_archive", OTHER_KIND),
    ("html_became_pdf", OTHER_KIND),
    ("changed_timestamp", WORKS),
    ("changed_address", WORKS),
    ("moved_menu", WORKS),
    ("pdf_changed", WORKS),
    # Addresses.
    ("unknown_host", GONE),
    ("name_without_address", GONE),
    ("resolver_down", OUT),
    ("resolver_without_files", OUT),
    ("name_that_leads_inside", NOT_ASKED),
    ("name_that_leads_inside_too", NOT_ASKED),
    ("this_machine", OUT),
    ("another_port", NOT_ASKED),
    ("password", NOT_ASKED),
    ("another_scheme", NOT_ASKED),
    ("no_address", NOT_ASKED),
    ("empty_label", NOT_ASKED),
    ("endless_label", NOT_ASKED),
    ("accented_host", WORKS),
    ("accented_host_secured", WORKS),
    ("secured", WORKS),
    ("full_stop_of_the_dns", WORKS),
    ("http_spoken_on_https", OUT),
    ("connection_refused", OUT),
    ("handshake_never_answered", OUT),
    ("resolver_never_answers", OUT),
    ("self_signed_certificate", CERTIFICATE),
    ("certificate_of_another_name", CERTIFICATE),
    ("expired_certificate", CERTIFICATE),
    ("spelt_with_care", WORKS),
]


@pytest.fixture(scope="module")
def reader():
    with Reader() as reader:
        yield reader


def judged(way, fetched, reader):
    """Return the ``Judgement``, and what was read of what came, as the watch does."""
    asked = (fetched.content_type, fetched.charset, fetched.final_url)
    read = reader.read(fetched.body, *asked) if fetched.body else None
    return judge(fetched, read and read.state, known_kind=WAYS[way].was), read


def test_each_way_to_misbehave_stands_in_the_table_once():
    assert sorted(name for name, _ in TABLE) == sorted(WAYS)


@pytest.mark.parametrize(("way", "verdict"), TABLE, ids=[name for name, _ in TABLE])
def test_what_becomes_of_an_address_that(way, verdict, site, network, reader):
    fetched = site.fetch(way)
    judgement, _ = judged(way, fetched, reader)
    assert judgement.verdict is verdict
    assert judgement.detail.endswith((".", fetched.final_url, judgement.moved_to))
    assert bool(judgement.moved_to) is (verdict is MOVED)
    assert len(fetched.body) <= MOST_BYTES
    assert {ip for ip, _ in network.reached} <= {HERE}


@pytest.mark.parametrize(
    ("way", "says_so"),
    [
        ("changed_timestamp", False),
        ("moved_menu", False),
        ("changed_address", True),
        ("pdf_changed", True),
    ],
)
def test_what_changes_between_two_visits_works_at_both_and_is_told_if_it_says_so(
    way, says_so, site, reader
):
    before, after = site.fetch(way), site.fetch(way)
    assert before.body != after.body
    (first, was), (second, now) = (judged(way, each, reader) for each in (before, after))
    assert (first.verdict, second.verdict) == (WORKS, WORKS)
    assert has_changed(was.text, now.text) is says_so
