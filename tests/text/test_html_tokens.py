import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefectures.text.html_tokens import tokens

from .test_rich_text import PASTED


def read(html):
    """Return ``html`` as it was understood: <tag name=value>, </tag> and texts."""
    shown = {"start": "<{}{}>", "end": "</{}>", "text": "{}"}
    return [
        shown[token.kind].format(
            token.name, "".join(f" {name}={value}" for name, value in token.attrs.items())
        )
        for token in tokens(html)
    ]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("un < deux <3", ["un < deux <3"]),
        ("a<p>b</P>c", ["a", "<p>", "b", "</p>", "c"]),
        ('<a HREF="x" href="y">', ["<a href=x>"]),
        ("<a b='c > d' e = f g>", ["<a b=c > d e=f g=>"]),
        ("<br/><a href=x/>", ["<br>", "<a href=x/>"]),
        # Browsers give up the rest of the text here.
        ('<a b="c>d', ['<a b="c>', "d"]),
        ("<a b=\"c' d>e", ["<a b=\"c' d=>", "e"]),
        ("<a =b==c>", ["<a =b==c>"]),
        ("a<!-- <p> -->b<!-->c<!--->d<!-- e --!>f", ["a", "b", "c", "d", "f"]),
        ("a<!-- <p>", ["a"]),
        ("<![if x]>a<![endif]>b<?php c ?>d</>e</ f>g", ["a", "b", "d", "e", "g"]),
        ("<style>p > a { x }</style>a", ["<style>", "</style>", "a"]),
        ("<script>a</scripts><p></SCRIPT >b", ["<script>", "</script>", "b"]),
        ("a<script>b", ["a", "<script>"]),
        ("&eacute;&amp;lt;&#233;&#xE9;&nbsp", ["é&lt;éé\xa0"]),
        ("&#99999999999;", ["\ufffd"]),
        ('<a href="?a=1&copy=2&amp;b=&eacute;&notit;">', ["<a href=?a=1&copy=2&b=é&notit;>"]),
        ("<p", []),
        ("</", ["</"]),
    ],
)
def test_html_is_taken_apart_as_browsers_do_it(html, found):
    assert read(html) == found


@given(PASTED | st.text())
def test_there_is_never_more_to_read_than_was_written(html):
    assert len(list(tokens(html))) <= len(html)


def test_a_number_of_too_many_digits_is_no_error():
    assert read("&#" + "9" * 5000 + ";") == ["\ufffd"]
    assert read('<a href="&#' + "9" * 5000 + ';">')[0].startswith("<a href=&#999")
