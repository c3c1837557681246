"""What a changeset writes down; what it refuses is in test_tracking_refusals.py."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prefectures.gate.unit_of_work import current_changeset
from prefectures.models import (
    Changeset,
    Contact,
    FaultySheetsError,
    Ground,
    Link,
    Procedure,
    Quotation,
    Step,
    User,
    Verification,
    changeset,
)

from ..models.making import draft, edited, kinds, office, published, rows_of, written

pytestmark = pytest.mark.django_db


def draft_inside():
    return Procedure.objects.create(departement_id="09", title="Une fiche")


# --- One row an object ------------------------------------------------------------------------


def test_a_new_object_leaves_one_row():
    assert kinds(draft()) == "+"


def test_an_object_created_with_its_offices_leaves_one_row_that_holds_them():
    with changeset("Pour le test"):
        sheet = Procedure.objects.create(departement_id="09", title="Une fiche")
        sheet.offices.add(office())
        sheet.offices.add(office("sous-prefecture-de-pamiers"))
    (row,) = rows_of(sheet)
    assert {link.prefecture for link in row.offices.all()} == {
        office(),
        office("sous-prefecture-de-pamiers"),
    }


def test_an_object_saved_three_times_in_a_changeset_leaves_one_row_of_its_last_state():
    sheet = draft()
    with changeset("Pour le test"):
        for headline in ("un", "deux", "trois"):
            sheet.headline = headline
            sheet.save()
    assert [row.headline for row in rows_of(sheet)] == ["", "trois"]


def test_an_object_saved_in_two_changesets_leaves_two_rows():
    sheet = edited(edited(draft(), headline="un"), headline="deux")
    assert [row.headline for row in rows_of(sheet)] == ["", "un", "deux"]


def test_a_save_that_changes_nothing_leaves_no_row():
    sheet = draft()
    edited(sheet)
    assert kinds(sheet) == "+"


def test_a_save_that_changes_nothing_leaves_no_changeset():
    sheet = draft()
    before = Changeset.objects.count()
    edited(sheet)
    assert Changeset.objects.count() == before


def test_a_change_undone_in_the_same_changeset_leaves_no_row():
    sheet = draft()
    with changeset("Pour le test"):
        sheet.headline = "un"
        sheet.save()
        sheet.headline = ""
        sheet.save()
    assert kinds(sheet) == "+"


def test_created_and_deleted_in_one_changeset_is_nothing():
    before = Changeset.objects.count()
    with changeset("Pour le test"):
        sheet = Procedure.objects.create(departement_id="09", title="Une fiche")
        pk = sheet.pk
        sheet.delete()
    assert not Procedure.history.filter(id=pk).exists()
    assert Changeset.objects.count() == before


def test_one_object_deleted_and_another_created_in_one_changeset_are_both_written():
    old = draft("Ancienne")
    pk = old.pk
    with changeset("Pour le test"):
        old.delete()
        new = Procedure.objects.create(departement_id="09", title="Nouvelle")
    assert [row.history_type for row in Procedure.history.filter(id=pk)] == ["-", "+"]
    assert kinds(new) == "+"


def test_an_object_deleted_and_put_back_with_a_change_in_one_changeset_has_changed():
    sheet = draft()
    with changeset("Pour le test"):
        pk = sheet.pk
        sheet.delete()
        sheet.pk, sheet.headline = pk, "remise"
        sheet.save(force_insert=True)
    assert kinds(sheet) == "+~"


def test_an_object_put_back_in_a_later_changeset_is_added_again():
    sheet = draft()
    pk = sheet.pk
    with changeset("Pour le test"):
        sheet.delete()
    with changeset("Pour le test"):
        Procedure(pk=pk, departement_id="09", title="Une fiche").save(force_insert=True)
    assert [row.history_type for row in Procedure.history.filter(id=pk)] == ["+", "-", "+"]


# --- Deleting ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        (Step, {"kind": "post"}),
        (Contact, {"kind": "phone", "value": "04 66 49 60 00"}),
        (Link, {"url": "https://www.gard.gouv.fr/"}),
        (Verification, {}),
    ],
)
def test_a_deleted_sheet_writes_down_the_end_of_every_part(part, fields):
    sheet = draft()
    pks = [written(part, procedure=sheet, **fields).pk for _ in range(2)]
    with changeset("Pour le test"):
        sheet.delete()
    assert set(part.history.filter(history_type="-").values_list("id", flat=True)) == set(pks)


def test_the_row_of_a_deleted_object_holds_what_it_was():
    sheet = draft(headline="La dernière phrase")
    pk = sheet.pk
    with changeset("Pour le test"):
        sheet.delete()
    assert Procedure.history.get(id=pk, history_type="-").headline == "La dernière phrase"


def test_what_is_noted_of_an_object_after_its_end_takes_nothing_from_it():
    step = written(Step, procedure=draft(), kind="post", hours="le lundi")
    pk = step.pk
    with changeset("Pour le test") as writing:
        step.delete()
        writing.touch(Step, pk)
    last = Step.history.filter(id=pk).latest()
    assert (last.history_type, last.hours) == ("-", "le lundi")


def test_objects_deleted_together_are_all_written():
    sheet = draft()
    for _ in range(3):
        written(Step, procedure=sheet, kind="post")
    with changeset("Pour le test"):
        sheet.steps.all().delete()
    assert Step.history.filter(procedure_id=sheet.pk, history_type="-").count() == 3


def test_a_link_that_a_quotation_or_a_step_names_does_not_go():
    sheet = draft()
    for model, name in ((Quotation, "link"), (Step, "source")):
        link = written(Link, procedure=sheet, url="https://www.gard.gouv.fr/")
        fields = {"text": "<p>Des mots</p>"} if model is Quotation else {"kind": "other"}
        written(model, procedure=sheet, **{name: link}, **fields)
        with pytest.raises(FaultySheetsError, match="ce lien n’est pas, ou plus"), changeset("Non"):
            Link.objects.get(pk=link.pk).delete()
        assert Link.objects.filter(pk=link.pk).exists()


def test_a_link_goes_with_the_quotation_that_names_it():
    sheet = draft()
    link = written(Link, procedure=sheet, url="https://www.gard.gouv.fr/")
    quotation = written(Quotation, procedure=sheet, text="<p>Des mots</p>", link=link)
    with changeset("Pour le test"):
        link.delete()
        quotation.delete()
    assert not sheet.links.exists()


def test_deleting_a_sheet_that_quotes_its_link_writes_one_end_of_each():
    sheet = draft()
    link = written(Link, procedure=sheet, url="https://www.gard.gouv.fr/")
    quotation = written(Quotation, procedure=sheet, text="<p>Des mots</p>", link=link)
    pks = {Procedure: sheet.pk, Link: link.pk, Quotation: quotation.pk}
    with changeset("Pour le test"):
        sheet.delete()
    for model, pk in pks.items():
        assert model.history.filter(id=pk, history_type="-").count() == 1


# --- What is left out -------------------------------------------------------------------------


def test_the_version_of_a_sheet_is_no_part_of_its_history():
    assert "version" not in {field.name for field in Procedure.history.model.tracked_fields}


def test_a_sign_in_is_no_change_of_the_account():
    user = written(User, username="rim", password="!")
    user.last_login = timezone.now()
    user.save(update_fields=["last_login"])
    assert kinds(user) == "+"


@pytest.mark.parametrize("name", ["password", "last_login"])
def test_the_history_of_an_account_has_no_such_column(name):
    columns = {field.name for field in User.history.model._meta.get_fields()}
    assert name not in columns
    assert "username" in columns


# --- The record -------------------------------------------------------------------------------


def test_every_row_bears_its_changeset_its_author_and_its_date():
    author = written(User, username="rim", password="!")
    with changeset("Nouvelle adresse", author=author) as writing:
        sheet = Procedure.objects.create(departement_id="09", title="Une fiche")
    (row,) = rows_of(sheet)
    assert (row.changeset, row.history_user, row.history_date) == (
        writing.record,
        author,
        writing.record.at,
    )


def test_a_changeset_says_who_how_and_why():
    author = written(User, username="rim", password="!")
    with changeset(
        "Pour l’équipe", origin="import", author=author, public_reason="Pour le public",
        is_minor=True, file_name="fiches.csv", file_digest="0" * 64,
    ):  # fmt: skip
        draft_inside()
    kept = Changeset.objects.first()
    assert (
        kept.reason, kept.origin, kept.author, kept.public_reason, kept.is_minor, kept.file_name,
        kept.file_digest,
    ) == (
        "Pour l’équipe", "import", author, "Pour le public", True, "fiches.csv", "0" * 64,
    )  # fmt: skip


def test_a_reason_may_be_given_before_the_end():
    with changeset("") as writing:
        draft_inside()
        writing.record.reason = "Lu ce matin"
    assert Changeset.objects.first().reason == "Lu ce matin"


def test_an_empty_changeset_is_kept_when_asked_for():
    with changeset("Chargement", file_digest="a" * 64, is_kept_empty=True):
        pass
    assert Changeset.objects.first().file_digest == "a" * 64


def test_a_form_may_close_before_the_end_and_nothing_is_written_twice():
    with changeset("Pour le test") as writing:
        sheet = draft_inside()
        writing.close()
    assert kinds(sheet) == "+"
    assert sheet.revisions.count() == 1


def test_no_changeset_is_open_once_it_is_closed():
    draft()
    assert current_changeset() is None


def test_a_changeset_is_shown_by_its_date_and_its_reason():
    draft()
    assert str(Changeset.objects.first()).endswith(" · Pour le test")


# --- Cost -------------------------------------------------------------------------------------


def queries_to_close(count, write):
    with changeset("Pour le test") as writing:
        for number in range(count):
            write(number)
        with CaptureQueriesContext(connection) as queries:
            writing.close()
    return len(queries)


def test_closing_takes_as_many_queries_for_thirty_steps_as_for_one():
    sheet = published()

    def add(number):
        Step.objects.create(procedure=sheet, kind="post", number=sheet.steps.count() + 1)

    assert queries_to_close(1, add) == queries_to_close(30, add)


def test_closing_takes_as_many_queries_for_thirty_grounds_as_for_one():
    def add(number):
        slug = f"motif-{Ground.objects.count()}"
        Ground.objects.create(slug=slug, name=slug)

    assert queries_to_close(1, add) == queries_to_close(30, add)


def test_more_rows_than_one_query_takes_are_all_written():
    sheets = [draft(f"Fiche {number}") for number in range(6)]
    with changeset("Pour le test"):
        for sheet in sheets:
            for number in range(1, 85):
                Step(procedure=sheet, kind="post", number=number).save()
    assert Step.history.filter(procedure_id__in=[sheet.pk for sheet in sheets]).count() == 504
