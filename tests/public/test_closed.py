"""A sheet by which nobody can file: it says so first, and orders nobody to."""

from datetime import date

import pytest

from prefectures.models import Channel, Procedure, Step, changeset
from prefectures.public.wording.answer import CLOSED, REFUSALS

from .reading import text, tree

pytestmark = pytest.mark.django_db

each_closed = pytest.mark.parametrize("situation", sorted(CLOSED))


@pytest.fixture
def page_of(client):
    """Return a function that reads the article of a sheet."""

    def page_of(sheet):
        return tree(client.get(sheet.get_absolute_url()).content.decode()).find(".//article")

    return page_of


def without_folded(page):
    """Return what is read of ``page`` without unfolding anything."""
    for parent in page.iter():
        for child in list(parent):
            if child.tag == "details":
                parent.remove(child)
    return text(page)


@pytest.fixture
def with_a_step(publish, add):
    """Return a function that publishes a sheet which says to file by post."""

    def with_a_step(**fields):
        sheet = publish(**fields)
        add(Step, sheet, kind="post", address="1 rue de la Paix")
        return sheet

    return with_a_step


@each_closed
def test_a_closed_sheet_says_so_in_its_title(page_of, with_a_step, situation):
    page = page_of(with_a_step(situation=situation))
    assert text(page.find("h1")) == f"Rhône : {CLOSED[situation]}"


@each_closed
def test_a_closed_sheet_orders_nobody_to_file(page_of, with_a_step, situation):
    page = page_of(with_a_step(situation=situation))
    folded = page.find("details[@class='applied']")
    assert "Envoyez votre dossier par la poste" in text(folded)
    assert "Ne faites pas cela maintenant." in text(folded)
    assert "Envoyez votre dossier" not in without_folded(page)
    assert "etape-1" not in {each.get("id") for each in page.iter()}


@each_closed
def test_a_closed_sheet_says_since_when_and_what_one_can_do(page_of, with_a_step, situation):
    sheet = with_a_step(
        situation=situation, situation_note="Depuis\njanvier", updated_on=date(2024, 2, 3)
    )
    notice = text(page_of(sheet).find("div[@class='notice closed']"))
    assert "Depuis janvier" in notice
    assert "Constaté le 03/02/2024." in notice
    assert "demandez conseil" in notice


@each_closed
def test_who_helps_is_named_on_a_closed_sheet(page_of, with_a_step, situation):
    assert "3039" in text(page_of(with_a_step(situation=situation)).find("section[@class='help']"))


def test_a_sheet_past_its_last_day_stays_and_says_so(page_of, with_a_step, today):
    sheet = with_a_step(valid_until=date(2025, 6, 30))
    today(date(2025, 6, 30))
    page = page_of(sheet)
    assert "C’est valable jusqu’au 30/06/2025." in text(page)
    assert "envoyez votre dossier" in text(page.find("h1"))
    today(date(2025, 7, 1))
    page = page_of(sheet)
    assert text(page.find("h1")) == "Rhône : cette façon de faire n’est plus valable"
    assert "C’était valable jusqu’au 30/06/2025." in text(page)
    assert "Ce qui valait jusqu’au 30/06/2025" in text(page.find("details[@class='applied']"))
    assert "Envoyez votre dossier" not in without_folded(page)


def test_a_sheet_before_its_first_day_says_so(page_of, with_a_step, today):
    sheet = with_a_step(valid_from=date(2025, 9, 1))
    today(date(2025, 8, 31))
    page = page_of(sheet)
    assert text(page.find("h1")) == "Rhône : cette façon de faire n’est pas encore valable"
    assert "Ce sera valable à partir du 01/09/2025." in text(page)
    assert "Envoyez votre dossier" not in without_folded(page)
    today(date(2025, 9, 1))
    assert "à partir du" not in text(page_of(sheet))


@each_closed
def test_a_way_that_a_court_imposed_stays_open(page_of, with_a_step, add, situation):
    sheet = with_a_step(situation=situation)
    add(Step, sheet, kind="counter", group=2, is_owed=True, address="2 rue de la Paix")
    page = page_of(sheet)
    assert "Une voie reste possible : un tribunal l’a imposée." in text(page)
    assert "Déposez votre dossier au guichet" in without_folded(page)


def test_an_open_sheet_has_no_notice(page_of, with_a_step):
    page = page_of(with_a_step())
    notices = [each for each in page.iter() if "notice" in each.get("class", "")]
    # That of a copy waits in the page, and is shown in none but the copy.
    assert notices == page.findall(".//template//div[@class='notice copied']")


def test_a_provisional_sheet_says_so_and_what_to_do(page_of, with_a_step):
    page = page_of(with_a_step(situation="provisional"))
    assert "C’est provisoire : cela peut changer bientôt." in text(page)
    assert "envoyez votre dossier par la poste" in text(page.find("h1"))


def test_the_note_of_an_open_situation_is_shown(page_of, with_a_step):
    page = page_of(with_a_step(situation_note="Compter dix-huit mois"))
    assert "Compter dix-huit mois" in text(page)


# --- Nothing to do ----------------------------------------------------------------------------


def test_a_sheet_without_headline_or_steps_says_that_nothing_is_known(page_of, publish):
    page = page_of(publish())
    assert text(page.find("h1")) == "Rhône : nous ne savons pas encore comment faire"
    assert "Gardez vos preuves de présence en France, demandez conseil" in text(page)


def test_a_sheet_of_which_the_prefecture_says_nothing_says_that(page_of, publish):
    page = page_of(publish(situation="not_stated"))
    assert text(page.find("h1")) == "Rhône : la préfecture ne dit pas comment faire"
    assert "demandez conseil" in text(page)


def test_steps_of_which_the_prefecture_says_nothing_are_to_be_asked_about(page_of, with_a_step):
    page = page_of(with_a_step(situation="not_stated"))
    assert "Demandez-lui d’abord si ces étapes valent pour vous." in text(page)


def test_the_offices_of_a_closed_sheet_are_contacts_and_no_more(client, with_a_step):
    sheet = with_a_step(situation="suspended")
    with changeset("Un guichet pour le test"):
        sheet.offices.set(sheet.departement.prefectures.all()[:1])
    page = tree(client.get(sheet.departement.get_absolute_url()).content.decode())
    offices = text(page.find(".//section[@class='offices']"))
    assert "pas à déposer" in offices
    assert "À notre connaissance" not in offices
    assert "Nous ne savons pas" not in offices


def test_a_sheet_with_a_headline_alone_says_what_it_says(page_of, publish):
    page = page_of(publish(headline="Écrivez, puis attendez."))
    assert text(page.find("h1")) == "Rhône : voici ce que nous savons"
    assert text(page.find("p[@class='headline']")) == "Écrivez, puis attendez."
    assert text(page).count("Écrivez, puis attendez.") == 1


@each_closed
def test_the_sentence_of_gisti_is_in_its_note_where_nobody_can_file(page_of, publish, situation):
    page = page_of(publish(situation=situation, headline="Tout se dépose à Lyon."))
    assert "Tout se dépose à Lyon." in text(page.find(".//section[@class='gisti']"))


# --- What is refused --------------------------------------------------------------------------


@pytest.mark.parametrize("channel", Channel.values)
def test_a_refused_channel_is_said_before_the_steps(page_of, with_a_step, channel):
    page = page_of(with_a_step(refused_channels=[channel]))
    said = " ".join(REFUSALS[channel].split())
    assert text(page).index(said) < text(page).index(text(page.find("ol")))


def test_herault_refuses_what_is_sent_by_post(page_of):
    sheet = Procedure.objects.get(slug="prefecture-de-montpellier-et-sous-prefecture-de-lodeve")
    assert "Rien par la poste : c’est refusé." in text(page_of(sheet))


def test_a_step_that_the_sheet_says_is_refused_warns(page_of, with_a_step):
    page = page_of(with_a_step(refused_channels=["postal"]))
    assert "poste" not in text(page.find("h1"))
    assert "la fiche dit aussi que cette voie est refusée" in text(page.find("ol"))
