"""A piece of a text with what was sought in it marked, exactly where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefectures.text.marked import LONGEST_EXCERPT, excerpt, marked, words_of
from prefectures.text.naming import normalised
from prefectures.text.wanted import searched, terms_of

# Where letters become two, go away, or come apart: ligatures, accents by themselves, signs of all
# scripts; not those that are several words by themselves ("½").
SIGNS = "aeoéèçœæŒÆﬁﬆßİıſ²①ºA\u0301\u0327\u200d\u00ad -'’.,/@<>&\n\u00a0🙏🏽ب图5st"
TEXT = st.text(alphabet=SIGNS) | st.text(alphabet="ae\u0301œ ", max_size=600)
ANY_TEXT = TEXT | st.text()
QUERY = st.text(alphabet=SIGNS, max_size=12)


def in_brackets(pieces):
    return "".join(f"[{text}]" if is_marked else text for text, is_marked in pieces)


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("recepiss", "Un récépissé, puis", "Un [récépissé], puis"),
        ("oeuf", "L’œuf", "L’[œuf]"),
        ("e", "e\u0301 e", "[e\u0301] [e]"),
        ("vie privée", "La vie très privée", "La [vie] très [privée]"),
        ('"vie privee"', "La vie, privée.", "La [vie, privée]."),
        ("saint", "St-Pons et Saint-Chinian", "[St]-Pons et [Saint]-Chinian"),
        ("gouv.fr", "www.gard.gouv.fr/rdv", "www.gard.[gouv.fr]/rdv"),
        ("gouv.fr fr/rdv", "www.gard.gouv.fr/rdv", "www.gard.[gouv.fr/rdv]"),
        ("fin", "la ﬁn", "la [ﬁn]"),
        ("b", "<b>", "<[b]>"),
        ("absent", "rien", "rien"),
        ("de", "la demande de titre", "la demande [de] titre"),
    ],
)
def test_the_whole_words_that_were_sought_are_marked(query, text, expected):
    assert in_brackets(marked(text, terms_of(query))) == expected


@given(ANY_TEXT)
def test_the_words_of_a_text_are_those_by_which_it_is_searched(text):
    assert " ".join(word.word for word in words_of(text)) == normalised(text)


@given(TEXT)
def test_each_word_stands_where_it_is_said_to(text):
    assert all(normalised(text[start:end]) == word for word, start, end in words_of(text))


@given(ANY_TEXT, QUERY, st.integers(1, 60))
def test_an_excerpt_is_a_part_of_its_text(text, query, longest):
    shown = excerpt(text, terms_of(query), longest)
    assert shown.text in text
    assert len(shown.text) <= longest
    assert text.startswith(shown.text) or not shown.is_beginning
    assert text.endswith(shown.text) or not shown.is_end
    assert (shown.text == text) == (shown.is_beginning and shown.is_end)
    assert all(piece for piece, _ in shown.pieces)


@given(TEXT, QUERY, st.integers(1, 60))
def test_each_marked_piece_begins_with_a_word_that_was_sought(text, query, longest):
    terms = terms_of(query)
    for piece, is_marked in excerpt(text, terms, longest).pieces:
        if is_marked:
            assert any(searched(piece).startswith(term) for term in terms)


@given(TEXT, QUERY)
def test_whatever_is_found_in_a_text_is_marked_in_the_whole_of_it(text, query):
    terms = terms_of(query)
    is_found = any(term in searched(text) for term in terms)
    assert any(is_marked for _, is_marked in marked(text, terms)) == is_found


@given(st.lists(st.sampled_from(["avant", "après", "récépissé", "œuvre"]), max_size=120))
def test_what_is_found_is_marked_in_the_excerpt(words):
    text = " ".join(words)
    shown = excerpt(text, terms_of("recepisse oeuvre"))
    held = {normalised(piece) for piece, is_marked in shown.pieces if is_marked}
    assert bool(held) == bool({"récépissé", "œuvre"} & set(words))


def test_the_excerpt_is_where_most_of_the_words_are_together():
    apart = " puis un autre mot" * 30
    text = f"Le timbre.{apart} Un timbre fiscal.{apart} Fiscal"
    shown = excerpt(text, terms_of("timbre fiscal"))
    assert "Un [timbre] [fiscal]." in in_brackets(shown.pieces)
    assert not shown.is_beginning
    assert not shown.is_end


def test_an_excerpt_ends_between_words():
    text = "environnement " * 100 + "récépissé" + " environnement" * 100
    shown = excerpt(text, terms_of("recepisse"))
    assert set(shown.text.split()) == {"environnement", "récépissé"}
    assert LONGEST_EXCERPT - 30 < len(shown.text) <= LONGEST_EXCERPT


def test_a_text_without_spaces_is_cut_all_the_same():
    shown = excerpt("x" * 500 + ".mot." + "x" * 500, terms_of("mot"))
    assert "[mot]" in in_brackets(shown.pieces)
    assert len(shown.text) == LONGEST_EXCERPT


def test_a_short_text_is_shown_whole():
    shown = excerpt("Un récépissé.", terms_of("absent"))
    assert (shown.text, shown.is_beginning, shown.is_end) == ("Un récépissé.", True, True)


@pytest.mark.parametrize("text", ["a" * 100_000, "a " * 50_000, "a.b" * 30_000, "\u0301" * 90_000])
def test_a_text_of_any_length_is_read_once(text):
    assert len(excerpt(text, terms_of("a b a.b a.b.a")).text) <= LONGEST_EXCERPT
