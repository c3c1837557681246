"""The page of a commune: the sheets that hold there answer, nothing else makes one competent."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prefectures.models import Commune, Ground, Prefecture, Procedure, Referral, Step, changeset

from .reading import hrefs, text

pytestmark = pytest.mark.django_db

LODEVE, NARBONNE, BEZIERS = (
    "/communes/34142-lodeve/",
    "/communes/11262-narbonne/",
    "/communes/34032-beziers/",
)
LYON, VILLEFRANCHE = "/communes/69123-lyon/", "/communes/69264-villefranche-sur-saone/"
MOST = 4


def offices_of(main, address):
    """Return {name: what is said of it} of the offices that a page lists."""
    said = "ne reçoit pas ces demandes, à notre connaissance"
    section = main(address).find(".//section[@class='offices']")
    return {item.text.strip(): said in text(item) for item in section.find("ul")}


# --- One sheet ---------------------------------------------------------------------------------


def test_the_answer_is_that_of_the_sheet_that_holds_there(read):
    page = read(LODEVE)
    assert "Lodève : prenez rendez-vous en ligne, puis déposez votre dossier au guichet" in page
    assert "Préfecture de Montpellier et sous-préfecture de Lodève" in page


@pytest.mark.parametrize(
    ("address", "why"),
    [
        (
            LODEVE,
            "Lodève est dans l’arrondissement de Lodève : cette fiche vaut pour les "
            "arrondissements de Lodève et de Montpellier.",
        ),
        (
            BEZIERS,
            "Béziers est dans l’arrondissement de Béziers : cette fiche vaut pour cet "
            "arrondissement.",
        ),
        (NARBONNE, "Cette fiche vaut pour tout le département."),
    ],
)
def test_a_page_says_why_the_sheet_holds(read, address, why):
    assert f"Pourquoi cette réponse ? {why}" in read(address)


def test_who_lives_near_an_office_that_receives_nothing_is_told_so_beside_the_steps(read):
    said = "Sous-préfecture de Narbonne : ne reçoit pas ces demandes, à notre connaissance."
    assert read(NARBONNE).index(said) < read(NARBONNE).index("Ce qu’il faut préparer")
    assert said not in read("/communes/11069-carcassonne/")
    assert "Sous-préfecture de Lodève : ne reçoit pas" not in read(LODEVE)


def test_what_a_sheet_says_of_an_office_is_not_said_twice(read):
    sheet = Procedure.objects.get(departement="11")
    with changeset("Un guichet fermé pour le test"):
        sheet.offices_not_receiving.set(Prefecture.objects.filter(city="Narbonne"))
    assert "Ne reçoit pas cette demande : Sous-préfecture de Narbonne" in read(NARBONNE)
    assert "Sous-préfecture de Narbonne : ne reçoit pas ces demandes" not in read(NARBONNE)


def test_a_commune_that_is_listed_is_said_to_be_named(read, publish, place):
    place(publish(), communes_included=["69264"])
    assert "Cette fiche nomme Villefranche-sur-Saône." in read(VILLEFRANCHE)
    assert "nous ne connaissons pas encore la procédure" in read(LYON)


@pytest.fixture
def villefranche_moves():
    """Return a function that has Villefranche be in the Ain, as a new edition may say."""

    def move():
        moved = Commune(code="69264", departement_id="01", arrondissement_id="012")
        Commune.objects.bulk_update([moved], ["departement", "arrondissement"])

    return move


def test_a_sheet_of_the_departement_where_a_commune_was_still_names_it(
    main, read, publish, place, villefranche_moves
):
    place(publish(), communes_included=["69264"], offices=["prefecture-de-lyon"])
    villefranche_moves()
    page = read(VILLEFRANCHE)
    assert "Une fiche du Rhône nomme Villefranche-sur-Saône." in page
    assert "ces demandes vont seulement à : Préfecture de Lyon." in page
    assert offices_of(main, VILLEFRANCHE)["Préfecture de Bourg-en-Bresse"]


def test_a_commune_that_is_taken_out_has_no_answer(read, publish, place):
    place(publish(), communes_excluded=["69264"])
    assert "nous ne connaissons pas encore la procédure" in read(VILLEFRANCHE)
    assert "Les fiches de ce département ne valent pas ici : voir où elles valent." in read(
        VILLEFRANCHE
    )
    assert "Cette fiche vaut pour le département, sauf pour certaines communes." in read(LYON)


def test_where_only_words_say_the_territory_the_reader_is_asked_to_check(read, publish):
    publish(territory_note="rive gauche\nde la commune")
    page = read(VILLEFRANCHE)
    assert "Cette fiche vaut pour une partie du département. Vérifiez que c’est bien" in page
    assert "La fiche précise : « rive gauche de la commune »." in page


def test_a_draft_or_an_archived_sheet_answers_nothing(read, publish):
    publish(publication="draft")
    publish(title="Une autre", publication="archived")
    assert "nous ne connaissons pas encore la procédure" in read(LYON)


def test_the_first_step_comes_before_the_reason(main):
    shown = text(main(LODEVE))
    assert shown.index("Prendre rendez-vous sur") < shown.index("Pourquoi cette réponse")


# --- Offices ------------------------------------------------------------------------------------


def test_offices_that_do_not_receive_these_requests_are_named(main):
    assert offices_of(main, BEZIERS) == {
        "Sous-préfecture de Béziers": False,
        "Préfecture de Montpellier": True,
        "Sous-préfecture de Lodève": True,
    }


def test_narbonne_is_sent_to_carcassonne(main, read):
    assert "ces demandes vont seulement à : Préfecture de Carcassonne." in read(NARBONNE)
    assert offices_of(main, NARBONNE)["Sous-préfecture de Narbonne"]


def test_what_a_sheet_says_not_to_receive_is_named_as_well(main, publish, place):
    place(publish(), not_receiving=["sous-prefecture-de-villefranche-sur-saone"])
    said = offices_of(main, LYON)
    assert [name for name in said if said[name]] == ["Sous-préfecture de Villefranche-sur-Saône"]


@pytest.mark.parametrize("situation", ["unknown", "not_stated"])
def test_where_no_sheet_tells_where_one_files_no_office_is_said_to_refuse(
    main, read, publish, place, situation
):
    place(publish(situation=situation), offices=["prefecture-de-lyon"])
    assert "Nous ne savons pas quel guichet reçoit ces demandes." in read(LYON)
    assert not any(offices_of(main, LYON).values())


def test_what_words_alone_limit_tells_nothing_of_other_offices(main, publish, place):
    place(publish(territory_note="rive gauche"), offices=["prefecture-de-lyon"])
    assert not any(offices_of(main, LYON).values())
    publish(title="Une autre", situation="unknown")
    assert not any(offices_of(main, LYON).values())


def test_a_sheet_that_names_no_office_tells_nothing_of_any(main, read, publish, add):
    sheet = publish()
    assert "Nous ne savons pas quel guichet reçoit ces demandes." in read(LYON)
    add(Step, sheet, kind="post", address="BP 1\n69000 Lyon")
    assert "Nous ne savons pas quel guichet" not in read(LYON)
    assert not any(offices_of(main, LYON).values())


def test_where_requests_are_suspended_no_office_is_said_to_receive_them(read, publish, place):
    place(publish(situation="suspended"), offices=["prefecture-de-lyon"])
    assert "Lyon : la préfecture a suspendu les demandes" in read(LYON)
    assert "ces demandes vont seulement à" not in read(LYON)


# --- Several sheets, several grounds ------------------------------------------------------------


@pytest.fixture
def by_ground(publish, place, add):
    """Two sheets for the Rhône, each for a ground of its own."""
    found = []
    for slug, title, office in (
        ("travail", "Pour le travail", "prefecture-de-lyon"),
        ("vie-privee-et-familiale", "Pour la famille", "sous-prefecture-de-villefranche-sur-saone"),
    ):
        sheet = place(publish(title=title, grounds=[slug]), offices=[office])
        add(Step, sheet, kind="post", address=f"Service de {title}\n69000 Lyon")
        found.append(sheet)
    return found


def test_several_sheets_ask_the_situation_and_give_the_first_steps_of_each(main, read, by_ground):
    page = read(LYON)
    assert "Lyon : cela dépend de votre situation" in page
    for sheet in by_ground:
        article = main(LYON).find(f".//article[@id='fiche-{sheet.slug}']")
        assert f"Service de {sheet.title}" in text(article)
        assert sheet.get_absolute_url() in hrefs(article)
        assert "Cette fiche vaut pour tout le département." in text(article)


def test_each_ground_leads_to_its_own_sheet(main, by_ground):
    options = main(LYON).find(".//ul[@class='options']")
    assert {text(item.find("strong")): hrefs(item) for item in options} == {
        sheet.grounds.get().name: [f"#fiche-{sheet.slug}"] for sheet in by_ground
    }


def test_a_ground_that_no_sheet_answers_is_said(read, by_ground):
    assert "Pour les autres raisons, nous ne savons pas encore." in read(LYON)


def test_a_few_grounds_that_no_sheet_answers_are_named(read, publish):
    grounds = Ground.objects.filter(covers_all=False, is_neighbour=False)
    missing = grounds.last()
    publish(grounds=list(grounds.exclude(pk=missing.pk).values_list("slug", flat=True)))
    assert f"Nous ne savons pas encore pour : {missing.name}." in read(LYON)


def test_a_ground_that_a_sheet_sends_elsewhere_is_not_left_open(read, publish, add):
    grounds = Ground.objects.filter(covers_all=False, is_neighbour=False)
    missing = grounds.last()
    sheet = publish(grounds=list(grounds.exclude(pk=missing.pk).values_list("slug", flat=True)))
    add(Referral, sheet, ground=missing, office=Prefecture.objects.get(slug="prefecture-de-lyon"))
    assert "Nous ne savons pas encore pour" not in read(LYON)


def test_offices_of_a_ground_of_which_nothing_is_said_are_not_known(read, publish, place):
    place(publish(grounds=["travail"]), offices=["prefecture-de-lyon"])
    publish(title="Famille", grounds=["vie-privee-et-familiale"], situation="not_stated")
    assert "Pour les autres raisons, nous ne savons pas." in read(LYON)


def test_known_for_one_ground_is_not_known_for_the_others(read):
    page = read("/communes/65440-tarbes/")
    assert "Pour les autres raisons, nous ne savons pas encore." in page
    assert "Pour les autres raisons, nous ne savons pas." in page


def test_a_sheet_for_all_grounds_leaves_none_open(read):
    assert "nous ne savons pas" not in read(LODEVE)


def test_more_sheets_than_one_reads_are_only_led_to(main, publish):
    sheets = [publish(title=f"Fiche {number}") for number in range(7)]
    page = main(LYON)
    assert list(page.iter("article")) == []
    assert {sheet.get_absolute_url() for sheet in sheets} <= set(hrefs(page))


def test_sheets_of_two_departements_that_share_an_address_are_only_led_to(
    main, publish, place, villefranche_moves
):
    sheets = [
        place(publish(title="Une même adresse"), communes_included=["69264"]),
        publish(title="Une même adresse", departement="01"),
    ]
    villefranche_moves()
    page = main(VILLEFRANCHE)
    assert list(page.iter("article")) == []
    assert {sheet.get_absolute_url() for sheet in sheets} <= set(hrefs(page))


# --- No sheet -----------------------------------------------------------------------------------


def test_without_a_sheet_the_page_says_so_and_helps(main, read):
    page = read(LYON)
    assert "Lyon : nous ne connaissons pas encore la procédure" in page
    assert "Préfecture de Lyon" in page
    assert "Sous-préfecture de Villefranche-sur-Saône" in page
    assert "Nous ne savons pas quel guichet reçoit ces demandes." in page
    assert "ces demandes vont seulement à" not in page
    assert "comment la demande se dépose à Lyon ?" in page
    (mail,) = [href for href in hrefs(main(LYON)) if "?subject=" in href]
    assert "Lyon%20%2869%29" in mail


# --- Questions to the database -------------------------------------------------------------------


def test_a_page_asks_as_much_for_one_sheet_as_for_two_hundred(client, publish):
    def queries():
        client.get(LYON)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(LYON).status_code == 200
        return len(captured)

    for_none = queries()
    publish()
    for_one = queries()
    with changeset("Des fiches pour le test"):
        for number in range(200):
            sheet = Procedure.objects.create(
                departement_id="69",
                title=f"Fiche {number}",
                publication="published",
                conditions="<p>Vivre dans le Rhône.</p>",
            )
            sheet.grounds.set(Ground.objects.filter(covers_all=True))
    assert for_none == for_one == queries() == MOST
