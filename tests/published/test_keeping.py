"""What a changeset changes of what readers see is kept when it ends, and nothing else."""

import pytest
from django.urls import reverse

from prefectures.models import (
    Arrondissement,
    Changeset,
    Commune,
    Departement,
    GeneralText,
    Ground,
    HelpPlace,
    Prefecture,
    Procedure,
    PublishedDocument,
    Referral,
    Region,
    Verification,
    changeset,
)
from prefectures.published.gathering import documents_now
from prefectures.published.past import document_of

from ..admin.forms import posted
from ..models.making import all_grounds, draft, edited, published, written

pytestmark = pytest.mark.django_db

HELP = {"kind": "association", "source": "un dépliant", "verified_on": "2025-03-01"}


def documents(sheet):
    return list(PublishedDocument.objects.filter(procedure=sheet.pk).order_by("pk"))


def told(sheet):
    """Return what was kept of ``sheet``: its headlines, None where it was withdrawn."""
    found = [document_of(row) for row in documents(sheet)]
    return [own and own.content.get("headline", "") for own in found]


@pytest.fixture
def gets():
    """Return a function that says which of ``sheets`` a changeset ``does`` give a document."""

    def gets(*sheets, does):
        before = {sheet.pk: len(documents(sheet)) for sheet in sheets}
        with changeset("Pour le test"):
            does()
        for sheet in Procedure.objects.published():
            # Nobody's is left behind.
            [(_, now)] = documents_now([sheet.pk]).values()
            assert documents(sheet)[-1].sha256 == now.sha256
        return [len(documents(sheet)) - before[sheet.pk] for sheet in sheets]

    return gets


def save(item, **fields):
    def does():
        for name, value in fields.items():
            setattr(item, name, value)
        item.save()

    return does


# --- Its own ----------------------------------------------------------------------------------


def test_a_publication_is_kept_with_its_changeset_address_and_digest():
    sheet = published("Une fiche")
    [row] = documents(sheet)
    assert row.changeset == Changeset.objects.latest("pk")
    assert (row.departement_id, row.slug, row.title) == ("09", "une-fiche", "Une fiche")
    [(_, now)] = documents_now([sheet.pk]).values()
    assert (row.format, bytes(row.content), row.sha256) == (1, now.compressed, now.sha256)
    assert document_of(row).json == now.json


def test_a_draft_is_not_kept():
    assert documents(edited(draft(), headline="Secret.")) == []


def test_each_change_is_kept_and_a_withdrawal_as_nothing():
    sheet = published()
    for fields in (
        {"headline": "Un."},
        {"headline": "Deux."},
        {"publication": "archived"},
        {"headline": "Jamais vue."},
        {"publication": "published"},
    ):
        edited(sheet, **fields)
    assert told(sheet) == ["", "Un.", "Deux.", None, "Jamais vue."]


def test_a_deletion_is_kept_where_the_sheet_stood():
    sheet = published("Une fiche")
    pk = sheet.pk
    with changeset("Pour le test"):
        sheet.delete()
    last = PublishedDocument.objects.filter(procedure=pk).latest("pk")
    assert (last.sha256, last.content, last.departement_id) == ("", None, "09")
    assert (last.slug, last.title) == ("une-fiche", "Une fiche")


def test_a_draft_that_is_deleted_leaves_nothing():
    sheet = draft()
    pk = sheet.pk
    with changeset("Pour le test"):
        sheet.delete()
    assert not PublishedDocument.objects.filter(procedure=pk).exists()


def test_what_readers_do_not_see_is_not_kept():
    sheet = published()
    edited(sheet, position=7)
    assert len(documents(sheet)) == 1


def test_another_address_is_kept():
    sheet = published()
    edited(sheet, slug="ailleurs")
    assert [row.slug for row in documents(sheet)] == ["une-fiche", "ailleurs"]


def test_a_row_and_a_verification_are_part_of_it(gets):
    sheet = published()
    assert gets(sheet, does=lambda: sheet.links.create(label="Notice")) == [1]
    assert gets(sheet, does=lambda: Verification.objects.create(procedure=sheet)) == [1]
    # The day is the same.
    assert gets(sheet, does=lambda: Verification.objects.create(procedure=sheet)) == [0]


def test_what_is_refused_keeps_nothing():
    sheet = published()

    def write_and_fail():
        with changeset("Pour le test"):
            sheet.headline = "Perdue."
            sheet.save()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()
    assert len(documents(sheet)) == 1


def test_a_preview_keeps_nothing(admin_client):
    sheet = published()
    address = reverse("admin:prefectures_procedure_change", args=[sheet.pk])
    data = posted(admin_client.get(address), headline="Aperçu.") | {"_preview": "1"}
    assert "Aperçu." in admin_client.post(address, data).content.decode()
    assert len(documents(sheet)) == 1


# --- What it names ----------------------------------------------------------------------------


@pytest.fixture
def named(db):
    """Return a sheet that names much, and its neighbour that names nothing of it."""
    sheet, other = published("Nommée", "34"), published("Voisine", "09")
    edited(other, headline="Voisine.")
    with changeset("Pour le test"):
        sheet.arrondissements.set(Arrondissement.objects.filter(departement="34")[:1])
        sheet.communes_included.set(Commune.objects.filter(departement="34")[:1])
    return sheet, other


def office(number):
    return Prefecture.objects.filter(departement="34").order_by("pk")[number]


@pytest.mark.parametrize("way", ["offices", "offices_not_receiving", "step", "referral"])
def test_the_new_name_of_an_office_is_kept_for_the_sheets_that_name_it(named, gets, way):
    sheet, other = named
    with changeset("Pour le test"):
        if way == "step":
            sheet.offices.set([office(0), office(1)])
            sheet.steps.create(kind="counter", office=office(0))
        elif way == "referral":
            sheet.referrals.create(ground=all_grounds(), office=office(0))
        else:
            getattr(sheet, way).set([office(0)])
    assert gets(sheet, other, does=save(office(0), printed_name="Maison")) == [1, 0]
    # Where it is, and how it is reached, is not said by sheets.
    assert gets(sheet, other, does=save(office(0), address="1 rue A")) == [0, 0]


@pytest.mark.parametrize("way", ["ground", "referral"])
def test_the_new_name_of_a_ground_is_kept(named, gets, way):
    sheet, other = named
    ground = Ground.objects.filter(covers_all=False).first()
    with changeset("Pour le test"):
        if way == "ground":
            sheet.grounds.set([ground])
        else:
            sheet.referrals.create(ground=ground)
    assert gets(sheet, other, does=save(ground, name="Autre nom")) == [1, 0]


def test_a_referral_follows_the_sheet_that_it_names(named, gets):
    sheet, other = named
    written(Referral, procedure=sheet, ground=all_grounds(), sheet=other)
    assert gets(sheet, other, does=save(other, title="Autre titre")) == [1, 1]
    assert gets(sheet, other, does=save(other, headline="Autre phrase.")) == [0, 1]
    assert gets(sheet, other, does=save(other, publication="draft")) == [1, 1]
    assert gets(sheet, other, does=save(other, title="Un secret")) == [0, 0]
    pk = other.pk
    assert gets(sheet, does=other.delete) == [0]
    assert not Procedure.objects.filter(pk=pk).exists()


def test_the_name_of_a_departement_and_of_a_region_is_kept(named, gets):
    assert gets(*named, does=save(Departement.objects.get(code="34"), name="Hérô")) == [1, 0]
    assert gets(*named, does=save(Region.objects.get(slug="occitanie"), name="Oc")) == [1, 1]


def test_a_help_place_is_kept_for_the_sheets_of_its_departements(named, gets):
    place = HelpPlace(name="Zoé", **HELP)

    def begin_here():
        place.save()
        place.departements.set(["34"])

    assert gets(*named, does=begin_here) == [1, 0]
    assert gets(*named, does=save(place, phone="01 02 03 04 05")) == [1, 0]
    # What the page of the sheet does not say of it.
    assert gets(*named, does=save(place, hours="Le lundi")) == [0, 0]
    assert gets(*named, does=lambda: place.departements.set(["09"])) == [1, 1]
    assert gets(*named, does=lambda: place.departements.clear()) == [1, 1]
    assert gets(*named, does=place.delete) == [1, 1]


def test_a_general_text_is_kept_for_all(named, gets):
    text = GeneralText.objects.first()
    assert gets(*named, does=save(text, text="<p>Autre.</p>")) == [1, 1]


def test_a_new_edition_of_the_territory_is_kept_where_a_commune_is_named(named):
    sheet, other = named
    commune = sheet.communes_included.get()
    with changeset("Pour le test", is_kept_empty=True) as writing:
        writing.changes_names_everywhere = True
        Commune.objects.filter(pk=commune.pk).update(name="Nouveau nom")
    assert [len(documents(each)) for each in named] == [3, 2]
    assert "Nouveau nom" in document_of(documents(sheet)[-1]).json.decode()
    assert documents(other)[-1].changeset.reason == "Pour le test"


def test_the_number_of_questions_does_not_grow(django_assert_max_num_queries):
    ground = all_grounds()
    with django_assert_max_num_queries(60), changeset("Pour le test"):
        ground.name = "Autre nom"
        ground.save()
    last = Changeset.objects.latest("pk")
    assert last.documents.count() == ground.procedures.published().count() >= 12
