"""The net itself: what would run is seen, what is shown as text is not."""

from html import escape

import pytest

from .executed import MARK, made_by, made_in, made_in_feed
from .payloads import ADDRESSES, BETWEEN_TAGS, OUT_OF_SOMETHING, PAYLOADS

HTML = {"Content-Type": "text/html; charset=utf-8", "X-Content-Type-Options": "nosniff"}
FEED = '<feed xmlns="http://www.w3.org/2005/Atom"><content type="html">{}</content></feed>'


def test_there_are_a_hundred_of_them_and_all_bear_the_mark():
    assert len(set(PAYLOADS)) >= 100
    assert [each for each in PAYLOADS if MARK not in each] == []


@pytest.mark.parametrize("payload", BETWEEN_TAGS)
def test_what_is_put_between_tags_is_seen(payload):
    assert made_in(f"<p>{payload}</p>")


@pytest.mark.parametrize("payload", [each for each in OUT_OF_SOMETHING if "<script>" in each])
def test_what_breaks_out_is_seen(payload):
    assert made_in(f"<p>{payload}</p>")


@pytest.mark.parametrize("payload", [each for each in OUT_OF_SOMETHING if each.startswith('" ')])
def test_what_breaks_out_of_an_attribute_is_seen(payload):
    assert made_in(f'<input value="{payload}">')


@pytest.mark.parametrize("payload", ADDRESSES[:6])
def test_an_address_that_runs_is_seen(payload):
    assert made_in(f'<a href="{payload}">a</a>')


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_is_shown_as_text_is_not(payload):
    page = f"<h1>{escape(payload)}</h1><input value='{escape(payload)}'><!-- a -->"
    assert made_in(page) == []
    assert made_in_feed(FEED.format(escape(escape(clean(payload))))) == []


def clean(payload):
    """Return ``payload`` without what no feed can hold."""
    return "".join(sign for sign in payload if sign in "\t\n" or sign >= " ")


def test_html_in_a_feed_is_looked_at_too():
    assert made_in_feed(FEED.format(escape(f"<script>{MARK}()</script>")))


def test_a_script_and_a_traceback_of_an_answer_are_seen():
    assert made_by(HTML, f"<script>{MARK}</script>".encode())
    assert made_by(HTML, b"Traceback (most recent call last)") == ["a traceback"]
    assert made_by(HTML, b"<p>Bonjour</p>") == []
    assert made_by({"Content-Type": "text/plain"}, b"a")
