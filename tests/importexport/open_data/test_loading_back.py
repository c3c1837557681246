"""The open data loaded into an empty site: its public pages are the same, to the byte."""

import pytest

from prefectures.importexport.open_data.loading import load_open_data
from prefectures.models import Departement, Procedure
from prefectures.territories.load import load

from ...public.data.saved import saved

pytestmark = pytest.mark.django_db


def pages(client):
    """Return {address: page} of all départements and sheets, and of what stands around them."""
    addresses = [
        "/se-faire-aider/",
        "/glossaire/",
        "/regions/occitanie/",
        *(each.get_absolute_url() for each in Departement.objects.order_by("code")),
        *(each.get_absolute_url() for each in Procedure.objects.published().order_by("pk")),
    ]
    return {address: client.get(address).content.decode() for address in addresses}


@pytest.fixture
def emptied(request, occitanie_files):
    """Return a function that leaves the territory, and nothing else."""

    def empty():
        request.getfixturevalue("empty_site")
        load(occitanie_files)

    return empty


def test_pages_are_the_same(client, tmp_path, emptied):
    before = pages(client)
    folder = saved(client, tmp_path)
    emptied()
    load_open_data(folder, reason="Un site de secours")
    after = pages(client)
    assert len(before) > 110
    assert [address for address in before if before[address] != after.get(address)] == []
