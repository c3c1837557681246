"""What changes of a page raises one thing to tell, or nothing: through the real reading of HTML."""

import pytest

from prefectures.monitoring.comparing import difference, has_changed
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
