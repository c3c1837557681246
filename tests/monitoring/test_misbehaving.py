"""What becomes of an address, whatever it and its server do: one line for each way to misbehave."""

import pytest

from prefectures.models.verdict import Verdict
from prefectures.monitoring.judging import judge
from prefectures.monitoring.page_state import PageState

from .conftest import MOST_BYTES
from .misbehaving import WAYS
from .misbehaving.addresses import HERE

WORKS, MOVED, GONE, OUT = Verdict.WORKS, Verdict.MOVED, Verdict.GONE, Verdict.OUT
REFUSES, CERTIFICATE = Verdict.REFUSES_ROBOTS, Verdict.CERTIFICATE
OTHER_KIND, NOT_ASKED = Verdict.OTHER_KIND, Verdict.NOT_ASKED

TEXT, EMPTY, LOGIN, CAPTCHA = PageState.TEXT, PageState.EMPTY, PageState.LOGIN, PageState.CAPTCHA
MAINTENANCE, NOT_FOUND = PageState.MAINTENANCE, PageState.NOT_FOUND
UNREADABLE = PageState.UNREADABLE

# (way, what a reader sees in the body that came, verdict); None where no page is there to be read.
TABLE = [
    # Statuses.
    ("works", TEXT, WORKS),
    ("head_refused", TEXT, WORKS),
    ("bad_request", EMPTY, OUT),
    ("not_found", NOT_FOUND, GONE),
    ("not_found_and_broken", TEXT, GONE),
    ("deleted", EMPTY, GONE),
    ("forbidden_to_robots", EMPTY, REFUSES),
    ("unauthorized", EMPTY, REFUSES),
    ("refused_by_a_number", EMPTY, REFUSES),
    ("too_many_requests", EMPTY, REFUSES),
    ("too_many_requests_until_a_day", EMPTY, REFUSES),
    ("closed_until_a_day_of_no_zone", EMPTY, OUT),
    ("closed_until_later", MAINTENANCE, OUT),
    ("closed_for_nobody_knows", EMPTY, OUT),
    ("closed_since_long", EMPTY, OUT),
    ("server_error", EMPTY, OUT),
    ("no_content", EMPTY, OUT),
    ("not_modified_unasked", EMPTY, OUT),
    ("continue_first", TEXT, WORKS),
    ("continue_for_ever", None, OUT),
    ("malformed_status", None, OUT),
    ("no_http_at_all", None, OUT),
    ("closes_at_once", None, OUT),
    ("never_answers", None, OUT),
    ("slow_headers", None, OUT),
    ("endless_headers", None, OUT),
    ("endless_header_line", None, OUT),
    ("two_lengths", None, OUT),
    ("senseless_headers", TEXT, WORKS),
    # Bodies.
    ("slow_body", None, OUT),
    ("slow_chunks", None, OUT),
    ("endless_body", TEXT, WORKS),
    ("endless_chunks", TEXT, WORKS),
    ("endless_chunk_size", None, OUT),
    ("endless_trailers", TEXT, WORKS),
    ("chunk_of_less_than_nothing", TEXT, WORKS),
    ("malformed_chunk", TEXT, OUT),
    ("truncated_chunks", TEXT, WORKS),
    ("truncated", TEXT, WORKS),
    ("truncated_before_it_began", None, OUT),
    ("reset_in_the_middle", TEXT, OUT),
    ("packed_as_asked", TEXT, WORKS),
    ("packed_unasked", TEXT, WORKS),
    ("deflated_bare", TEXT, WORKS),
    ("wrong_gzip", None, OUT),
    ("damaged_gzip", None, OUT),
    ("gzip_bomb", UNREADABLE, WORKS),
    ("gzip_bomb_in_a_gzip", UNREADABLE, WORKS),
    ("brotli_bomb", UNREADABLE, WORKS),
    ("packed_many_times", None, OUT),
    ("endless_empty_gzip", EMPTY, WORKS),
    # Redirects.
    ("moved", TEXT, MOVED),
    ("moved_to_a_relative_address", TEXT, MOVED),
    ("moved_to_another_site", TEXT, MOVED),
    ("moved_for_good_308", TEXT, MOVED),
    ("moved_then_for_a_while", TEXT, WORKS),
    ("elsewhere_for_a_while", TEXT, WORKS),
    ("elsewhere_for_a_while_303", TEXT, WORKS),
    ("elsewhere_for_a_while_307", TEXT, WORKS),
    ("moved_to_a_session", TEXT, MOVED),
    ("moved_to_a_page_with_a_session", TEXT, MOVED),
    ("moved_to_the_front_page", TEXT, GONE),
    ("moved_to_the_front_page_for_a_while", TEXT, GONE),
    ("moved_to_an_error_page", TEXT, GONE),
    ("moved_to_a_sign_in", TEXT, WORKS),
    ("moved_to_what_is_gone", NOT_FOUND, GONE),
    ("moved_to_what_is_out", EMPTY, OUT),
    ("moved_to_a_dead_name", None, GONE),
    ("redirect_nowhere", EMPTY, OUT),
    ("redirect_loop", None, OUT),
    ("endless_redirects", None, OUT),
    ("redirect_inside", None, NOT_ASKED),
    ("redirect_to_the_keys_of_the_machine", None, NOT_ASKED),
    ("redirect_to_this_machine", None, NOT_ASKED),
    ("redirect_to_a_number", None, NOT_ASKED),
    ("redirect_to_a_file", None, NOT_ASKED),
    ("redirect_to_a_script", None, NOT_ASKED),
    ("redirect_to_another_port", None, NOT_ASKED),
    ("redirect_with_a_password", None, NOT_ASKED),
    ("redirect_to_no_address", None, NOT_ASKED),
    ("redirect_with_a_line_break", TEXT, MOVED),
    ("redirect_in_utf_8", TEXT, MOVED),
    ("redirect_in_latin_1", TEXT, MOVED),
    ("redirect_with_an_endless_body", TEXT, MOVED),
    ("cookie_wall", TEXT, WORKS),
    ("cookie_loop", None, OUT),
    ("cookie_taken_elsewhere", TEXT, WORKS),
    ("cookie_shown", TEXT, WORKS),
    # Pages.
    ("soft_not_found", NOT_FOUND, GONE),
    ("captcha", CAPTCHA, REFUSES),
    ("captcha_with_503", CAPTCHA, REFUSES),
    ("maintenance", MAINTENANCE, OUT),
    ("login", LOGIN, WORKS),
    ("empty", EMPTY, WORKS),
    ("wrong_charset", TEXT, WORKS),
    ("unknown_charset", TEXT, WORKS),
    ("no_type", TEXT, WORKS),
    ("pdf_works", TEXT, WORKS),
    ("pdf_declared_as_html", TEXT, WORKS),
    ("pdf_became_html", TEXT, OTHER_KIND),
    ("pdf_became_html_declared_as_pdf", TEXT, OTHER_KIND),
    ("pdf_that_is_none", TEXT, OTHER_KIND),
    ("pdf_became_an_archive", UNREADABLE, OTHER_KIND),
    ("html_became_pdf", TEXT, OTHER_KIND),
    ("changed_timestamp", TEXT, WORKS),
    ("changed_address", TEXT, WORKS),
    ("moved_menu", TEXT, WORKS),
    ("pdf_changed", TEXT, WORKS),
    # Addresses.
    ("unknown_host", None, GONE),
    ("name_without_address", None, GONE),
    ("resolver_down", None, OUT),
    ("resolver_without_files", None, OUT),
    ("name_that_leads_inside", None, NOT_ASKED),
    ("name_that_leads_inside_too", None, NOT_ASKED),
    ("this_machine", None, OUT),
    ("another_port", None, NOT_ASKED),
    ("password", None, NOT_ASKED),
    ("another_scheme", None, NOT_ASKED),
    ("no_address", None, NOT_ASKED),
    ("empty_label", None, NOT_ASKED),
    ("endless_label", None, NOT_ASKED),
    ("accented_host", TEXT, WORKS),
    ("accented_host_secured", TEXT, WORKS),
    ("secured", TEXT, WORKS),
    ("full_stop_of_the_dns", TEXT, WORKS),
    ("http_spoken_on_https", None, OUT),
    ("connection_refused", None, OUT),
    ("handshake_never_answered", None, OUT),
    ("resolver_never_answers", None, OUT),
    ("self_signed_certificate", None, CERTIFICATE),
    ("certificate_of_another_name", None, CERTIFICATE),
    ("expired_certificate", None, CERTIFICATE),
    ("spelt_with_care", TEXT, WORKS),
]


def test_each_way_to_misbehave_stands_in_the_table_once():
    assert sorted(name for name, _, _ in TABLE) == sorted(WAYS)


@pytest.mark.parametrize(("way", "shows", "verdict"), TABLE, ids=[name for name, _, _ in TABLE])
def test_what_becomes_of_an_address_that(way, shows, verdict, site, network):
    fetched = site.fetch(way)
    judgement = judge(fetched, shows, known_kind=WAYS[way].was)
    assert judgement.verdict is verdict
    assert judgement.detail.endswith((".", fetched.final_url, judgement.moved_to))
    assert bool(judgement.moved_to) is (verdict is MOVED)
    assert len(fetched.body) <= MOST_BYTES
    assert {ip for ip, _ in network.reached} <= {HERE}


@pytest.mark.parametrize(
    "way", ["changed_timestamp", "changed_address", "moved_menu", "pdf_changed"]
)
def test_what_changes_between_two_visits_works_at_both(way, site):
    before, after = site.fetch(way), site.fetch(way)
    assert before.body != after.body
    verdicts = {judge(one, TEXT, known_kind=WAYS[way].was).verdict for one in (before, after)}
    assert verdicts == {WORKS}
