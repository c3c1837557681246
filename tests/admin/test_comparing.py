"""The versions of a sheet on the screen: its history, one to read, any two to compare."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from prefectures import roles
from prefectures.models import Contact, Procedure, User, changeset

from ..conftest import ReadingClient
from ..models.making import draft, edited, published, written
from .test_tracked import address

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"admin:prefectures_procedure_{name}", args=args)


@pytest.fixture
def reader():
    with changeset("Un compte pour le test"):
        user = User.objects.create_user("lea", is_staff=True)
        user.groups.add(Group.objects.get(name=roles.LECTURE))
    client = ReadingClient()
    client.force_login(user)
    return client


@pytest.fixture
def sheet():
    """A sheet of three versions."""
    first = published("Une fiche", warning="<p>Envoyez tout par la poste.</p>")
    second = edited(first, warning="<p>Envoyez tout par courriel.</p>", headline="Écrivez.")
    written(Contact, procedure=second, kind="phone", value="05")
    second.refresh_from_db()
    return second


def deleted(sheet):
    pk = sheet.pk
    with changeset("Doublon"):
        sheet.delete()
    return pk


# --- The history ------------------------------------------------------------------------------


def test_each_version_is_read_compared_and_gone_back_to_from_the_history(admin_client, sheet):
    links = admin_client.get(address(Procedure, "history", sheet.pk)).page.links
    for number in (1, 2):
        assert url("version", sheet.pk, number) in links
        assert url("compare", sheet.pk, number, 3) in links
        assert url("restore", sheet.pk, number) in links
    assert url("version", sheet.pk, 3) in links
    assert url("restore", sheet.pk, 3) not in links


def test_who_may_only_look_is_offered_no_way_back(reader, sheet):
    links = reader.get(address(Procedure, "history", sheet.pk)).page.links
    assert url("compare", sheet.pk, 1, 3) in links
    assert [link for link in links if "revenir" in link] == []


def test_of_a_deleted_sheet_the_end_is_nothing_to_look_at(admin_client, sheet):
    pk = deleted(sheet)
    page = admin_client.get(address(Procedure, "history", pk)).page
    assert url("version", pk, 4) not in page.links
    assert {url("version", pk, 3), url("restore", pk, 3), url("deleted")} <= {*page.links}
    assert "Historique : Une fiche (09)" in page.text.replace("\u00a0", " ")


def test_the_name_of_who_left_stays(admin_client):
    with changeset("Un compte"):
        rim = User.objects.create_user("rim", first_name="Rim", last_name="Benali")
    with changeset("Vu", author=rim, origin="form"):
        sheet = Procedure.objects.create(title="Une fiche", departement_id="09")
    edited(rim, is_active=False)
    for page in (
        admin_client.get(address(Procedure, "history", sheet.pk)),
        admin_client.get(url("version", sheet.pk, 1)),
    ):
        assert "Rim Benali (compte désactivé)" in page.page.text


def test_the_history_tells_who_when_how_and_why(admin_client, admin_user):
    with changeset(
        "Vu ce matin", author=admin_user, origin="import", file_name="maj.xlsx", public_reason="Oui"
    ):
        sheet = Procedure.objects.create(title="Une fiche", departement_id="09")
    text = admin_client.get(address(Procedure, "history", sheet.pk)).page.text
    said = ["claire", "par import du fichier «\u00a0maj.xlsx\u00a0»", "Vu ce matin"]
    said.append("Dit au public\u00a0: Oui")
    for words in said:
        assert " ".join(words.split()) in " ".join(text.split())


def test_the_words_that_went_and_came_are_marked(admin_client, sheet):
    page = admin_client.get(address(Procedure, "history", sheet.pk)).content.decode()
    assert "<del>la poste.</del><ins>courriel.</ins>" in page


def test_another_model_has_its_history_without_versions(admin_client, beziers):
    office = edited(beziers.offices.first(), city="Pézenas")
    page = admin_client.get(address(type(office), "history", office.pk)).page
    assert "Pézenas" in page.text
    assert [link for link in page.links if "versions" in link] == []


# --- One version ------------------------------------------------------------------------------


def test_a_version_is_read_whole_as_it_was(reader, sheet):
    text = reader.get(url("version", sheet.pk, 1)).page.text
    assert "Envoyez tout par la poste." in text
    assert "envoyer par la poste" in text
    assert "Écrivez." not in text


def test_a_version_of_a_deleted_sheet_is_still_read(reader, sheet):
    pk = deleted(sheet)
    assert "Envoyez tout par la poste." in reader.get(url("version", pk, 1)).page.text


def test_the_version_that_deleted_it_says_so(reader, sheet):
    pk = deleted(sheet)
    assert "qui a supprimé la fiche" in reader.get(url("version", pk, 4)).page.text


def test_what_was_stored_with_a_script_is_shown_without(admin_client):
    sheet = draft(warning='<p>Ici</p><script>alert("x")</script>', headline="<b>gras</b>")
    page = admin_client.get(url("version", sheet.pk, 1)).content.decode()
    assert "alert(" not in page
    assert "&lt;b&gt;gras" in page


# --- Two versions -----------------------------------------------------------------------------


def test_any_two_versions_are_compared(reader, sheet):
    page = reader.get(url("compare", sheet.pk, 1, 3))
    names = [touched.title for touched in page.context["touched"]]
    assert names == ["fiche", "contact n° 1 (05)"]
    assert [change.label for change in page.context["touched"][0].changes] == [
        "phrase d’annonce",
        "avertissement",
    ]


def test_the_other_way_round_what_came_goes(reader, sheet):
    there, back = (
        reader.get(url("compare", sheet.pk, *two)).context["touched"][1].kind
        for two in ((1, 3), (3, 1))
    )
    assert (there, back) == ("+", "-")


def test_versions_that_are_the_same_say_so(reader):
    sheet = edited(edited(draft(), headline="Écrivez."), headline="")
    assert "la fiche est la même" in reader.get(url("compare", sheet.pk, 1, 3)).page.text


def test_a_deleted_sheet_is_compared_with_what_it_was(reader, sheet):
    pk = deleted(sheet)
    page = reader.get(url("compare", pk, 3, 4))
    assert [touched.kind for touched in page.context["touched"]] == ["-", "-", "-"]


def test_two_numbers_that_are_typed_lead_to_their_comparison(reader, sheet):
    answer = reader.get(url("versions", sheet.pk), {"de": " 1", "a": "3"})
    assert answer.url == url("compare", sheet.pk, 1, 3)


# --- What is no version -----------------------------------------------------------------------

NO_NUMBERS = ["0", "4", "99999999999999999999", "9" * 400, "-1", "²", "1.5", "abc", "'", "%00"]


@pytest.mark.parametrize("number", NO_NUMBERS)
@pytest.mark.parametrize("name", ["version", "compare", "restore", "versions"])
def test_a_version_that_does_not_exist_is_refused_in_a_sentence(admin_client, sheet, number, name):
    here = url("versions", sheet.pk)
    answer = admin_client.get(
        {
            "version": f"{here}{number}/",
            "compare": f"{here}1/{number}/",
            "restore": f"{here}{number}/revenir/",
            "versions": f"{here}?de=1&a={number}",
        }[name]
    )
    assert answer.status_code == (400 if number == "%00" else 404)
    if number != "%00":
        assert "cette fiche a les versions 1 à 3" in answer.page.text
        assert address(Procedure, "history", sheet.pk) in answer.page.links


def test_a_version_compared_with_itself_is_refused_in_a_sentence(admin_client, sheet):
    answer = admin_client.get(url("compare", sheet.pk, 2, 2))
    assert answer.status_code == 400
    assert "avec elle-même" in answer.page.text


def test_a_version_of_another_sheet_is_none_of_this_one(admin_client, sheet):
    assert admin_client.get(url("version", draft("Autre").pk, sheet.version)).status_code == 404


@pytest.mark.parametrize("query", ["", "?de=1", "?a=2", "?de=&a="])
def test_numbers_that_were_not_typed_lead_back_to_the_history(admin_client, sheet, query):
    answer = admin_client.get(url("versions", sheet.pk) + query)
    assert answer.url == address(Procedure, "history", sheet.pk)


@pytest.mark.parametrize("pk", [10**6, 10**30])
@pytest.mark.parametrize("rest", ["", "1/", "1/2/", "1/revenir/"])
def test_a_sheet_that_never_was_is_answered_on_the_desk(admin_client, pk, rest):
    answer = admin_client.get(f"{url('versions', pk)}{rest}", follow=True)
    assert answer.redirect_chain
    assert "Il n’y a rien, ou plus rien, à cette adresse" in answer.page.text


def test_the_address_of_the_library_s_form_stays_closed(admin_client, sheet):
    row = Procedure.history.filter(id=sheet.pk).latest().history_id
    there = f"{address(Procedure, 'history', sheet.pk)}{row}/"
    assert admin_client.get(there).status_code == 403
    assert admin_client.post(there, {"title": "Autre"}).status_code == 403


def test_who_has_not_signed_in_sees_no_version(sheet):
    for name, args in (("version", (1,)), ("compare", (1, 2)), ("restore", (1,))):
        assert "/login/" in Client().get(url(name, sheet.pk, *args)).url
