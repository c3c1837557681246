"""What is asked of a sheet's past and has no answer: a clear sentence, and where to go."""

import pytest
from django.utils import timezone

from .past import LYON, MARCH_3, RHONE, refused, versions


@pytest.mark.usefixtures("three_versions")
@pytest.mark.parametrize(
    "day", ["2026-02-30", "2026-2-3", "abc", "20260203", "2026-13-01", "٢٠٢٦-٠١-٠١"]
)
def test_what_is_no_day_is_told(client, day):
    page = refused(client, f"{LYON}au/{day}/")
    assert f"« {day} » n’est pas une date." in page
    assert "2026-03-09" in page


@pytest.mark.usefixtures("three_versions")
def test_a_day_to_come_is_told(client):
    page = refused(client, f"{LYON}au/2026-04-02/")
    assert "Nous ne savons pas encore ce que dira cette page le 2 avril 2026." in page


@pytest.mark.usefixtures("three_versions")
@pytest.mark.parametrize("day", ["2026-01-31", "2000-01-01"])
def test_a_day_before_the_first_publication_is_told(client, day):
    page = refused(client, f"{LYON}au/{day}/")
    assert "publiée ici pour la première fois le 1er février 2026 à 9 h 30." in page


@pytest.mark.usefixtures("three_versions")
def test_a_day_before_there_was_a_site_is_told(client):
    assert "Ce site n’existait pas" in refused(client, f"{LYON}au/0001-01-01/")


@pytest.mark.usefixtures("three_versions")
@pytest.mark.parametrize("number", ["abc", "-1", "0", "1.5", "²", "9" * 30])
def test_what_is_no_number_of_a_version_is_told(client, number):
    assert "n’est pas le numéro d’une version" in refused(client, f"{MARCH_3}?v={number}", 400)


def test_a_version_that_does_not_exist_of_another_sheet_or_day_is_told(
    client, three_versions, beziers
):
    of_another = versions(beziers)[0]
    first = versions(three_versions)[0]
    for address in (
        f"{MARCH_3}?v=999999",
        f"{MARCH_3}?v={of_another}",
        f"{LYON}au/2026-03-10/?v={first}",
    ):
        assert "n’avait pas de version de ce numéro" in refused(client, address)


def test_a_draft_and_what_never_was_are_unknown(client, publish):
    publish(publication="draft")
    today = timezone.localdate().isoformat()
    for slug in ("prefecture-de-lyon", "nulle-part"):
        for name in ("", "document.json"):
            address = f"{RHONE}{slug}/au/{today}/{name}"
            assert "Cette page n’existe pas" in refused(client, address)
