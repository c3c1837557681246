"""What a sheet says is cut into passages short enough to be read again, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefectures.models import Procedure
from prefectures.public.in_sheets import passages
from prefectures.public.in_sheets.passages import LONG, TOO_LONG, pieces_of
from prefectures.public.in_sheets.sheet_text import SheetText
from prefectures.published.current import sheet_at
from prefectures.text.naming import normalised

LINES = st.lists(st.text("abé .\n", max_size=900), max_size=12).map("\n".join)


@given(LINES | st.text() | st.integers(0, 9000).map(lambda length: "a" * length))
def test_the_pieces_of_a_text_are_the_text(text):
    pieces = list(pieces_of(text))
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(0 < len(piece) <= TOO_LONG for piece in pieces)
    assert all(piece in text for piece in pieces)


@given(st.lists(st.sampled_from(["récépissé", "la", "préfecture"]), max_size=1500))
def test_a_long_line_is_cut_between_words(words):
    pieces = [piece.split() for piece in pieces_of(" ".join(words))]
    assert [word for piece in pieces for word in piece] == words


def test_short_lines_stay_together():
    assert list(pieces_of("Préfecture du Gers\n3 place du Préfet")) == [
        "Préfecture du Gers\n3 place du Préfet"
    ]
    assert len(list(pieces_of(f"{'a' * LONG}\nb\nc"))) == 2


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p>Un</p><p>Deux</p>", "Un\nDeux"),
        ('<p><a href="https://a.example/">Ici</a>.</p>', "Ici <https://a.example/>."),
        ('<p><a href="https://a.example/">https://a.example/</a>.</p>', "https://a.example/."),
        ('<p>Au <a href="mailto:a@b.example">a@b.example</a></p>', "Au a@b.example"),
        ("<p>a &lt;b&gt; c &lt;d</p>", "a <b> c <d"),
    ],
)
def test_rich_text_is_read_as_lines_and_says_once_where_a_link_leads(html, text):
    assert passages.lines_of(html) == text


def test_nothing_that_gisti_wrote_is_lost(db):
    for found in Procedure.objects.published().select_related("departement"):
        sheet = sheet_at(found.departement_id, found.slug)
        kept = SheetText(sheet)
        texts = [sheet.title, sheet.headline, *(quoted.text for quoted in sheet.quotations.all())]
        texts += [link.url for link in sheet.links.all()]
        texts += [step.address for step in sheet.steps.all()]
        for text in map(passages.lines_of, texts):
            missing = [word for word in normalised(text).split() if not kept.holds([f" {word} "])]
            assert missing == []
