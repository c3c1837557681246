import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefectures.monitoring.reading.decoding import decoded

SAID = "Préfecture de X : reçu l’après-midi, 225 €"


@pytest.mark.parametrize("written", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize(
    "declared", ["", "utf-8", "iso-8859-1", "latin1", "utf-16", "none", "hex", "idna"]
)
def test_a_page_is_read_whatever_charset_it_declares(written, declared):
    assert decoded(SAID.encode(written), declared) == SAID


def test_a_charset_that_only_the_answer_tells_is_believed_where_it_is_no_utf_8():
    assert decoded("225 €, cœur".encode("iso-8859-15"), "iso-8859-15") == "225 €, cœur"
    assert decoded("Привет".encode("koi8-r"), "koi8-r") == "Привет"


def test_a_charset_that_only_the_page_tells_is_believed_too():
    html = '<meta charset="iso-8859-15"><p>225 €'
    assert decoded(html.encode("iso-8859-15")) == html


def test_two_charsets_in_one_page_are_both_read():
    assert decoded("été ".encode() + "été".encode("cp1252")) == "été été"


def test_two_bytes_a_letter_are_read_if_they_are_declared():
    assert decoded(SAID.encode("utf-16-le"), "utf-16le") == SAID


@given(st.binary(), st.text(max_size=12))
def test_any_bytes_are_some_text(body, charset):
    decoded(body, charset).encode("utf-8")
