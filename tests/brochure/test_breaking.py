"""Long words may be broken, and nothing is put into them."""

from hypothesis import given
from hypothesis import strategies as st

from prefectures.brochure.breaking import LONGEST_WORD, pieces

ADDRESS = "https://www.herault.gouv.fr/Demarches/Je-souhaite-un-titre/NOTICE%20ESI%20v10.8.20.pdf"


@given(st.text())
def test_the_pieces_of_a_text_are_the_text(text):
    assert "".join(pieces(text)) == text


@given(st.text(alphabet=st.characters(categories=["L"]), min_size=LONGEST_WORD + 1, max_size=500))
def test_no_piece_of_a_long_word_is_longer_than_a_word(text):
    assert max(map(len, pieces(text))) <= LONGEST_WORD


def test_words_as_people_say_them_are_whole():
    text = "Envoyez votre dossier anticonstitutionnellement par la poste."
    assert pieces(text) == [text]


def test_an_address_is_broken_after_its_parts():
    found = pieces(ADDRESS)
    assert "".join(found) == ADDRESS
    assert found[:5] == ["https://", "www.", "herault.", "gouv.", "fr/"]


def test_no_piece_ends_with_a_hyphen_that_a_reader_of_pdf_would_drop():
    found = pieces("https://www.aude.gouv.fr/re-ouverture-du-bureau-des-etrangers-a11239.html")
    assert not [piece for piece in found if piece.endswith("-")]


def test_what_belongs_to_a_sign_stays_with_it():
    family = "👨‍👩‍👧‍👦🏽"
    assert all(piece.startswith("👨") for piece in pieces(family * 40))


def test_accents_written_apart_stay_with_their_letter():
    assert all(piece[0] == "e" for piece in pieces("e\u0301" * 100))
