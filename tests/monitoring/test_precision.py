"""What changes of a page raises one thing to tell, or nothing: through the real reading of HTML."""

import re

import pytest

from prefectures.monitoring.comparing import difference, has_changed, lasting
from prefectures.monitoring.reading.html import page_of
from tests.monitoring.page_pairs import cosmetic, planted
from tests.monitoring.page_pairs.content import URL, Page
from tests.monitoring.page_pairs.looks import LOOKS, html_of

PLAIN = {look: (html_of(look, Page()).encode(), "utf-8") for look in LOOKS}
TEXTS = {look: page_of(*answer, URL).text for look, answer in PLAIN.items()}
# A look has nothing to change of what it does not show.
COSMETIC = [
    (change, look)
    for change, changed in cosmetic.CHANGES.items()
    for look in LOOKS
    if changed(Page(), look) != PLAIN[look]
]


@pytest.mark.parametrize(("change", "look"), COSMETIC)
def test_a_change_of_looks_raises_nothing(change, look):
    found = difference(TEXTS[look], page_of(*cosmetic.CHANGES[change](Page(), look), URL).text)
    assert (found.removed, found.added) == ([], [])


def test_each_change_of_looks_is_one_somewhere():
    assert {change for change, _ in COSMETIC} == {*cosmetic.CHANGES}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("change", planted.CHANGES)
def test_a_change_of_what_is_said_is_told(change, look):
    page = Page()
    planted.CHANGES[change](page)
    assert has_changed(TEXTS[look], page_of(html_of(look, page).encode(), "utf-8", URL).text)


NEWS = ["Le jardin est ouvert dimanche", "Un agent est recherché", "Ce mois-ci : la route"]


def seen(news, change=None):
    """Return the text of a page with ``news`` where nothing tells that they are."""
    page = Page()
    page.around.after_content = f"<p>{news}</p>"
    if change:
        planted.CHANGES[change](page)
    return page_of(html_of("ez_2019", page).encode(), "utf-8", URL).text


@pytest.mark.parametrize("change", planted.CHANGES)
def test_a_change_that_lasts_is_told_from_news_at_random(change):
    found = lasting(seen(NEWS[0]), seen(NEWS[1], change), seen(NEWS[2], change))
    assert found.is_real
    assert not {*NEWS} & {*found.removed, *found.added}


def test_news_at_random_are_no_change():
    assert not lasting(*map(seen, NEWS)).is_real


# The weights of files, the date and the counter apart.
LASTING = re.compile(r"^(?!.*Mis à jour|.*visites|.*PDF).*$", re.MULTILINE)


@pytest.mark.parametrize("look", ["press_like", "list_of_documents"])
def test_no_word_of_a_page_can_change_untold(look):
    text = TEXTS[look]
    places = [
        (line.start() + word.start(), line.start() + word.end())
        for line in LASTING.finditer(text)
        for word in re.finditer(r"\w+", line[0])
    ]
    changed = [f"{text[:start]}autrement{text[end:]}" for start, end in places]
    assert len(changed) > 150
    assert [each for each in changed if not has_changed(text, each)] == []


def test_a_page_that_moves_to_the_design_system_says_the_same():
    assert not has_changed(TEXTS["ez_2019"], TEXTS["dsfr"])
    assert TEXTS["ez_2019"] != TEXTS["dsfr"]


# {look: what it says that the design system's does not, and the other way round}.
OWN_WORDS = {
    "hours_in_tables": ({"Jour | Ouverture"}, {"Courriel", "Téléphone"}),
    "accordions": (set(), {"Courriel", "Téléphone"}),
    "list_of_documents": (
        {"Bureau"},
        {"Courriel", "Téléphone", "Contact", "Où envoyer la demande"},
    ),
}


@pytest.mark.parametrize("look", OWN_WORDS)
def test_of_a_page_that_is_made_anew_only_the_words_that_differ_are_told(look):
    removed, added = OWN_WORDS[look]
    found = difference(TEXTS[look], TEXTS["dsfr"])
    assert {*found.removed} == removed
    assert {line.partition(" :")[0] for line in found.added} == added


def test_all_that_a_sheet_has_of_a_page_is_changed_in_many_ways():
    assert {*planted.BY_FIELD} == {"address", "hours", "link", "document", "mode"}
    assert min(map(len, planted.BY_FIELD.values())) >= 10
