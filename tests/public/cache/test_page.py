import gzip
import time
from email.utils import formatdate

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefectures.public.cache.page import SETTLED_AFTER, Page
from prefectures.public.cache.questions import Questions

BODY = b"<p>Envoyez votre dossier par la poste.</p>" * 20
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-cache")]
LONG_AGO = 1_700_000_000


def page(body=BODY, headers=HEADERS, began=LONG_AGO, status="200 OK"):
    return Page(status, headers, body, began, moment="now", questions=Questions())


def answer(page, method="GET", encoding="identity", **environ):
    """Return (status, {header: value}, body)."""
    if not page.is_ready(encoding):
        page.make_ready(encoding)
    said = []
    chunks = page.answer(
        {"REQUEST_METHOD": method, **environ}, lambda *args: said.extend(args), encoding
    )
    status, headers = said
    assert len({name.lower() for name, _ in headers}) == len(headers)
    return status, dict(headers), b"".join(chunks)


@pytest.mark.parametrize("encoding", ["identity", "gzip", "br"])
def test_a_page_says_how_long_it_is_and_how_it_is_packed(encoding):
    status, headers, body = answer(page(), encoding=encoding)
    assert status == "200 OK"
    assert headers["Content-Length"] == str(len(body))
    assert headers.get("Content-Encoding", "identity") == encoding
    assert headers["Vary"] == "Accept-Encoding"


def test_head_says_the_same_without_the_page():
    _, headers, body = answer(page(), "HEAD", "br")
    assert headers == answer(page(), "GET", "br")[1]
    assert body == b""


def test_the_same_page_has_the_same_etag_in_every_encoding_and_process():
    etags = {answer(page(), encoding=name)[1]["ETag"] for name in ("identity", "gzip", "br")}
    assert len(etags) == 1
    assert etags.pop().startswith('W/"')


def test_another_text_or_another_policy_has_another_etag():
    policy = [*HEADERS, ("Content-Security-Policy", "default-src 'none'")]
    assert len({page().etag, page(BODY + b" ").etag, page(headers=policy).etag}) == 3


def test_a_policy_told_in_another_order_is_the_same():
    told = ("script-src 'self'; img-src 'self' data:", "img-src 'self' data:; script-src 'self'")
    pages = [page(headers=[*HEADERS, ("Content-Security-Policy", policy)]) for policy in told]
    assert pages[0].etag == pages[1].etag


@pytest.mark.parametrize("form", ["{}", '"other", {}', 'W/"a",{} , "b"', "*"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_page_that_the_browser_has_is_not_sent_again(form, method):
    status, headers, body = answer(
        page(), method, "br", HTTP_IF_NONE_MATCH=form.format(page().etag)
    )
    assert status == "304 Not Modified"
    assert body == b""
    assert headers["ETag"] == page().etag
    assert headers["Vary"] == "Accept-Encoding"
    assert headers["Cache-Control"] == "no-cache"
    assert not {"Content-Length", "Content-Encoding", "Content-Type"} & set(headers)


@pytest.mark.parametrize("known", ['W/"other"', "", '"', "garbage", '"unclosed', "**"])
def test_a_page_that_the_browser_has_not_is_sent(known):
    assert answer(page(), HTTP_IF_NONE_MATCH=known)[0] == "200 OK"


def test_what_the_browser_has_counts_before_its_date():
    later = formatdate(time.time(), usegmt=True)
    sent = answer(page(), HTTP_IF_NONE_MATCH='"other"', HTTP_IF_MODIFIED_SINCE=later)
    assert sent[0] == "200 OK"


def test_a_page_tells_since_when_it_is_as_it_is():
    _, headers, _ = answer(page())
    assert headers["Last-Modified"] == formatdate(LONG_AGO, usegmt=True)
    status, _, _ = answer(page(), HTTP_IF_MODIFIED_SINCE=headers["Last-Modified"])
    assert status == "304 Not Modified"


@pytest.mark.parametrize(
    "since", [formatdate(LONG_AGO - 1, usegmt=True), "hier", "", "Thu, 99 Foo 2026 00:00:00 GMT"]
)
def test_a_page_newer_than_the_browser_s_is_sent(since):
    assert answer(page(), HTTP_IF_MODIFIED_SINCE=since)[0] == "200 OK"


def test_a_page_that_just_changed_gives_no_date_as_another_change_may_bear_it():
    fresh = page(began=int(time.time()) - SETTLED_AFTER + 5)
    assert "Last-Modified" not in answer(fresh)[1]
    tomorrow = formatdate(time.time() + 86400, usegmt=True)
    assert answer(fresh, HTTP_IF_MODIFIED_SINCE=tomorrow)[0] == "200 OK"
    assert answer(fresh, HTTP_IF_NONE_MATCH=fresh.etag)[0] == "304 Not Modified"


def test_an_error_page_is_sent_whatever_the_browser_has():
    lost = page(status="404 Not Found")
    assert answer(lost, HTTP_IF_NONE_MATCH=lost.etag)[0] == "404 Not Found"


def test_what_django_says_of_the_length_and_the_tag_gives_way_to_ours():
    headers = [
        *HEADERS,
        ("Content-Length", "3"),
        ("ETag", '"x"'),
        ("Vary", "Cookie, accept-encoding"),
    ]
    _, sent, body = answer(page(headers=headers))
    assert sent["Content-Length"] == str(len(body))
    assert sent["ETag"] != '"x"'
    assert sent["Vary"] == "Cookie, accept-encoding"


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_a_page_is_packed_in_haste_then_well(encoding):
    one = page(bytes(range(256)) * 10 + BODY * 20)
    one.make_ready(encoding)
    quickly = answer(one, encoding=encoding)
    assert not one.is_packed_well(encoding)
    one.pack_well(encoding)
    well = answer(one, encoding=encoding)
    assert one.is_packed_well(encoding)
    assert quickly[1]["ETag"] == well[1]["ETag"]
    unpacked = {"gzip": gzip.decompress, "br": brotli.decompress}[encoding]
    assert unpacked(quickly[2]) == unpacked(well[2]) == one.bodies["identity"]


def test_a_page_that_is_not_packed_is_as_well_as_can_be():
    assert page().is_packed_well("identity")


def test_a_page_of_another_moment_is_the_same_and_tells_its_own_date():
    one = page()
    one.make_ready("br")
    again = one.at("later", LONG_AGO + 60)
    assert again.moment == "later"
    assert again.is_ready("br")
    (_, before, body), (_, after, same) = (answer(each, encoding="br") for each in (one, again))
    assert body == same
    assert before["ETag"] == after["ETag"]
    assert before["Last-Modified"] == formatdate(LONG_AGO, usegmt=True)
    assert after["Last-Modified"] == formatdate(LONG_AGO + 60, usegmt=True)


def test_a_page_weighs_all_of_its_encodings():
    one = page()
    before = one.weight
    one.make_ready("gzip")
    assert one.weight == before + len(one.bodies["gzip"])


@given(st.text(), st.text())
def test_any_condition_is_answered(known, since):
    status, _, _ = answer(page(), HTTP_IF_NONE_MATCH=known, HTTP_IF_MODIFIED_SINCE=since)
    assert status in ("200 OK", "304 Not Modified")
