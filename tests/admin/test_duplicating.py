import pytest
from django.urls import reverse

from prefectures.models import Changeset, Ground, Procedure, changeset

from ..models.making import edited
from .test_tracked import address, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(beziers):
    return reverse("admin:prefectures_procedure_duplicate", args=[beziers.pk])


def filled(**changes):
    ground = Ground.objects.filter(covers_all=False).first()
    data = {
        "departement": "34",
        "title": "Sous-préfecture de Béziers : travail",
        "grounds": [ground.pk],
        "reason": "Un motif à part",
    }
    return {**data, **changes}


def copy_of(response):
    assert response.status_code == 302, response.context["form"].errors
    return Procedure.objects.latest("pk")


def test_the_copy_is_a_draft_with_all_that_the_sheet_says(admin_client, beziers, url):
    copy = copy_of(admin_client.post(url, filled()))
    assert copy.publication == "draft"
    assert copy.quotations.get().text == beziers.quotations.get().text
    for rows in ("steps", "contacts", "links", "quotations"):
        assert getattr(copy, rows).count() == getattr(beziers, rows).count()
    assert set(copy.offices.all()) == set(beziers.offices.all())
    assert set(copy.arrondissements.all()) == set(beziers.arrondissements.all())


def test_it_is_for_the_grounds_that_were_chosen(admin_client, url):
    copy = copy_of(admin_client.post(url, filled()))
    assert [ground.covers_all for ground in copy.grounds.all()] == [False]


def test_it_quotes_its_own_link(admin_client, url):
    copy = copy_of(admin_client.post(url, filled()))
    assert copy.quotations.get().link.procedure == copy


def test_its_steps_keep_their_office_and_their_source(admin_client, beziers, url):
    link = beziers.links.first()
    edited(beziers.steps.get(), office=beziers.offices.get(), source=link)
    step = copy_of(admin_client.post(url, filled())).steps.get()
    assert step.office == beziers.offices.get()
    assert (step.source.procedure, step.source.label) == (step.procedure, link.label)


@pytest.mark.parametrize(("departement", "kept"), [("34", 1), ("09", 0)])
def test_referrals_are_copied_within_the_departement(admin_client, beziers, url, departement, kept):
    office = beziers.offices.get()
    with changeset("Pour le test"):
        beziers.referrals.create(ground=Ground.objects.first(), office=office)
    edited(beziers.steps.get(), office=office)
    copy = copy_of(admin_client.post(url, filled(departement=departement)))
    assert copy.referrals.count() == kept
    assert copy.steps.get().office == (office if kept else None)


def test_in_another_departement_nothing_local_is_copied(admin_client, url):
    copy = copy_of(admin_client.post(url, filled(departement="09")))
    assert not copy.offices.exists()
    assert not copy.arrondissements.exists()
    assert copy.updated_on is None


def test_it_is_one_changeset_with_its_reason(admin_client, admin_user, url):
    before = Changeset.objects.count()
    admin_client.post(url, filled())
    assert Changeset.objects.count() == before + 1
    last = Changeset.objects.first()
    assert (last.author, last.reason) == (admin_user, "Un motif à part")


def test_the_sheet_itself_is_left_as_it_was(admin_client, beziers, url):
    steps = list(beziers.steps.values())
    admin_client.post(url, filled())
    assert list(beziers.steps.values()) == steps
    version = beziers.version
    beziers.refresh_from_db()
    assert beziers.version == version


def test_a_title_that_is_taken_is_refused_and_nothing_typed_is_lost(admin_client, url):
    response = admin_client.post(url, filled(title="Sous-préfecture de Béziers"))
    assert "a déjà ce titre" in response.page.text
    assert "Un motif à part" in response.content.decode()


def test_a_copy_needs_a_reason(admin_client, url):
    response = admin_client.post(url, filled(reason=""))
    assert "Dites en quelques mots pourquoi" in response.page.text


def test_who_may_not_add_sheets_cannot_duplicate(beziers, url):
    client = person("view_procedure", "change_procedure")
    assert client.get(url).status_code == 403
    assert "Dupliquer" not in client.get(address(Procedure, "change", beziers.pk)).page.text
