"""A page asks the database four questions at most, as many for one sheet as for fifty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prefectures.models import (
    Commune,
    Contact,
    Departement,
    Ground,
    Link,
    Prefecture,
    Procedure,
    Quotation,
    Referral,
    Step,
    Verification,
    changeset,
)

# The budget of a page that nothing keeps (docs/decisions/0011-cold-page.md), and of one that is no
# more.
MOST, MOST_OF_ONE_GONE = 4, 12
RHONE = "/departements/69-rhone/"


@pytest.fixture
def queries(client):
    """Return a function that counts the queries of a page."""

    def queries(address):
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            response = client.get(address)
        assert response.status_code in (200, 302)
        return len(captured)

    return queries


def publish_sheets(first, last, *, parts=2, reason="Des fiches pour le test"):
    """Publish the sheets ``first`` to ``last`` of the Rhône, with everything a sheet can hold."""
    rhone = Departement.objects.get(code="69")
    offices = list(Prefecture.objects.filter(departement=rhone))
    ground = Ground.objects.filter(covers_all=False).first()
    communes = list(Commune.objects.filter(departement=rhone))
    with changeset(reason, public_reason=reason):
        for number in range(first, last + 1):
            sheet = Procedure.objects.create(
                departement=rhone,
                title=f"Fiche {number}",
                publication="published",
                position=number,
            )
            sheet.grounds.set(Ground.objects.all())
            sheet.offices.set(offices)
            sheet.communes_included.set(communes)
            for _ in range(parts):
                Step.objects.create(procedure=sheet, kind="post", address="Lyon")
                Step.objects.create(procedure=sheet, kind="other", role="form")
                Contact.objects.create(procedure=sheet, kind="email", value="a@b.example")
                Verification.objects.create(procedure=sheet)
                link = Link.objects.create(procedure=sheet, kind="form", url="https://a.example/")
                Quotation.objects.create(procedure=sheet, text="<p>Des mots</p>", link=link)
                Referral.objects.create(procedure=sheet, ground=ground, office=offices[0])


@pytest.mark.parametrize(
    "address", ["/", "/regions/auvergne-rhone-alpes/", RHONE, f"{RHONE}fiche-1/"]
)
def test_a_page_asks_as_much_for_one_sheet_as_for_fifty(queries, address):
    publish_sheets(1, 1)
    for_one = queries(address)
    publish_sheets(2, 50)
    assert queries(address) == for_one
    assert for_one <= MOST


def test_a_search_asks_as_much_for_one_sheet_as_for_fifty(queries):
    publish_sheets(1, 1)
    for_one = queries("/recherche/?q=lyon")
    publish_sheets(2, 50)
    assert queries("/recherche/?q=lyon") == for_one <= MOST


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("/departements/46-lot/prefecture-de-cahors/", 2),
        ("/regions/occitanie/", 2),
        ("/glossaire/", 1),
        ("/a-propos/", 1),
        ("/se-faire-aider/", 3),
        ("/se-faire-aider/34-herault/", 3),
    ],
)
def test_a_page_asks_for_its_own_and_for_the_words_of_the_site(queries, address, asked):
    assert queries(address) == asked


@pytest.mark.parametrize(("sheets", "asked"), [(0, 4), (1, 3), (2, 3), (8, 3)])
def test_a_departement_asks_for_its_sheets_and_its_offices(queries, sheets, asked):
    publish_sheets(1, sheets)
    assert queries(RHONE) == asked


def test_a_sheet_asks_as_much_for_one_step_as_for_twenty(queries):
    publish_sheets(1, 1, parts=1)
    publish_sheets(2, 2, parts=20)
    assert queries(f"{RHONE}fiche-2/") == queries(f"{RHONE}fiche-1/") <= MOST


def test_a_departement_of_whole_sheets_asks_as_much_for_one_as_for_three(queries):
    publish_sheets(1, 1)
    for_one = queries(RHONE)
    publish_sheets(2, 3)
    assert queries(RHONE) == for_one <= MOST


def test_the_home_page_asks_as_much_for_one_change_as_for_fifty(queries):
    for_one = queries("/")
    for number in range(1, 51):
        publish_sheets(number, number, parts=1, reason=f"Changement {number}")
    assert queries("/") == for_one <= MOST


@pytest.mark.parametrize("words", ["sa", "lodevve", "préfecture de Lodève", "34700", "conques"])
def test_a_search_asks_which_content_it_is_and_which_sheets_there_are(queries, words):
    assert queries(f"/recherche/?q={words}") == 2


def test_a_search_that_leads_to_a_place_asks_which_content_it_is_and_nothing_else(queries):
    assert queries("/recherche/?q=Lodève") == 1


@pytest.mark.parametrize("words", ["récépissé", "introuvable"])
def test_a_search_for_no_place_asks_for_texts_and_hard_words_besides(queries, words):
    assert queries(f"/recherche/?q={words}") == MOST


def test_proposals_ask_which_content_it_is_and_nothing_else(queries):
    assert queries("/recherche/propositions/?q=sa") == 1


def test_a_retired_sheet_asks_for_little(client):
    publish_sheets(1, 1)
    with changeset("Retirée"):
        Procedure.objects.get(slug="fiche-1").delete()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"{RHONE}fiche-1/").status_code == 410
    assert len(captured) <= MOST_OF_ONE_GONE
