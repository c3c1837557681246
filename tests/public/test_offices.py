"""How a préfecture is reached, on the page of its département: with who says so, and since when."""

from datetime import date

import pytest

from prefectures.models import Prefecture

from .reading import hrefs, text, tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def offices(client):
    """Return a function that gives the section of the page that names the offices."""

    def offices(address="/departements/09-ariege/"):
        return tree(client.get(address).content.decode()).find(".//section[@class='offices']")

    return offices


def foix():
    return Prefecture.objects.get(slug="prefecture-de-foix")


def test_a_telephone_can_be_dialled_an_e_mail_written_a_website_opened(offices):
    assert hrefs(offices()) == [
        "tel:0561021000",
        "mailto:prefecture@ariege.gouv.fr",
        "http://www.ariege.gouv.fr",
    ]


def test_an_address_is_shown_as_on_an_envelope(offices):
    address = offices().find(".//address")
    assert [address.text, *(line.tail.strip() for line in address.iter("br"))] == [
        "2, rue de la Préfecture - Préfet Claude Erignac",
        "BP 4087",
        "09007 Foix Cedex",
    ]


def test_who_says_so_and_when_stands_below(offices):
    assert (
        "Coordonnées : annuaire de l’administration (Direction de l’information légale et "
        "administrative), d’après MTES-MCT/camino, relevées le 24/07/2024"
    ) in text(offices())


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"source_on": None}, "Coordonnées : site de la préfecture"),
        ({"source": ""}, "Coordonnées : relevées le 24/07/2024"),
    ],
    ids=["a source without day", "a day without source"],
)
def test_half_of_what_is_known_is_said_without_a_stray_comma(offices, edit, fields, said):
    edit(foix(), **{"source": "site de la préfecture", "source_on": date(2024, 7, 24), **fields})
    note = text(offices().find(".//p[@class='note']"))
    assert note == said


def test_an_office_of_which_nothing_is_known_has_its_name_only(offices):
    (pamiers,) = [
        text(each) for each in offices().iter("li") if text(each).startswith("Sous-préfecture de P")
    ]
    assert pamiers == "Sous-préfecture de Pamiers"


def test_the_page_says_that_one_does_not_file_at_these_addresses(offices):
    assert "Ces adresses servent à contacter l’État, pas à déposer." in text(offices())


def test_a_telephone_written_from_abroad_is_dialled_as_it_should(offices, edit):
    edit(foix(), phone="+ 33 5 61 02 10 00")
    assert hrefs(offices())[0] == "tel:+33561021000"
