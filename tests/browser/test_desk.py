"""From the desk to the field that needs somebody, by its links alone."""

import pytest

from prefectures.models import Procedure

from ..models.making import edited
from .conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("where", ["#id_headline", "#id_links-0-url", "#id_conditions_helptext"])
def test_a_contradiction_is_three_clicks_from_the_first_page(desk, site, complaints, where):
    foix = Procedure.objects.get(slug="prefecture-de-foix")
    link = '<p><a href="https://www.ariège.gouv.fr/">Ici</a></p>'
    edited(foix, headline="En ligne.", conditions=link)
    desk.set_viewport_size(PHONE)
    desk.goto(f"{site}/admin/")
    desk.get_by_role("link", name="qui se contredisent").click()
    desk.locator(f"a[href$='{foix.pk}/change/{where}']").click()
    desk.wait_for_selector("[contenteditable=true]", state="attached")
    desk.wait_for_function(
        """place => {
            const {top, height} = document.querySelector(place).getBoundingClientRect();
            return height > 0 && top >= -5 && top < innerHeight;
        }""",
        arg=where,
    )
    assert complaints == []
