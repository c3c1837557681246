"""Whatever is pasted: nothing is invented, nothing is lost, nothing fails."""

from hypothesis import given, settings
from hypothesis import strategies as st

from prefectures.models import Contact, Link, Step
from prefectures.proposing import read_page
from prefectures.proposing.marking import marked
from prefectures.text.naming import normalised

from .reading_text import reading

PIECES = [
    "<p>", "</p>", "<ul>", "<li>", "</li>", "</ul>", "<br>", "<h2>", "</h2>", "<table><tr><td>",
    "</td><td>", "</td></tr></table>", "<strong>", "</strong>", "<nav>", "</nav>", "<main>", "\n",
    '<a href="https://www.gard.gouv.fr/booking/create/1">', '<a href="mailto:a@b.fr">', "</a>",
    "Envoyez votre dossier à l’adresse suivante : ", "Préfecture du Gard", "10 avenue Feuchères",
    "30000 Nîmes", "30045 NÎMES CEDEX 9", "11000 Carcassonne", "04 66 49 60 00",
    "+33 4 66 49 60 00", "pref@gard.gouv.fr", "pref [at] gard.gouv.fr", "prendre rendez-vous",
    "code de réservation : AES",
    "les lundis et jeudis de 14h00 à 16h00", "ne sont pas acceptés", "par courrier", " recommandé ",
    "50 euros", "Mise à jour le 12/03/2026", "renouvellement", "au guichet", "soit ", " / ", ", ",
    ". ", " : ", "<", ">", "&amp;", "&#0;", "\xa0", "«", "»", "https://x.fr/(2)", "a", "1", "’",
]  # fmt: skip
pages = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40).map("".join)


@given(pages)
@settings(max_examples=150)
def test_what_is_proposed_stands_on_the_page(source):
    read = reading(source)
    text = read.page.text
    digits = "".join(sign for sign in text if sign.isdigit())
    for proposal in read.proposals:
        assert all(0 <= start <= end <= len(text) for start, end in proposal.spans)
        assert proposal.spans
        values = proposal.values
        if proposal.model is Step and values.get("address"):
            for line in values["address"].splitlines():
                assert normalised(line) in normalised(text)
        if values.get("phone"):
            assert values["phone"].replace(" ", "")[1:] in digits
        if proposal.model is Contact:
            assert values["value"]
        if proposal.model is Link:
            assert values["url"].startswith(("http://", "https://"))


@given(pages)
@settings(max_examples=100)
def test_the_text_that_is_marked_is_the_whole_text(source):
    read = reading(source)
    lines = marked(read.page, read.proposals)
    assert ["".join(piece.text for piece in line.pieces) for line in lines] == [
        line.text for line in read.page.lines
    ]


@given(pages)
@settings(max_examples=100)
def test_a_second_reading_finds_the_same(source):
    first = reading(source)
    again = reading(first.page.quotation) if first.page.quotation else first
    assert [(each.model, each.values) for each in again.proposals] == [
        (each.model, each.values) for each in first.proposals
    ]


@given(pages)
@settings(max_examples=100)
def test_nothing_of_a_page_without_menus_is_lost(source):
    words = read_page(source, with_menus=True).text
    assert read_page(read_page(source, with_menus=True).quotation, with_menus=True).text == words
