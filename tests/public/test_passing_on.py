"""What leads from a page to somebody: a message, a sheet of paper, who helps."""

from urllib.parse import unquote

import pytest

from prefectures.models import Departement, HelpPlace, changeset

from .reading import hrefs, text, tree

pytestmark = pytest.mark.django_db

CAHORS = "/departements/46-lot/prefecture-de-cahors/"
NEAR = {"kind": "association", "source": "un dépliant", "verified_on": "2026-03-01"}


@pytest.fixture
def main(client):
    """Return a function that reads the main part of the page at an address."""
    return lambda address: tree(client.get(address).content.decode()).find(".//main")


@pytest.fixture
def place():
    """Return a function that adds a place of help for the départements of these codes."""

    def place(name, *codes):
        with changeset("Un lieu d’aide pour le test"):
            made = HelpPlace.objects.create(name=name, phone="04 67 00 00 00", **NEAR)
            made.departements.set(Departement.objects.filter(code__in=codes))
        return made

    return place


# --- A message --------------------------------------------------------------------------------


def test_a_message_holds_the_answer_and_the_address_and_is_for_nobody_yet(main):
    (message,) = [href for href in hrefs(main(CAHORS)) if href.startswith("sms:")]
    begun, body = message.split("body=")
    assert begun == "sms:?&"
    assert unquote(body) == (
        "Lot\u00a0: la préfecture ne dit pas comment faire. http://testserver" + CAHORS
    )
    assert " " not in message


# --- Paper ------------------------------------------------------------------------------------


def test_paper_holds_the_departement_the_day_and_the_address(main):
    paper = main(CAHORS).find(".//aside[@class='paper']")
    assert "Département du Lot (46)" in text(paper)
    assert "Dernière mise à jour : 22/02/2023" in text(paper)
    assert f"http://testserver{CAHORS}" in text(paper)


def test_the_code_of_each_page_is_its_own(main):
    codes = [
        main(address).find(".//aside/svg/path").get("d")
        for address in (CAHORS, "/departements/09-ariege/prefecture-de-foix/")
    ]
    assert codes[0] != codes[1]


# --- Who helps --------------------------------------------------------------------------------


def test_who_helps_in_the_departement_comes_before_who_helps_everywhere(main, place):
    place("Permanence de Cahors", "46")
    place("Permanence de Foix", "09")
    helping = text(main(CAHORS).find(".//section[@class='help']"))
    assert helping.index("Permanence de Cahors") < helping.index("3039")
    assert "Permanence de Foix" not in helping


def test_the_danger_is_told_with_the_way_to_help_in_the_same_departement(main):
    danger = main(CAHORS).find(".//p[@class='danger']")
    assert text(danger) == (
        "Un refus peut vous obliger à quitter la France. Faites-vous aider avant."
    )
    assert hrefs(danger) == ["/se-faire-aider/46-lot/"]


def test_the_help_of_a_departement_is_its_own_then_that_of_all_of_france(main, place):
    place("Permanence de Cahors", "46")
    place("Permanence de Foix", "09")
    page = main("/se-faire-aider/46-lot/")
    assert [text(title) for title in page.iter("h2")][:2] == [
        "Département du Lot (46)",
        "Partout en France",
    ]
    assert "Permanence de Foix" not in text(page)


@pytest.mark.parametrize("asked", ["46", "46-autre", "46-Lot"])
def test_the_help_of_a_departement_has_one_address(client, asked):
    response = client.get(f"/se-faire-aider/{asked}/")
    assert (response.status_code, response["Location"]) == (301, "/se-faire-aider/46-lot/")


def test_the_help_of_a_departement_that_does_not_exist_is_not_found(client):
    assert client.get("/se-faire-aider/99-nulle-part/").status_code == 404


# --- Nothing known ----------------------------------------------------------------------------


def test_without_sheet_the_prefecture_is_a_contact_and_never_where_one_files(main):
    page = main("/departements/69-rhone/")
    assert text(page.find("h1")) == "Rhône : nous ne savons pas encore comment faire"
    offices = text(page.find("section[@class='offices']"))
    assert "Préfecture de Lyon" in offices
    assert "Nous ne savons pas quel guichet reçoit ces demandes." in offices
    assert "vont seulement à" not in offices
    assert "3039" in text(page.find("section[@class='help']"))
    assert any(href.startswith("mailto:") and "connaître" in unquote(href) for href in hrefs(page))


def test_an_office_that_is_named_as_not_receiving_does_not_make_the_others_receive(main, publish):
    sheet = publish()
    with changeset("Un guichet qui ne reçoit pas"):
        sheet.offices_not_receiving.set(sheet.departement.prefectures.all()[:1])
    offices = text(main("/departements/69-rhone/").find("section[@class='offices']"))
    assert "À notre connaissance" not in offices
    assert "ne reçoit pas ces demandes" in offices


# --- Names of places --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/departements/978-saint-martin/", "Collectivité de Saint-Martin (978)"),
        ("/departements/34-herault/", "Département de l'Hérault (34)"),
    ],
)
def test_a_collectivity_is_no_departement(main, address, name):
    assert name in text(main(address))


def test_a_region_of_the_same_name_is_not_said_twice(client):
    page = tree(client.get("/departements/973-guyane/").content.decode())
    trail = page.find(".//nav[@class='trail']/ol")
    assert [text(item) for item in trail] == ["Accueil", "Guyane"]


@pytest.mark.parametrize("title", ["Préfecture d'Auch", "Préfecture d’Auch"])
def test_an_office_that_the_title_names_is_not_named_again(main, publish, title):
    sheet = publish(title=title, departement="32", slug="une-autre")
    with changeset("Un guichet"):
        sheet.offices.set(sheet.departement.prefectures.filter(city="Auch"))
    assert "Guichet" not in text(main(sheet.get_absolute_url()).find(".//article"))
