"""Twelve more sheets unlike GISTI's document (invented, in tests/data/): who says what, to whom."""

import pytest

from prefectures.models import Procedure, changeset

from ..models.making import edited
from .made_up import load_made_up, sheets_of
from .reading import text, tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def page_of(client):
    """Return a function that loads a file and reads the page of one of its sheets."""

    def page_of(name, number=0):
        if not Procedure.objects.filter(slug=sheets_of(name)[number]["slug"]).exists():
            load_made_up(name)
        sheet = Procedure.objects.get(slug=sheets_of(name)[number]["slug"])
        return tree(client.get(sheet.get_absolute_url()).content.decode()).find(".//article")

    return page_of


def pressed(page):
    """Return all that can be pressed."""
    return " ".join(f"{a.get('href')} {text(a)}" for a in page.iter("a"))


def in_order(page, *words):
    places = [text(page).index(each) for each in words]
    return places == sorted(places)


# --- Several voices ---------------------------------------------------------------------------


def test_a_lawyer_and_the_press_speak_apart_each_with_its_date(page_of):
    sections = page_of("a_lawyer_and_the_press").findall(".//section[@class='official']")
    titles = [text(section.find("h2")) for section in sections]
    assert titles == [
        "Ce que dit un cabinet d’avocat·es : Cabinet Exemple",
        "Ce que dit la presse : Le Journal d'essai",
    ]
    assert "lu le 11/05/2026" in text(sections[0])
    assert "texte daté : le 2 avril 2026" in text(sections[1])
    assert [a.get("href") for section in sections for a in section.iter("a")] == [
        "https://cabinet.example/melun",
        "https://journal.example/melun",
    ]


def test_a_step_known_by_a_lawyer_says_so_and_how_old_that_is(page_of):
    steps = text(page_of("a_lawyer_and_the_press").find(".//ol[@class='steps']"))
    assert "Nous le savons par un cabinet d’avocat·es, le 15/03/2026." in steps
    assert "Nous le savons par la presse (texte daté : le 2 avril 2026)." in steps


def test_nothing_is_laid_to_a_prefecture_of_which_only_others_speak(page_of):
    page = text(page_of("a_lawyer_and_the_press"))
    assert "La préfecture ne" not in page
    assert "La préfecture exige" not in page
    assert "Le Gisti conseille l’envoi en recommandé" in page


# --- Steps ------------------------------------------------------------------------------------


def test_after_the_post_one_waits_to_be_summoned_to_another_office(page_of):
    page = page_of("post_then_a_summons")
    steps = page.findall(".//ol[@class='steps']/li")
    assert [text(step.find("h2")) for step in steps] == [
        "Envoyez votre dossier en recommandé",
        "Attendez que la préfecture vous convoque à un rendez-vous",
        "Renseignez-vous au guichet",
    ]
    assert "Préfecture de Beauvais" in text(steps[0])
    assert "Sous-préfecture de Senlis" in text(steps[1])
    assert "La préfecture exige le recommandé." in text(steps[0])


def test_an_office_that_does_not_receive_is_no_office_where_one_files(client, page_of):
    page = page_of("post_then_a_summons")
    assert "Ne reçoit pas cette demande : Sous-préfecture de Compiègne" in text(page)
    offices = client.get("/departements/60-oise/").content.decode()
    [compiegne] = [
        text(item)
        for item in tree(offices).findall(".//section[@class='offices']//li")
        if "Compiègne" in text(item)
    ]
    assert "ne reçoit pas ces demandes" in compiegne


@pytest.mark.parametrize("situation", ["not_offered", "not_applicable"])
def test_the_office_of_a_sheet_that_takes_nothing_receives_nothing(client, beziers, situation):
    edited(beziers, situation=situation, title="Béziers")
    page = text(tree(client.get(beziers.get_absolute_url()).content.decode()))
    assert "Ne reçoit pas cette demande : Sous-préfecture de Béziers" in page
    assert "Guichet :" not in page


def test_a_way_that_a_court_imposed_is_told_with_its_decision(page_of):
    page = page_of("a_channel_owed_by_a_court")
    assert "Un tribunal oblige la préfecture à accepter cette voie." in text(page)
    assert "Nous le savons par un tribunal, le 20/11/2025." in text(page)
    assert text(page.find("h1")).endswith(" en ligne, puis déposez votre dossier au guichet")


# --- What must not be used --------------------------------------------------------------------


def test_an_address_for_something_else_is_crossed_off_and_in_no_envelope(page_of):
    page = page_of("an_address_not_for_aes")
    section = text(page.find(".//section[@class='unusable']"))
    assert "À ne pas utiliser pour cette demande" in section
    assert "Pas pour cette demande : Adresse Préfecture de la Loire-Atlantique" in section
    assert "Sert à : les renouvellements de titre" in section
    assert page.findall(".//address") == []
    assert "naturalisations" in section
    assert "naturalisations" not in pressed(page)
    assert "02 40 41 20 20" in pressed(page)


def test_a_booking_page_for_renewals_is_shown_and_cannot_be_pressed(page_of):
    page = page_of("a_booking_page_not_for_aes")
    address = "https://www.rdv.bas-rhin.gouv.example/renouvellement"
    assert address in text(page.find(".//section[@class='unusable']"))
    assert address not in pressed(page)


# --- What is not known ------------------------------------------------------------------------


def test_what_gisti_does_not_know_is_not_the_silence_of_the_prefecture(page_of):
    page = text(page_of("nothing_known"))
    assert "Ardennes : nous ne savons pas encore comment faire" in page
    assert "la préfecture ne dit pas" not in page


def test_the_silence_of_the_prefecture_is_not_what_gisti_does_not_know(page_of):
    page = text(page_of("nothing_stated"))
    assert "Cantal : la préfecture ne dit pas comment faire" in page
    assert "nous ne savons pas" not in page


# --- By ground --------------------------------------------------------------------------------


def test_two_centres_send_to_each_other(page_of):
    names = ["bobigny-famille", "saint-denis-travail"]
    links = []
    for number in (0, 1):
        page = page_of("two_centres_that_send_to_each_other", number)
        referrals = page.find(".//ul[@class='referrals']")
        links += {a.get("href") for a in referrals.iter("a")}
    assert links == [f"/departements/93-seine-saint-denis/{name}/" for name in reversed(names)]


def test_a_ground_filed_across_the_border_is_sent_there_before_the_steps(page_of):
    page = page_of("a_ground_filed_elsewhere")
    first_step = text(page.find(".//li[@id='etape-1']"))
    assert in_order(
        page, "Cette fiche ne vaut pas pour", "Sous-préfecture d'Antony : soins", first_step
    )
    assert "Même si vous habitez Nanterre." in text(page)


def test_a_neighbouring_request_is_said_to_be_another_one(page_of):
    page = text(page_of("a_neighbouring_request"))
    assert "Parents d’un enfant malade (demande voisine, ce n’est pas une admission" in page
    assert "Adressez-vous à : Sous-préfecture de Villefranche-sur-Saône." in page
    assert "Nous ne savons pas où s’adresser." in page


@pytest.mark.parametrize("what", ["archive", "delete"])
def test_a_sheet_that_answered_and_is_gone_is_no_link(page_of, what):
    load_made_up("a_ground_filed_elsewhere")
    other = Procedure.objects.get(slug="sous-prefecture-d-antony-soins")
    if what == "archive":
        edited(other, publication="archived")
    else:
        with changeset("Pour le test"):
            other.delete()
    page = page_of("a_ground_filed_elsewhere")
    assert "La fiche qui y répondait n’est plus en ligne." in text(page)
    assert "antony" not in pressed(page).casefold()


# --- Before and after -------------------------------------------------------------------------


def test_what_blocks_is_read_before_the_steps_as_a_list(page_of):
    page = page_of("conditions_that_block")
    first_step = text(page.find(".//li[@id='etape-1']"))
    assert in_order(page, "Avant de commencer", "Un passeport", first_step, "faut préparer")
    [section] = [s for s in page.iter("section") if "Avant de commencer" in text(s.find("h2"))]
    assert len(section.findall("ul/li")) == 3


def test_what_to_bring_is_a_list_with_notes_and_a_title_for_a_ground(page_of):
    page = page_of("conditions_that_block")
    [section] = [s for s in page.iter("section") if "faut préparer" in text(s.find("h2"))]
    items = [text(item) for item in section.iter("li")]
    assert items[0] == "Passeport (original, et copie de toutes les pages)"
    assert [text(title) for title in section.iter("h3")] == ["Travail"]
    assert len(items) == 4


def test_a_dated_rule_for_files_already_filed_is_told_with_its_date(page_of):
    page = text(page_of("a_transition_rule"))
    assert "Si votre dossier est déjà déposé (règle du 01/03/2026)" in page
    assert "n'en envoyez pas un second" in page
