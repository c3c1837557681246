import pytest

from prefectures.gate.unit_of_work import current_changeset
from prefectures.models import (
    Arrondissement,
    Contact,
    Ground,
    Link,
    Procedure,
    Revision,
    StaleVersionError,
    Step,
    Verification,
    changeset,
)

from .making import draft, edited, office, published, rows_of, written

pytestmark = pytest.mark.django_db


def version_of(sheet):
    return Procedure.objects.get(pk=sheet.pk).version


def numbers(sheet):
    found = Revision.objects.filter(procedure_id=sheet.pk).order_by("number")
    return list(found.values_list("number", flat=True))


# --- One version a changeset ------------------------------------------------------------------


def test_a_new_sheet_is_at_its_first_version():
    assert version_of(draft()) == 1


def test_a_sheet_created_with_all_its_parts_is_at_its_first_version():
    assert version_of(published()) == 1


@pytest.mark.parametrize(
    "write",
    [
        lambda sheet: Step.objects.create(procedure=sheet, kind="post"),
        lambda sheet: Contact.objects.create(procedure=sheet, kind="phone", value="05"),
        lambda sheet: Link.objects.create(procedure=sheet, label="Notice"),
        lambda sheet: Verification.objects.create(procedure=sheet),
        lambda sheet: sheet.offices.add(office()),
        lambda sheet: office().procedures.add(sheet),
        lambda sheet: sheet.grounds.add(Ground.objects.first()),
        lambda sheet: sheet.arrondissements.add(
            Arrondissement.objects.filter(departement="09").first()
        ),
    ],
    ids=["step", "contact", "link", "verification", "office", "office side", "ground", "place"],
)
def test_whatever_is_written_of_a_sheet_gives_it_its_next_version(write):
    sheet = draft()
    with changeset("Pour le test"):
        write(sheet)
    assert version_of(sheet) == 2


def test_everything_written_in_one_changeset_is_one_version():
    sheet = draft()
    with changeset("Pour le test"):
        sheet.headline = "Changée"
        sheet.save()
        sheet.offices.add(office())
        Step.objects.create(procedure=sheet, kind="post")
        Link.objects.create(procedure=sheet, label="Notice")
    assert version_of(sheet) == 2


def test_removing_a_step_gives_the_next_version():
    sheet = draft()
    step = written(Step, procedure=sheet, kind="post")
    with changeset("Pour le test"):
        step.delete()
    assert version_of(sheet) == 3


def test_a_changeset_that_changes_nothing_of_the_sheet_leaves_its_version():
    sheet = draft()
    edited(sheet)
    assert version_of(sheet) == 1


def test_another_sheet_keeps_its_version():
    sheet, other = draft("Une"), draft("Autre")
    edited(sheet, headline="Changée")
    assert version_of(other) == 1


def test_an_edited_office_leaves_the_version_of_its_sheets():
    sheet = draft()
    with changeset("Pour le test"):
        sheet.offices.add(office())
    edited(office(), address="2 rue de la préfecture")
    assert version_of(sheet) == 2


def test_a_new_version_is_no_change_in_the_history_of_the_sheet():
    sheet = draft()
    written(Step, procedure=sheet, kind="post")
    assert len(rows_of(sheet)) == 1


def test_every_version_has_its_revision():
    sheet = edited(edited(draft(), headline="un"), headline="deux")
    assert numbers(sheet) == [1, 2, 3]


def test_a_revision_bears_its_changeset():
    sheet = draft()
    with changeset("Nouvelle adresse") as writing:
        sheet.headline = "Changée"
        sheet.save()
    assert Revision.objects.get(procedure=sheet, number=2).changeset == writing.record


def test_a_revision_says_whether_the_sheet_was_published_then():
    sheet = edited(published(), publication="archived")
    publications = Revision.objects.filter(procedure=sheet).order_by("number")
    assert [item.publication for item in publications] == ["published", "archived"]


def test_a_revision_stays_when_its_sheet_is_deleted():
    sheet = draft()
    pk = sheet.pk
    with changeset("Pour le test"):
        sheet.delete()
    newest = Revision.objects.filter(procedure_id=pk).order_by("number").last()
    assert (newest.number, newest.publication) == (2, "")


def test_a_sheet_that_is_put_back_goes_on_counting():
    sheet = draft()
    pk = sheet.pk
    with changeset("Pour le test"):
        sheet.delete()
    with changeset("Pour le test"):
        Procedure(pk=pk, departement_id="09", title="Une fiche").save(force_insert=True)
    assert Procedure.objects.get(pk=pk).version == 3


# --- A sheet that somebody else saved meanwhile -----------------------------------------------


def seen_before(sheet):
    return Procedure.objects.get(pk=sheet.pk)


def write_as_seen(seen, write):
    """Write as a form does: only if the sheet is still as it was when ``seen`` was read."""
    with changeset("Pour le test") as writing:
        writing.expect_version(seen)
        write()


def add_step(sheet):
    return Step.objects.create(procedure=sheet, kind="post")


def test_a_sheet_saved_by_somebody_else_meanwhile_is_refused():
    sheet = draft()
    seen = seen_before(sheet)
    edited(sheet, headline="La première")
    seen.headline = "La seconde"
    with pytest.raises(StaleVersionError):
        write_as_seen(seen, seen.save)
    assert seen_before(sheet).headline == "La première"


def test_the_refusal_holds_the_sheet_as_it_is_now():
    sheet = draft()
    seen = seen_before(sheet)
    edited(sheet, headline="La première")
    with pytest.raises(StaleVersionError) as refusal:
        write_as_seen(seen, lambda: add_step(seen))
    assert refusal.value.procedure.headline == "La première"


def test_a_step_added_meanwhile_is_a_newer_version_too():
    sheet = draft()
    seen = seen_before(sheet)
    written(Step, procedure=sheet, kind="post")
    seen.headline = "La seconde"
    with pytest.raises(StaleVersionError):
        write_as_seen(seen, seen.save)


def test_a_sheet_as_it_was_read_is_accepted():
    sheet = draft()
    write_as_seen(seen_before(sheet), lambda: add_step(sheet))
    assert version_of(sheet) == 2


def test_a_command_that_expects_nothing_is_accepted():
    sheet = draft()
    seen = seen_before(sheet)
    edited(sheet, headline="La première")
    assert edited(seen, situation="suspended").version == 3


def test_saving_a_sheet_read_earlier_never_takes_its_version_back():
    sheet = draft()
    seen = seen_before(sheet)
    edited(edited(sheet, headline="La première"), headline="")
    edited(seen)
    assert version_of(sheet) == 3


def test_the_first_expectation_holds():
    sheet = draft()
    seen = seen_before(sheet)
    edited(sheet, headline="La première")

    def read_again_and_write():
        current_changeset().expect_version(seen_before(sheet))
        add_step(sheet)

    with pytest.raises(StaleVersionError):
        write_as_seen(seen, read_again_and_write)


def test_deleting_a_sheet_that_was_saved_meanwhile_is_refused():
    sheet = draft()
    seen = seen_before(sheet)
    edited(sheet, headline="La première")
    with pytest.raises(StaleVersionError):
        write_as_seen(seen, seen.delete)
    assert Procedure.objects.contains(sheet)


def test_saving_a_sheet_that_was_deleted_meanwhile_is_refused():
    sheet = draft()
    seen = seen_before(sheet)
    with changeset("Pour le test"):
        sheet.delete()
    with pytest.raises(StaleVersionError):
        write_as_seen(seen, seen.save)
    assert not Procedure.objects.filter(pk=seen.pk).exists()


def test_the_refusal_of_a_deletion_names_the_sheet():
    sheet = draft("Une fiche")
    seen = seen_before(sheet)
    edited(sheet, headline="La première")
    with pytest.raises(StaleVersionError, match="09/une-fiche"):
        write_as_seen(seen, seen.delete)


def test_a_stale_sheet_undoes_the_other_sheets_of_the_changeset():
    sheet, other = draft("Une"), draft("Autre")
    seen = seen_before(sheet)
    edited(sheet, headline="La première")
    with pytest.raises(StaleVersionError):
        write_as_seen(seen, lambda: (add_step(other), add_step(seen)))
    assert not other.steps.exists()


def test_a_revision_is_shown_by_its_number():
    sheet = draft()
    assert str(sheet.revisions.get()) == f"{sheet.pk} v1"
