"""Several sheets in a département: one question, and each answer leads to its sheet."""

import pytest

from prefectures.models import Departement, changeset

from .reading import text, tree

pytestmark = pytest.mark.django_db

RHONE = "/departements/69-rhone/"


@pytest.fixture
def choice(client):
    """Return a function that reads the question of a département's page."""
    return lambda address: tree(client.get(address).content.decode()).find(
        ".//nav[@class='sheets']"
    )


def questions(choice):
    return [text(title) for title in choice.findall("h2")]


def test_where_sheets_differ_by_territory_one_is_asked_where_one_lives(choice):
    asked = choice("/departements/34-herault/")
    assert questions(asked) == ["Où habitez-vous ?"]
    assert [text(title) for title in asked.findall("h3")] == [
        "Arrondissements de Lodève et de Montpellier",
        "Arrondissement de Béziers",
    ]
    assert [link.get("href") for link in asked.iter("a")] == [
        "#fiche-prefecture-de-montpellier-et-sous-prefecture-de-lodeve",
        "#fiche-sous-prefecture-de-beziers",
    ]


def test_where_they_differ_by_ground_one_is_asked_why(choice, publish):
    publish(title="Travail", grounds=("travail",))
    publish(title="Famille", grounds=("vie-privee-et-familiale",))
    asked = choice(RHONE)
    assert questions(asked) == ["Quelle est votre situation ?"]
    assert "Vous travaillez ou avez une promesse d’embauche." in text(asked)


def test_grounds_that_one_sheet_answers_stand_together(choice, publish):
    publish(title="Trois", grounds=("travail", "metiers-en-tension", "vie-privee-et-familiale"))
    publish(title="Une", grounds=("motifs-humanitaires",))
    options = choice(RHONE).findall("ul[@class='options']/li")
    assert [text(each.find("a")) for each in options] == ["Trois", "Une"]
    assert len(options[0].findall("strong")) == 3


def test_a_ground_that_two_sheets_answer_names_both(choice, publish):
    for title in ("Lyon", "Villefranche"):
        publish(title=title, grounds=("travail",))
    (option,) = choice(RHONE).findall("ul[@class='options']/li")
    assert [text(link) for link in option.findall("a")] == ["Lyon", "Villefranche"]


def test_a_sheet_without_ground_is_offered_too(choice, publish):
    publish(title="Travail", grounds=("travail",))
    publish(title="Autre", grounds=(), situation="unknown")
    assert "Raison non précisée" in text(choice(RHONE))


def test_one_sheet_asks_nothing(choice):
    assert choice("/departements/31-haute-garonne/") is None


def test_a_few_communes_are_named_and_many_are_counted(choice, publish):
    herault = Departement.objects.get(code="34")
    communes = list(herault.communes.order_by("name")[:6])
    for title, chosen in (("Deux", communes[:2]), ("Quatre", communes[2:])):
        sheet = publish(title=title, departement="34")
        with changeset("Des communes pour le test"):
            sheet.communes_included.set(chosen)
    titles = [text(title) for title in choice("/departements/34-herault/").findall("h3")]
    assert f"{communes[0].name} et {communes[1].name}" in titles
    assert "4 communes" in titles
