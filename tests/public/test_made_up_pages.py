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


def test_seven_sheets_by_ground_are_seven_short_forms_each_with_a_link_to_its_page(
    departement_page,
):
    page = departement_page("seven_sheets_by_ground")
    articles = page.findall(".//article")
    assert len(articles) == 7
    for article, sheet in zip(articles, sheets_of("seven_sheets_by_ground"), strict=True):
        links = [a.get("href") for a in article.iter("a")]
        assert f"/departements/35-ille-et-vilaine/{sheet['slug']}/" in links
        assert f"Toute la fiche : {sheet['title']}" in text(article)


def test_a_short_form_has_the_headline_the_steps_the_contacts_and_the_links(departement_page):
    page = departement_page("seven_sheets_by_ground")
    for article, sheet in zip(
        page.findall(".//article"), sheets_of("seven_sheets_by_ground"), strict=True
    ):
        shown, links = text(article), [a.get("href") for a in article.iter("a")]
        assert sheet.get("headline", "") in shown
        for step in sheet["steps"]:
            for field in ("address", "phone", "email", "hours", "booking_code", "instructions"):
                assert " ".join(step.get(field, "").split()) in shown
        for contact in sheet["contacts"]:
            assert " ".join(contact["value"].split()) in shown
        for link in sheet["links"]:
            assert link["label"] in shown
            assert link["url"] in links or not link["url"]


def test_a_short_form_leaves_the_rest_to_the_page_of_the_sheet(departement_page):
    page = departement_page("seven_sheets_by_ground")
    assert page.find(".//blockquote") is None
    shown = text(page)
    for sheet in sheets_of("seven_sheets_by_ground"):
        for field in Procedure.rich_text_fields():
            if field.name not in ("warning", "conditions") and sheet.get(field.name):
                assert text(tree(f"<div>{sheet[field.name]}</div>")) not in shown


def test_the_page_of_one_of_seven_sheets_has_what_the_short_form_leaves_out(page_of):
    shown = text(page_of("seven_sheets_by_ground"))
    (sheet, *_) = sheets_of("seven_sheets_by_ground")
    for field in Procedure.rich_text_fields():
        assert text(tree(f"<div>{sheet.get(field.name, '')}</div>")) in shown


def test_seven_sheets_by_ground_are_told_apart_by_their_grounds(departement_page):
    page = departement_page("seven_sheets_by_ground")
    grounds = [text(g) for g in page.findall(".//article//span[@class='ground']")]
    assert grounds == [
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
    assert [text(ground) for ground in page.findall(".//span[@class='ground']")] == [
        "Vie privée et familiale",
        "Travail",
        "Métiers en tension",
        "Considérations humanitaires",
    ]


def test_a_sheet_with_exceptions_says_for_whom_it_is(page_of):
    scope = text(page_of("one_sheet_for_four_grounds").find(".//p[@class='scope']"))
    for words in (
        "Arrondissement de Draguignan",
        "Communes : Brignoles",
        "Sauf : Draguignan",
        "Et la partie du port qui est à l'État.",
    ):
        assert words in scope


def test_a_sheet_without_headline_says_how_one_files_from_its_steps(page_of):
    assert (
        "La demande d’admission exceptionnelle au séjour se fait sur place ou par courriel."
        in text(page_of("one_sheet_for_four_grounds"))
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


def test_two_centres_of_one_prefecture_are_two_sheets_with_their_own_grounds(departement_page):
    page = departement_page("two_centres_by_ground")
    found = [
        (
            text(article.find("h2")),
            [text(ground) for ground in article.findall(".//span[@class='ground']")],
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
    assert "Remplissez le formulaire en ligne pour demander un rendez-vous" in shown
    assert "Ce formulaire ne dépose pas votre demande" in shown


def test_the_counter_or_the_post_are_alternatives_of_the_second_step(page_of):
    page = page_of("form_for_an_appointment_then_counter_or_post")
    first, second = page.findall(".//ol[@class='steps']/li")
    assert first.find("p[@class='or']") is None
    assert text(second.find("p[@class='or']")) == "ou"
    before, _, after = text(second).partition(" ou ")
    assert "Déposez votre dossier au guichet" in before
    assert "Envoyez votre dossier en recommandé" in after
