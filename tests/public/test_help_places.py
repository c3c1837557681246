"""/se-faire-aider/: who helps everywhere, then in each département; each with source and day."""

from datetime import date

import pytest

from prefectures.models import HelpPlace, changeset

from .reading import hrefs, text, tree

pytestmark = pytest.mark.django_db

ADDRESS = "/se-faire-aider/"


@pytest.fixture
def main(client):
    """Return a function that gives what the page says."""

    def main():
        return tree(client.get(ADDRESS).content.decode()).find(".//main")

    return main


def place(name, *departements, **fields):
    given = {"kind": "association", "source": "un dépliant", "verified_on": date(2025, 3, 1)}
    with changeset("Pour le test"):
        item = HelpPlace.objects.create(name=name, **given | fields)
        item.departements.set(departements)
    return item


def test_a_national_line_can_be_dialled_and_its_source_opened(main):
    assert {"tel:3039", HelpPlace.objects.get().source} <= set(hrefs(main()))


def test_each_place_says_its_source_and_its_day(main):
    place("La Cimade", "34")
    said = text(main())
    assert "Source : www.justice.gouv.fr, le 29/05/2024" in said
    assert "Source : un dépliant, le 01/03/2025" in said


def test_places_of_all_france_come_first_then_those_of_each_departement(main):
    place("La Cimade", "34", "09")
    titles = [text(title) for title in main().iter("h2")]
    assert titles == [
        "Partout en France",
        "Département de l'Ariège (09)",
        "Département de l'Hérault (34)",
    ]


def test_how_a_place_is_reached_is_all_there(main):
    place(
        "La Cimade",
        "34",
        phone="04 67 00 00 00",
        email="a@cimade.example",
        website="https://cimade.example/",
        address="1 rue du Pont\n34500 Béziers",
        hours="le lundi",
        languages="français, arabe",
        description="Conseils gratuits",
    )
    said = text(main())
    for words in (
        "1 rue du Pont 34500 Béziers",
        "Horaires : le lundi",
        "Langues : français, arabe",
    ):
        assert words in said
    assert {"tel:0467000000", "mailto:a@cimade.example", "https://cimade.example/"} <= set(
        hrefs(main())
    )


def test_a_site_without_any_place_says_so(main):
    with changeset("Pour le test"):
        HelpPlace.objects.get().delete()
    assert "Nous n’avons encore relevé aucun lieu d’aide." in text(main())


def test_a_page_of_fifty_places_asks_three_questions(client, django_assert_max_num_queries):
    place("Un lieu", "34")
    with changeset("Pour le test"):
        for number in range(50):
            HelpPlace.objects.create(
                name=f"Lieu {number}", kind="union", source="x", verified_on="2025-03-01"
            ).departements.set(["09", "34"])
    with django_assert_max_num_queries(3):
        client.get(ADDRESS)


def test_every_page_leads_there(client):
    assert ADDRESS in hrefs(tree(client.get("/").content.decode()))
