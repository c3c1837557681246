import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefectures.monitoring.weekly_mail.plain_lines import WIDTH, lines_of

ADDRESS = "https://www.herault.gouv.fr/" + "demarches/" * 20
WHATEVER = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


def test_a_sentence_is_broken_between_its_words():
    said = ("Un lien n’existe plus. " * 8).strip()
    lines = lines_of(said)
    assert " ".join(lines) == said
    assert [len(line) for line in lines] == [76, 77, 28]


def test_an_address_is_never_broken():
    assert ADDRESS in lines_of(f"Un lien n’existe plus depuis le 12/11/2026 : {ADDRESS}", "   ")[-1]


def test_any_other_word_is_broken_before_it_is_too_long():
    lines = lines_of("é" * 200, "    ", "1.  ")
    assert [len(line) for line in lines] == [78, 78, 56]
    assert lines[0].startswith("1.  é")


@pytest.mark.parametrize(
    ("said", "typeset"),
    [
        ("Valable jusqu’au 12/11 : c’est passé.", "Valable jusqu’au 12/11\u00a0: c’est passé."),
        ("Le « guichet » ? Oui !", "Le «\u00a0guichet\u00a0»\u00a0? Oui\u00a0!"),
        ("https://example.org:8000/a?b", "https://example.org:8000/a?b"),
    ],
)
def test_signs_are_held_to_their_words_as_french_has_it(said, typeset):
    assert lines_of(said) == [typeset]


@pytest.mark.parametrize("end", [*"\n\r\x0b\x0c\x1c\x85\u2028\0", "\r\n"], ids=ascii)
def test_what_would_end_a_line_is_a_space(end):
    assert lines_of(f"Béziers{end}Subject: gagné") == ["Béziers Subject: gagné"]


@given(WHATEVER)
def test_whatever_is_said_is_in_lines_of_a_mail(text):
    for line in lines_of(text, "    ", "1.  "):
        assert len(line.splitlines()) == 1
        is_address = "://" in line and " " not in line[4:]
        assert len(line) <= WIDTH or is_address
