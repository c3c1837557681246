"""Sheets unlike GISTI's document (invented, in tests/data/): their pages say what matters."""

import pytest

from prefectures.models import Procedure

from .made_up import FILES, load_made_up, sheets_of
from .reading import text, tree

NOT_FOR_THIS = "is_for_another_request"
each_file = pytest.mark.parametrize("name", FILES)


@pytest.fixture
def page_of(client):
    """Return a function that loads a file and reads the page of its first sheet."""

    def page_of(name):
        load_made_up(name)
        return read(client, held(sheets_of(name)[0]).get_absolute_url())

    return page_of


@pytest.fixture
def departement_page(client):
    """Return a function that loads a file and reads the page of its département."""

    def departement_page(name):
        load_made_up(name)
        return read(client, held(sheets_of(name)[0]).departement.get_absolute_url())

    return departement_page


def held(sheet):
    return Procedure.objects.get(departement=sheet["departement"], slug=sheet["slug"])


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return tree(response.content.decode())


@each_file
def test_every_made_up_sheet_has_a_page_that_is_whole(client, name):
    load_made_up(name)
    for sheet in sheets_of(name):
        assert sheet["title"] in text(read(client, held(sheet).get_absolute_url())).replace(
            "’", "'"
        )


@each_file
def test_every_address_of_a_made_up_sheet_is_on_its_page_to_the_letter(client, name):
    load_made_up(name)
    for sheet in sheets_of(name):
        links = {a.get("href") for a in read(client, held(sheet).get_absolute_url()).iter("a")}
        parts = [part for part in sheet["steps"] + sheet["links"] if not part.get(NOT_FOR_THIS)]
        given = {part["url"] for part in parts if part.get("url")}
        assert given - links == set()


def options(page):
    """Return (grounds, address of the sheet, its answer) of what one may choose."""
    return [
        (
            [text(ground) for ground in item.findall("strong[@class='ground']")],
            item.find("a").get("href"),
            text(item.find("p[@class='note']")),
        )
        for item in page.findall(".//ul[@class='options']/li")
    ]


def test_seven_sheets_by_ground_are_one_question_with_seven_answers(departement_page):
    page = departement_page("seven_sheets_by_ground")
    assert [text(title) for title in page.findall(".//nav/h2")] == ["Quelle est votre situation ?"]
    assert [address for _, address, _ in options(page)] == [
        f"/departements/35-ille-et-vilaine/{sheet['slug']}/"
        for sheet in sheets_of("seven_sheets_by_ground")
    ]
    assert page.findall(".//article") == []


def test_each_of_seven_grounds_has_its_explanation_and_its_answer(departement_page):
    page = departement_page("seven_sheets_by_ground")
    assert "Vos attaches en France" in text(page)
    answers = [answer for _, _, answer in options(page)]
    assert answers[0] == "Envoyez votre dossier en recommandé."
    assert "Cette demande ne se dépose pas ici." in answers


def test_one_line_tells_the_age_of_seven_sheets_and_one_the_danger(departement_page):
    shown = text(departement_page("seven_sheets_by_ground"))
    assert shown.count("vérifiez auprès de la préfecture") == 1
    assert "Informations de mars 2026 à mai 2026" in shown
    assert shown.count("quitter la France") == 1


def test_the_page_of_one_of_seven_sheets_has_what_the_short_form_leaves_out(page_of):
    shown = text(page_of("seven_sheets_by_ground"))
    (sheet, *_) = sheets_of("seven_sheets_by_ground")
    for field in Procedure.rich_text_fields():
        assert text(tree(f"<div>{sheet.get(field.name, '')}</div>")) in shown


def test_seven_sheets_by_ground_are_told_apart_by_their_grounds(departement_page):
    page = departement_page("seven_sheets_by_ground")
    assert [ground for grounds, _, _ in options(page) for ground in grounds] == [
        "Vie privée et familiale",
        "Travail",
        "Métiers en tension",
        "Dix ans de présence",
        "Considérations humanitaires",
        "Travail solidaire (communautés Emmaüs et autres Oacas)",
        "Jeunes confié·es à l’aide sociale à l’enfance",
    ]


def test_one_sheet_for_four_grounds_names_the_four(page_of):
    page = page_of("one_sheet_for_four_grounds")
    scope = page.find(".//p[@class='scope']")
    assert [text(ground) for ground in scope.findall("span[@class='ground']")] == [
        "Vie privée et familiale",
        "Travail",
        "Métiers en tension",
        "Considérations humanitaires",
    ]


def test_a_sheet_with_exceptions_says_for_whom_it_is(page_of):
    page = page_of("one_sheet_for_four_grounds")
    scope = " ".join(text(each) for each in page.findall(".//p[@class='scope']"))
    for words in (
        "Arrondissement de Draguignan",
        "Communes : Brignoles",
        "Sauf : Draguignan",
        "Et la partie du port qui est à l'État.",
    ):
        assert words in scope


def test_a_sheet_without_headline_says_how_one_files_from_its_steps(page_of):
    assert text(page_of("one_sheet_for_four_grounds").find(".//h1")) == (
        "Var : déposez votre dossier dans la boîte aux lettres ou envoyez-le par courriel"
    )


def test_the_words_of_a_lawyer_are_never_shown_as_those_of_the_prefecture(
    departement_page, page_of
):
    for page in (
        departement_page("known_from_a_lawyer_only"),
        page_of("known_from_a_lawyer_only"),
    ):
        titles = [text(title) for level in "23" for title in page.iter(f"h{level}")]
        assert "Ce que dit un cabinet d’avocat·es" in titles
        assert "Ce que dit la préfecture" not in text(page)


def test_links_to_a_lawyer_to_the_press_and_to_others_are_introduced_by_their_author(page_of):
    page = page_of("known_from_a_lawyer_only")
    introduced = {
        text(item.find("span[@class='publisher']")): text(item.find("a"))
        for item in page.findall(".//ul[@class='links']/li")
    }
    assert list(introduced) == ["un cabinet d’avocat·es :", "la presse :", "une autre source :"]


def test_a_sheet_blocked_in_practice_says_so_before_its_steps(page_of):
    shown = text(page_of("known_from_a_lawyer_only"))
    assert "bloquée" in shown
    assert "Aucun créneau proposé depuis janvier" in shown
    assert shown.index("bloquée") < shown.index("Prenez rendez-vous en ligne")


def test_what_one_can_do_where_it_is_blocked_is_not_folded(page_of):
    page = page_of("known_from_a_lawyer_only")
    folded = text(page.find(".//details[@class='applied']"))
    assert "Prenez rendez-vous en ligne" in folded
    assert "capture d'écran datée" in text(page)
    assert "capture d'écran datée" not in folded


def test_two_centres_of_one_prefecture_are_two_sheets_with_their_own_grounds(departement_page):
    page = departement_page("two_centres_by_ground")
    found = [
        (
            text(article.find("h2")),
            [
                text(g)
                for g in article.find(".//p[@class='scope']").findall("span[@class='ground']")
            ],
        )
        for article in page.findall(".//article")
    ]
    assert found == [
        (
            "Centre de la Joliette (vie privée et familiale)",
            ["Vie privée et familiale", "Dix ans de présence"],
        ),
        ("Centre Saint-Sébastien (travail)", ["Travail", "Métiers en tension"]),
    ]


def test_two_centres_are_among_the_offices_of_their_departement(departement_page):
    offices = text(departement_page("two_centres_by_ground").find(".//section[@class='offices']"))
    for office in ("Préfecture de Marseille", "Centre de la Joliette", "Centre Saint-Sébastien"):
        assert office in offices


def test_two_centres_keep_the_prefecture_they_depend_on(db):
    load_made_up("two_centres_by_ground")
    for sheet in Procedure.objects.filter(departement="13"):
        assert [office.parent.name for office in sheet.offices.all()] == ["Préfecture de Marseille"]


def test_a_form_that_only_obtains_an_appointment_says_that_it_files_nothing(page_of):
    shown = text(page_of("form_for_an_appointment_then_counter_or_post"))
    assert "Demandez un rendez-vous par le formulaire en ligne" in shown
    assert "Ce formulaire ne dépose pas votre demande" in shown


def test_the_counter_or_the_post_are_alternatives_of_the_second_step(page_of):
    page = page_of("form_for_an_appointment_then_counter_or_post")
    first, second = page.findall(".//ol[@class='steps']/li")
    assert first.find("p[@class='or']") is None
    assert text(second.find("p[@class='or']")) == "ou"
    before, _, after = text(second).partition(" ou ")
    assert "Déposez votre dossier au guichet" in before
    assert "Envoyez votre dossier en recommandé" in after
