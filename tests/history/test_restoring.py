"""Going back to a version of a sheet: what would change, what cannot come back, what is written."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from prefectures.history.restoring import (
    NothingToRestoreError,
    plan,
    restore,
)
from prefectures.models import (
    Changeset,
    Contact,
    Ground,
    Link,
    Prefecture,
    Procedure,
    Quotation,
    Referral,
    Revision,
    StaleVersionError,
    Step,
    User,
    Verification,
    changeset,
)
from prefectures.sheets.reading import state_now

from ..models.making import draft, edited, office, published, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def rim():
    return User.objects.create_user("rim", first_name="Rim", last_name="B.")


def back(sheet, version, author, *left_out, reason="Vu", **how):
    return restore(plan(sheet.pk, version, left_out, **how), author, reason=reason)


def rewritten(*pairs):
    """Save each (object, fields) in one changeset."""
    with changeset("Pour le test"):
        for item, fields in pairs:
            for name, value in fields.items():
                setattr(item, name, value)
            item.save()


def removed(*items):
    with changeset("Pour le test"):
        for item in items:
            item.delete()


# --- Whole ------------------------------------------------------------------------------------


def test_fields_come_back(rim):
    sheet = edited(published("Ancien"), title="Nouveau", headline="Écrivez.")
    back(sheet, 1, rim)
    sheet.refresh_from_db()
    assert (sheet.title, sheet.headline) == ("Ancien", "")


def test_offices_grounds_and_places_come_back(beziers, rim):
    then = state_now(Procedure, beziers.pk)
    with changeset("Pour le test"):
        beziers.offices.set([Prefecture.objects.exclude(procedures=beziers).first()])
        beziers.grounds.set([Ground.objects.get(slug="travail")])
        beziers.arrondissements.clear()
    back(beziers, 1, rim)
    assert state_now(Procedure, beziers.pk) == then


def test_a_row_that_was_removed_comes_back_with_its_number_and_its_key(rim):
    sheet = published()
    contact = written(Contact, procedure=sheet, kind="phone", value="05")
    pk = contact.pk
    removed(contact)
    written(Contact, procedure=sheet, kind="phone", value="06")
    back(sheet, 2, rim)
    assert [(row.pk, row.number, row.value) for row in sheet.contacts.all()] == [(pk, 1, "05")]


def test_a_row_that_was_added_since_goes(rim):
    sheet = published()
    written(Contact, procedure=sheet, kind="phone", value="05")
    back(sheet, 1, rim)
    assert not sheet.contacts.exists()


def test_a_link_comes_back_with_the_quotation_and_the_step_that_name_it(rim):
    sheet = published()
    with changeset("Pour le test"):
        link = Link.objects.create(procedure=sheet, label="Le Progrès")
        Quotation.objects.create(procedure=sheet, text="<p>Des mots</p>", link=link)
        step = sheet.steps.get()
        step.source = link
        step.save()
    then = state_now(Procedure, sheet.pk)
    with changeset("Pour le test"):
        sheet.quotations.get().delete()
        step.source = None
        step.save()
        link.delete()
    back(sheet, 2, rim)
    assert state_now(Procedure, sheet.pk) == then


def test_a_link_goes_with_what_names_it(rim):
    sheet = published()
    with changeset("Pour le test"):
        link = Link.objects.create(procedure=sheet, label="Le Progrès")
        step = sheet.steps.get()
        step.source = link
        step.save()
    back(sheet, 1, rim)
    assert (sheet.links.count(), sheet.steps.get().source) == (0, None)


def test_a_row_that_is_there_again_under_another_key_stays_that_one(rim):
    sheet = published()
    with changeset("Pour le test"):
        link = Link.objects.create(procedure=sheet, label="Le Progrès")
        Quotation.objects.create(procedure=sheet, text="<p>Des mots</p>", link=link)
    with changeset("Pour le test"):
        sheet.quotations.get().delete()
        link.delete()
        again = Link.objects.create(procedure=sheet, label="La Dépêche", number=1)
    assert again.pk != link.pk
    back(sheet, 2, rim)
    assert (sheet.links.get().pk, sheet.links.get().label) == (again.pk, "Le Progrès")
    assert sheet.quotations.get().link_id == again.pk


def test_it_is_one_changeset_that_says_to_which_version_and_why(rim):
    sheet = edited(published(), headline="Écrivez.")
    record = back(sheet, 1, rim, reason="Erreur")
    assert (record.origin, record.author) == (Changeset.Origin.RESTORE, rim)
    assert record.reason == "Retour à la version 1\u00a0: Erreur"
    assert Revision.objects.get(changeset=record).number == 3


def test_verifications_are_left_alone(rim):
    sheet = edited(published(), headline="Écrivez.")
    written(Verification, procedure=sheet, verified_on=date(2024, 1, 1))
    back(sheet, 1, rim)
    assert sheet.verifications.count() == 1


@pytest.mark.parametrize("days", [-2, 2])
def test_that_it_was_verified_since_is_told(unguarded, days):
    sheet = edited(published(), headline="Écrivez.")
    Changeset.objects.filter(revisions__procedure=sheet.pk).update(
        at=timezone.now() - timedelta(days=10)
    )
    day = timezone.localdate() - timedelta(days=10 - days)
    written(Verification, procedure=sheet, verified_on=day)
    assert plan(sheet.pk, 1).verified_on == (day if days > 0 else None)


def test_a_sheet_goes_back_out_of_sight_with_its_version(rim):
    sheet = draft()
    with changeset("Pour le test"):
        sheet.grounds.add(Ground.objects.get(covers_all=True))
        Step.objects.create(procedure=sheet, kind="post")
        sheet.publication = "published"
        sheet.save()
    back(sheet, 1, rim)
    sheet.refresh_from_db()
    assert sheet.publication == "draft"


def test_going_back_is_gone_back_from(rim):
    sheet = edited(published(), headline="Écrivez.")
    then = state_now(Procedure, sheet.pk)
    back(sheet, 1, rim)
    back(sheet, 2, rim)
    assert state_now(Procedure, sheet.pk) == then


# --- In part ----------------------------------------------------------------------------------


def test_only_the_chosen_fields_come_back(rim):
    sheet = edited(published("Ancien"), title="Nouveau", headline="Écrivez.")
    record = back(sheet, 1, rim, "title")
    sheet.refresh_from_db()
    assert (sheet.title, sheet.headline) == ("Nouveau", "")
    assert record.reason == "Retour à la version 1 en partie\u00a0: Vu"


def test_only_the_chosen_rows_come_back(rim):
    sheet = published()
    for number in (1, 2):
        written(Contact, procedure=sheet, kind="phone", value=f"0{number}")
    removed(*sheet.contacts.all())
    back(sheet, 3, rim, "contacts-1")
    assert [row.value for row in sheet.contacts.all()] == ["02"]


def test_each_part_says_what_it_changes():
    sheet = edited(published("Ancien"), title="Nouveau")
    written(Contact, procedure=sheet, kind="phone", value="05")
    title, contact = plan(sheet.pk, 1).parts
    (change,) = title.told.changes
    assert (title.key, change.before, change.after) == ("title", "Nouveau", "Ancien")
    assert (contact.key, contact.label, contact.told.kind) == (
        "contacts-1",
        "contact n° 1 (05)",
        "-",
    )


def test_a_step_that_names_a_link_left_behind_is_refused(rim):
    sheet = published()
    with changeset("Pour le test"):
        link = Link.objects.create(procedure=sheet, label="Le Progrès")
        step = sheet.steps.get()
        step.source = link
        step.save()
    rewritten((step, {"source": None}))
    removed(link)
    with pytest.raises(ValidationError, match="ce lien n’est pas, ou plus, dans la fiche"):
        back(sheet, 2, rim, "links-1")
    assert sheet.revisions.count() == 4


# --- What can no longer come back -------------------------------------------------------------


def test_an_office_that_is_no_more_is_told_and_left_out(rim):
    with changeset("Pour le test"):
        gone = Prefecture.objects.create(
            kind="other", city="Lavelanet", printed_name="Annexe de Foix", departement_id="09"
        )
    sheet = published()
    with changeset("Pour le test"):
        sheet.offices.set([office(), gone])
        step = sheet.steps.get()
        step.office = gone
        step.save()
    with changeset("Pour le test"):
        step.office = None
        step.save()
        sheet.offices.clear()
    removed(gone)
    restoring = plan(sheet.pk, 2)
    assert restoring.lost == [
        "Guichets où l’on dépose\u00a0: Annexe de Foix (n’existe plus).",
        "Étape n° 1, à quel guichet\u00a0: Annexe de Foix (n’existe plus).",
    ]
    record = restore(restoring, rim, reason="Vu")
    assert [each.slug for each in sheet.offices.all()] == ["prefecture-de-foix"]
    assert record.reason.startswith("Retour à la version 2 en partie")


def test_a_referral_whose_ground_is_no_more_does_not_come_back(rim):
    with changeset("Pour le test"):
        ground = Ground.objects.create(name="Études", slug="etudes")
    sheet = published()
    referral = written(Referral, procedure=sheet, ground=ground)
    removed(referral)
    removed(ground)
    restoring = plan(sheet.pk, 2)
    assert restoring.lost == [
        "Renvoi n° 1, motif\u00a0: Études (n’existe plus). Sans cela, renvoi n° 1 ne revient pas."
    ]
    with pytest.raises(NothingToRestoreError):
        restore(restoring, rim, reason="Vu")


def test_an_address_that_another_sheet_has_taken_is_told_and_left_aside(rim):
    sheet = draft("Une fiche")
    edited(sheet, slug="autre", headline="Écrivez.")
    taker = draft("Une fiche")
    restoring = plan(sheet.pk, 1)
    assert restoring.holder == taker
    assert "« une-fiche » est maintenant celle de « Une fiche (09) »" in restoring.lost[0].replace(
        "\u00a0", " "
    )
    restore(restoring, rim, reason="Vu")
    sheet.refresh_from_db()
    assert (sheet.slug, sheet.headline) == ("autre", "")


# --- Refused ----------------------------------------------------------------------------------


def test_what_changes_nothing_is_told_and_not_written(rim):
    sheet = edited(edited(published(), headline="Écrivez."), headline="")
    before = Changeset.objects.count()
    with pytest.raises(NothingToRestoreError):
        back(sheet, 1, rim)
    assert Changeset.objects.count() == before


def test_a_sheet_that_was_changed_meanwhile_is_left_alone(rim):
    sheet = edited(published(), headline="Écrivez.")
    restoring = plan(sheet.pk, 1)
    edited(sheet, headline="Téléphonez.")
    with pytest.raises(StaleVersionError):
        restore(restoring, rim, reason="Vu")
    sheet.refresh_from_db()
    assert sheet.headline == "Téléphonez."


def test_a_published_sheet_is_not_left_without_anything_to_read(rim):
    sheet = draft()
    with changeset("Pour le test"):
        sheet.grounds.add(Ground.objects.get(covers_all=True))
        Step.objects.create(procedure=sheet, kind="post")
        sheet.publication = "published"
        sheet.save()
    with pytest.raises(ValidationError, match="Pour publier"):
        back(sheet, 1, rim, "publication")
    assert sheet.revisions.count() == 2


def test_half_of_what_goes_together_is_refused_in_a_sentence(rim):
    sheet = published(valid_from=date(2024, 1, 1), valid_until=date(2024, 2, 1))
    edited(sheet, valid_from=date(2025, 1, 1), valid_until=date(2025, 2, 1))
    with pytest.raises(ValidationError, match="La fin de validité vient avant son début"):
        back(sheet, 1, rim, "valid_from")


def test_a_reason_that_cannot_be_kept_is_refused(rim):
    sheet = edited(published(), headline="Écrivez.")
    with pytest.raises(ValidationError):
        restore(plan(sheet.pk, 1), rim, reason="\x00")
    assert sheet.revisions.count() == 2
