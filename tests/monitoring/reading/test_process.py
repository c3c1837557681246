import pytest

from prefectures.monitoring.page_state import PageState
from prefectures.monitoring.reading.process import read_document
from tests.monitoring.reading.documents import pdf_of

PAGE = "<title>T</title><p>La demande est envoyée par courrier</p>".encode()
SAID = "La demande est envoyée par courrier"


def test_a_page_a_pdf_and_a_plain_text_are_read_as_what_they_are():
    assert read_document(PAGE, "text/html; charset=utf-8") == (PageState.TEXT, "T", SAID)
    assert read_document(pdf_of([SAID]), "application/pdf") == (PageState.TEXT, "", SAID)
    assert read_document(f"  {SAID}\n".encode(), "text/plain") == (PageState.TEXT, "", SAID)


def test_a_type_that_is_not_true_or_not_told_makes_no_difference():
    assert read_document(pdf_of([SAID]), "text/html")[2] == SAID
    assert read_document(pdf_of([SAID]))[2] == SAID
    assert read_document(b"\n<!DOCTYPE html>" + PAGE, "")[2] == SAID


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"PK\x03\x04", "application/vnd.oasis.opendocument.text"),
        (b"", ""),
        (b"<html>", "application/pdf"),
        (pdf_of([]), "application/pdf"),
    ],
)
def test_what_has_no_text_is_unreadable(body, content_type):
    assert read_document(body, content_type) == (PageState.UNREADABLE, "", "")
