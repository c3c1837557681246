"""Which hard words a page holds, with those that explain them."""

from hypothesis import given
from hypothesis import strategies as st

from prefectures.models import GlossaryTerm
from prefectures.public.around import Glossary, terms_in
from prefectures.text.spellings import Words

from ..models.making import edited, written

WORDS = ["AES", "aes", "titre", "séjour", "OQTF", "Le titre", "de séjour", "É", "a", ",", "’", ""]
TEXT = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
TERM = st.builds(
    GlossaryTerm,
    slug=st.just("mot"),
    term=st.sampled_from(WORDS),
    also_written=st.lists(st.sampled_from(WORDS), max_size=2).map("\n".join),
    explanation=TEXT,
    law_article=TEXT,
)


def sought_one_by_one(terms, text):
    """What ``Glossary`` does, without anything worked out beforehand."""
    found, waiting = [], [text]
    while waiting:
        words = Words(waiting.pop())
        for place, term in enumerate(terms):
            if place not in found and any(map(words.hold, term.spellings)):
                found.append(place)
                waiting.append(f"{term.explanation} {term.law_article}")
    return [terms[place] for place in sorted(found)]


@given(st.lists(TERM, max_size=5), TEXT)
def test_any_text_holds_the_terms_that_are_found_one_by_one(terms, text):
    found = Glossary(terms).terms_in(text)
    assert list(map(id, found)) == list(map(id, sought_one_by_one(terms, text)))


def test_a_term_that_is_written_changed_or_deleted_counts_at_once(db):
    assert terms_in("une zorglonde") == []
    term = written(GlossaryTerm, term="Zorglonde", explanation="Un mot du test.")
    assert [found.explanation for found in terms_in("une zorglonde")] == ["Un mot du test."]
    edited(term, explanation="Un autre.")
    assert [found.explanation for found in terms_in("une zorglonde")] == ["Un autre."]
    edited(term, term="Zorglub")
    assert terms_in("une zorglonde") == []
