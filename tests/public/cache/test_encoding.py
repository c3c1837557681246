import gzip

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefectures.public.cache.encoding import ENCODERS, best_encoding


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("", "identity"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=1.0, gzip;q=1.0", "br"),
        ("br;q=0, gzip;q=0", "identity"),
        ("br ; q=0,*", "gzip"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("identity;q=0, *;q=0", "identity"),
        ("identity, br;q=0.5", "identity"),
        ("identity;q=0.5, gzip", "gzip"),
        ("deflate, zstd", "identity"),
        ("br;q=2, gzip", "gzip"),
        ("br;q=abc", "identity"),
        (",,;;q=, gzip", "gzip"),
        ("br" * 200, "identity"),
    ],
)
def test_the_encoding_is_the_one_that_the_browser_likes_best(header, encoding):
    assert best_encoding(header) == encoding


@given(st.text())
def test_any_header_has_an_encoding(header):
    assert best_encoding(header) in ENCODERS


def test_each_encoding_holds_the_same_bytes():
    body = "<p>Préfecture de l’Hérault</p>".encode() * 50
    assert brotli.decompress(ENCODERS["br"].well(body)) == body
    assert gzip.decompress(ENCODERS["gzip"].well(body)) == body
    assert ENCODERS["identity"].well(body) == body
