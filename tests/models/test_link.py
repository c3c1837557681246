"""What a link says of itself."""

import pytest

from prefectures.models import Link

pytestmark = pytest.mark.django_db


def test_a_link_knows_the_site_it_leads_to():
    assert Link(url="https://www.ariège.gouv.fr/Demarches").host == "www.ariège.gouv.fr"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.gard.gouv.fr/form.pdf", True),
        ("https://www.gard.gouv.fr/FORM.PDF?inline=1", True),
        ("https://www.gard.gouv.fr/form.html", False),
        ("https://www.gard.gouv.fr/?file=form.pdf", False),
        ("https://www.gard.gouv.fr/form.pdf#page=2", True),
        ("", False),
    ],
)
def test_a_link_knows_whether_it_is_a_pdf(url, expected):
    assert Link(url=url).is_pdf is expected


@pytest.mark.parametrize("kind", Link.Kind.values)
def test_a_document_is_to_fill_in_or_a_page_to_read(kind):
    taken_along = {"form", "annex", "notice", "document_list"}
    assert Link(kind=kind).is_to_fill_in is (kind in taken_along)


@pytest.mark.parametrize("publisher", Link.Publisher.values)
def test_only_a_prefecture_or_a_platform_speaks_for_the_state(publisher):
    of_the_state = {"prefecture", "state_platform"}
    assert Link(publisher=publisher).is_of_the_state is (publisher in of_the_state)


def test_a_link_is_shown_by_its_label_or_else_by_its_address():
    assert str(Link(label="Notice", url="https://a.fr/")) == "Notice"
    assert str(Link(url="https://a.fr/")) == "https://a.fr/"
