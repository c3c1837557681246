"""Who sees what: drafts and archived sheets, old addresses, the latest changes."""

import pytest
from django.utils.formats import date_format
from django.utils.timezone import localdate

from prefectures.models import (
    Departement,
    Ground,
    Procedure,
    PublishedDocument,
    Verification,
    changeset,
)

RHONE = "/departements/69-rhone/"
LYON = f"{RHONE}prefecture-de-lyon/"


def test_a_published_sheet_is_there(client, publish):
    publish()
    assert client.get(LYON).status_code == 200
    assert LYON in client.get(RHONE).page.links


def test_a_draft_is_unknown(client, publish):
    publish(publication="draft")
    response = client.get(LYON)
    assert response.status_code == 404
    assert "Préfecture de Lyon" not in response.page.text


def test_a_draft_that_was_published_before_is_unknown(client, publish, edit):
    edit(publish(), publication="draft")
    assert client.get(LYON).status_code == 404


def test_an_archived_sheet_is_gone_and_leads_to_its_departement(client, publish, edit):
    edit(publish(), publication="archived")
    response = client.get(LYON)
    assert response.status_code == 410
    assert "« Préfecture de Lyon » n’est plus publiée" in response.page.text
    assert RHONE in response.page.links
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_a_deleted_sheet_is_gone_and_leads_to_its_departement(client, publish, delete):
    delete(publish())
    response = client.get(LYON)
    assert response.status_code == 410
    assert RHONE in response.page.links


def test_a_sheet_archived_then_deleted_is_gone(client, publish, edit, delete):
    delete(edit(publish(), publication="archived"))
    assert client.get(LYON).status_code == 410


def test_a_draft_that_is_deleted_was_never_known(client, publish, delete):
    delete(publish(publication="draft"))
    assert client.get(LYON).status_code == 404


def test_a_draft_that_is_archived_was_never_known(client, publish, edit):
    edit(publish(publication="draft"), publication="archived")
    assert client.get(LYON).status_code == 404


def test_a_sheet_published_again_is_back(client, publish, edit):
    sheet = edit(publish(), publication="archived")
    edit(sheet, publication="published")
    assert client.get(LYON).status_code == 200


# --- Nowhere else either ----------------------------------------------------------------------


@pytest.fixture(params=["draft", "archived", "deleted"])
def hidden(request, publish, edit, delete):
    """A sheet of the Rhône that readers must not find; its département has no other."""
    sheet = publish(title="Fiche cachée", public_reason="Nouvelle fiche cachée")
    if request.param == "deleted":
        delete(sheet)
    else:
        edit(sheet, publication=request.param)


@pytest.mark.usefixtures("hidden")
@pytest.mark.parametrize(
    "address",
    [
        "/",
        RHONE,
        "/regions/auvergne-rhone-alpes/",
        "/recherche/?q=rhone",
        "/recherche/?q=69",
        "/recherche/?q=cachée",
        "/recherche/?q=lyon",
        "/recherche/?q=lyonn",
        "/recherche/?q=cachee&dans=fiches",
        "/recherche/propositions/?q=cachee",
        "/communes/69123-lyon/",
        "/carte/",
    ],
)
def test_a_hidden_sheet_is_found_nowhere(client, address):
    response = client.get(address, follow=True)
    if address.startswith("/recherche/propositions/"):
        assert response.json() == []
        return
    page = response.page
    assert "Fiche cachée" not in page.text
    assert "Nouvelle fiche cachée" not in page.text
    assert not [link for link in page.links if "fiche-cachee" in link]


@pytest.mark.usefixtures("hidden")
def test_a_hidden_sheet_does_not_count_in_its_region(client):
    page = client.get("/regions/auvergne-rhone-alpes/").page
    assert "Département du Rhône (69) pas encore de fiche" in page.text


def test_a_published_sheet_counts_in_its_region(client, publish):
    publish()
    page = client.get("/regions/auvergne-rhone-alpes/").page
    assert "Département du Rhône (69) pas encore de fiche" not in page.text


@pytest.mark.usefixtures("hidden")
def test_a_departement_whose_only_sheet_is_hidden_says_that_nothing_is_known(client):
    assert "Rhône : nous ne savons pas encore comment faire" in client.get(RHONE).page.text


# --- Old addresses ----------------------------------------------------------------------------


def test_the_old_address_of_a_renamed_sheet_leads_to_the_new_one_for_ever(client, publish, edit):
    edit(publish(), slug="guichet-de-lyon")
    response = client.get(LYON)
    assert (response.status_code, response["Location"]) == (301, f"{RHONE}guichet-de-lyon/")


def test_after_two_renames_both_old_addresses_lead_to_the_new_one(client, publish, edit):
    edit(edit(publish(), slug="deuxieme"), slug="troisieme")
    for old in (LYON, f"{RHONE}deuxieme/"):
        response = client.get(old)
        assert (response.status_code, response["Location"]) == (301, f"{RHONE}troisieme/")


def test_a_sheet_that_takes_its_first_address_back_is_there(client, publish, edit):
    edit(edit(publish(), slug="deuxieme"), slug="prefecture-de-lyon")
    assert client.get(LYON).status_code == 200
    assert client.get(f"{RHONE}deuxieme/")["Location"] == LYON


def test_the_address_of_a_sheet_that_moved_to_another_departement_leads_there(
    client, publish, edit
):
    edit(publish(), departement=Departement.objects.get(code="01"))
    response = client.get(LYON)
    new = "/departements/01-ain/prefecture-de-lyon/"
    assert (response.status_code, response["Location"]) == (301, new)
    assert client.get(new).status_code == 200


def test_an_old_address_under_the_number_alone_leads_to_the_new_one(client, publish, edit):
    edit(publish(), slug="guichet-de-lyon")
    response = client.get("/departements/69/prefecture-de-lyon/")
    assert (response.status_code, response["Location"]) == (301, f"{RHONE}guichet-de-lyon/")


def test_the_old_address_of_an_archived_sheet_is_gone(client, publish, edit):
    edit(edit(publish(), slug="guichet-de-lyon"), publication="archived")
    assert client.get(LYON).status_code == 410


def test_an_address_that_was_only_a_draft_s_is_unknown(client, publish, edit):
    sheet = edit(publish(publication="draft"), slug="guichet-de-lyon")
    edit(sheet, publication="published")
    assert client.get(LYON).status_code == 404


# --- Latest changes ---------------------------------------------------------------------------


def changes_on_home(client):
    page = client.get("/").page
    return page.text.partition("Derniers changements")[2].partition("Les mots de")[0]


def test_a_change_of_a_published_sheet_is_on_the_home_page(client, publish):
    publish(public_reason="La préfecture a ouvert une boîte.")
    changes = changes_on_home(client)
    assert "La préfecture a ouvert une boîte." in changes
    assert "Préfecture de Lyon (69)" in changes


def test_a_minor_change_is_not_among_the_latest_changes(client, beziers, edit):
    before = changes_on_home(client)
    edit(beziers, headline="Faute corrigée.", is_minor=True, public_reason="Une faute corrigée")
    assert changes_on_home(client) == before


def test_readers_see_neither_the_reason_for_the_team_nor_the_editor(
    client, beziers, edit, admin_user
):
    edit(
        beziers,
        "Appelé par Mme Untel, dossier 4512",
        headline="Tout a changé.",
        author=admin_user,
        public_reason="Le formulaire a changé",
    )
    for address in ("/", beziers.get_absolute_url(), beziers.departement.get_absolute_url()):
        shown = client.get(address).content.decode()
        assert "Mme Untel" not in shown
        assert admin_user.username not in shown
    assert "Le formulaire a changé" in changes_on_home(client)


def test_readers_do_not_see_who_verified_a_sheet_nor_the_note(client, beziers, add, admin_user):
    add(Verification, beziers, verified_by=admin_user, note="vu avec Mme Untel")
    shown = client.get(beziers.get_absolute_url()).content.decode()
    assert admin_user.username not in shown
    assert "Mme Untel" not in shown


def test_the_public_reason_is_text_not_html(client, publish):
    publish(public_reason="<b>gras</b> & <script>alert(1)</script>")
    assert "<b>gras</b> & <script>alert(1)</script>" in changes_on_home(client)
    assert "<script>alert" not in client.get("/").content.decode()


def test_a_change_of_several_sheets_names_each_once(client):
    """The fourteen sheets of the document came in one go."""
    changes = changes_on_home(client)
    assert changes.count("Préfecture de Foix (09)") == 1
    assert "et 11 autres" in changes


def test_the_sheets_of_the_document_bear_its_day_and_not_that_of_their_loading(client):
    changes = changes_on_home(client)
    assert "Préfecture de Foix (09), information du 22/02/2023" in changes
    loaded = date_format(localdate(PublishedDocument.objects.earliest("at").at))
    assert f"Mis en ligne le {loaded}" in changes
    assert changes.count(loaded) == 1


def test_the_latest_changes_are_the_five_latest_newest_first(client, publish):
    for number in range(7):
        publish(title=f"Fiche {number}", public_reason=f"Changement {number}")
    changes = changes_on_home(client)
    places = [changes.find(f"Changement {number}") for number in (6, 5, 4, 3, 2)]
    assert -1 not in places
    assert places == sorted(places)
    assert "Changement 1" not in changes


@pytest.mark.parametrize(
    ("count", "rest"), [(3, ""), (4, "et 1 autre"), (8, "et 5 autres")], ids=str
)
def test_a_change_of_many_sheets_names_three_and_counts_the_others(client, count, rest):
    with changeset("Beaucoup de fiches", public_reason="Un grand changement"):
        for number in range(count):
            sheet = Procedure.objects.create(
                departement_id="69",
                title=f"Fiche {number}",
                publication="published",
                conditions="<p>Vivre dans le Rhône.</p>",
            )
            sheet.grounds.set(Ground.objects.filter(slug="tous-motifs"))
    newest = changes_on_home(client).partition("Un grand changement")[2].partition("Reprise")[0]
    assert newest.count("(69)") == 3
    assert rest in newest
    assert ("et" in newest.split()) is bool(rest)
