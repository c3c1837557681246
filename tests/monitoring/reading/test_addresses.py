import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefectures.monitoring.reading.addresses import told

PAGE = "https://www.x.gouv.fr/Demarches/Sejour?page=1"


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("/f/a.pdf", "https://www.x.gouv.fr/f/a.pdf"),
        ("a.pdf", "https://www.x.gouv.fr/Demarches/a.pdf"),
        ("//rdv.fr/1", "https://rdv.fr/1"),
        ("HTTPS://RDV.fr/A", "https://rdv.fr/A"),
        (" https://rdv.fr/\n1 ", "https://rdv.fr/1"),
        ("/a b.pdf", "https://www.x.gouv.fr/a%20b.pdf"),
        ("/é.pdf", "https://www.x.gouv.fr/%C3%A9.pdf"),
        ("mailto:Sejour@X.gouv.fr?subject=AES", "mailto:sejour@x.gouv.fr"),
        ("tel:+33 5 99.00-12 34", "tel:+33599001234"),
        ("/a;jsessionid=A1.node2", "https://www.x.gouv.fr/a"),
        ("/a?id=4&PHPSESSID=1&sid=2", "https://www.x.gouv.fr/a?id=4"),
        ("/a?utm_source=b&utm_medium=c&fbclid=d&xtor=e", "https://www.x.gouv.fr/a"),
        ("/a?csrf_token=1&nonce=2&ts=3&timestamp=4&v=5&id=6", "https://www.x.gouv.fr/a?id=6"),
        ("https://rdv.fr/a#xtor=EPR-1", "https://rdv.fr/a"),
        ("https://rdv.fr/#/demarche/12", "https://rdv.fr/#/demarche/12"),
    ],
)
def test_an_address_is_whole_and_without_what_passes(href, address):
    assert told(href, PAGE) == address


@pytest.mark.parametrize(
    "href",
    [
        "",
        "mailto:?subject=a",
        "#top",
        "?page=1#b",
        "javascript:void(0)",
        "data:text/html,a",
        "ftp://a.b/c",
        "http://[",
        "/a" * 2000,
    ],
)
def test_what_leads_nowhere_is_not_told(href):
    assert told(href, PAGE) == ""


@given(st.text())
def test_an_address_never_ends_the_brackets_it_stands_in(href):
    assert not set(told(href, PAGE)) & set("<> \n\t")


@given(st.text())
def test_an_address_that_was_told_is_told_again_the_same(href):
    once = told(href, PAGE)
    assert told(once, PAGE) == once
