import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefectures.monitoring.quoting import found_in

PAGE = """Admission exceptionnelle au séjour
La demande doit être envoyée par courrier <https://x.fr/a.pdf>, en un seul exemplaire. Aucun
dossier n'est reçu au guichet, sauf "urgence" signalée.
Horaires : 9h - 12h
2 photos"""


@pytest.mark.parametrize(
    "quotation",
    [
        "<p>La demande doit être envoyée par courrier, en un seul exemplaire.</p>",
        "<p>« la demande doit être envoyée par courrier »</p>",
        "<p>Aucun dossier n’est reçu au guichet, sauf « urgence » signalée.</p>",
        "<p>La demande\xa0doit être<br>envoyée <strong>par courrier</strong> […] Aucun dossier</p>",
        "<p>La demande (...) courrier</p><ul><li>Horaires : 9h – 12h</li><li>2 photos</li></ul>",
        "<p>Admission excep\xadtionnelle</p>",
        "<p>…</p>",
        "",
    ],
)
def test_what_the_page_still_says_stands(quotation):
    quoted = found_in(quotation, PAGE)
    assert quoted.stands
    assert quoted.share == 1


@pytest.mark.parametrize(
    "quotation",
    [
        "<p>La demande doit être envoyée en ligne</p>",
        "<p>La demande envoyée par courrier</p>",
        "<p>Aucun dossier n’est recu au guichet</p>",
        "<p>AUCUN DOSSIER N’EST REÇU</p>",
        "<p>3 photos</p>",
    ],
)
def test_what_it_does_not_say_word_for_word_does_not(quotation):
    quoted = found_in(quotation, PAGE)
    assert not quoted.stands
    assert quoted.share < 1


def test_the_phrases_that_stand_are_told_from_those_that_do_not():
    quotation = (
        "<p>La demande doit être envoyée par courrier, en deux exemplaires datés. Aucun dossier "
        "n’est reçu au guichet, sauf « urgence » signalée.</p>"
    )
    quoted = found_in(quotation, PAGE)
    assert quoted.parts == [
        ("La demande doit être envoyée par courrier, ", True),
        ("en deux exemplaires datés. ", False),
        ("Aucun dossier n’est reçu au guichet, sauf « urgence » signalée.", True),
    ]
    assert quoted.share == pytest.approx(17 / 21)


def test_a_phrase_of_a_word_or_two_is_no_proof():
    quoted = found_in("<p>Horaires, les mardis et les jeudis</p>", PAGE)
    assert quoted.parts == [("Horaires, les mardis et les jeudis", False)]


WORDS = st.lists(
    st.sampled_from(
        ["la", "demande", "« reçue »", ",", "[…]", ".", "<br>", "</p><p>", "l’été", ":"]
    ),
    max_size=20,
)


@given(WORDS, WORDS)
def test_the_parts_are_the_whole_quotation(quotation, page):
    html = f"<p>{' '.join(quotation)}</p>"
    quoted = found_in(html, " ".join(page))
    whole = html.replace("<br>", "\n").replace("</p>", "\n").replace("<p>", "").strip()
    assert "".join(text for text, _ in quoted.parts) == whole
    assert 0 <= quoted.share <= 1


@given(WORDS)
def test_a_page_quoted_as_a_whole_stands(quotation):
    text = " ".join(quotation)
    page = text.replace("<br>", "\n").replace("</p><p>", "\n").replace("[…]", "")
    assert found_in(f"<p>{text}</p>", page).stands
