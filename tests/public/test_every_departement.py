"""Every département has a page: one without a sheet says so, names its offices, asks for help."""

import pytest

from prefectures.models import Departement, Prefecture

from .reading import hrefs, text, tree

pytestmark = pytest.mark.django_db


def test_every_departement_without_a_sheet_says_so_names_its_offices_and_asks_for_help(client):
    places = list(Departement.objects.with_coverage())
    assert len(places) == 104
    without = [place for place in places if not place.has_sheets]
    assert len(without) == 91
    for place in without:
        main = tree(client.get(place.get_absolute_url()).content.decode()).find(".//main")
        shown = text(main).replace("\u00a0", " ")
        assert f"{place.name} : nous ne savons pas encore comment faire" in shown
        assert "Nous ne savons pas quel guichet reçoit ces demandes." in shown
        assert "ces demandes vont seulement à" not in shown
        offices = Prefecture.objects.filter(departement=place)
        assert [office for office in offices if office.name not in shown] == []
        assert offices.exists(), place
        assert any(href.startswith("mailto:") and "subject=" in href for href in hrefs(main))


def test_every_departement_with_a_sheet_answers(client):
    for place in Departement.objects.with_coverage().filter(has_sheets=True):
        page = client.get(place.get_absolute_url()).content.decode()
        assert f'href="{place.procedures.first().get_absolute_url()}"' in page
