import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefectures.monitoring.plain_words import plain


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L’Haÿ-les-Roses", "l hay les roses"),
        ("« À la Préfecture »", "a la prefecture"),
        ("cœur, ŒUVRE", "coeur oeuvre"),
        ("excep\xadtion\u200bnel", "exceptionnel"),
        ("225\u202f€", "225 euros"),
        ("© 2026", "copyright 2026"),
        ("1ᵉʳ m²", "1er m2"),
        ("محافظة", "محافظة"),
        ("a_b", "a b"),
        ("", ""),
    ],
)
def test_a_text_is_its_bare_words(text, words):
    assert plain(text) == words


@given(st.text())
def test_bare_words_are_their_own_bare_words(text):
    assert plain(plain(text)) == plain(text)
