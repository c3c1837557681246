"""Rows that name another sheet or an office: in tables, in one file with it, in JSON."""

import pytest

from prefectures.history.undo import UndoIncompleteError, undo
from prefectures.importexport.sheet_file import load_sheets
from prefectures.models import Procedure, changeset

from ..models.making import all_grounds, draft, edited, office, published
from .planning import BEZIERS, faults, imported, plan
from .test_planner import write_set_of

pytestmark = pytest.mark.django_db
HEADER = "fiche;numéro;motif;fiche qui répond;guichet qui répond;précision\n"
FOIX = "09/prefecture-de-foix"
OFFICE = "guichet;type;ville;nom imprimé\n34/bureau;autre guichet;Sète;Bureau\n"


def new_office(user):
    imported(OFFICE, user)
    return office("bureau")


def referrals(sheet):
    return [
        (row.ground.slug, row.sheet and row.sheet.key, row.office and row.office.key, row.note)
        for row in sheet.referrals.order_by("number")
    ]


def test_a_row_names_a_sheet_and_another_an_office(beziers, admin_user):
    rows = f"{BEZIERS};;travail;{FOIX};;Même ici\n{BEZIERS};;motifs-humanitaires;;{FOIX};\n"
    imported(HEADER + rows, admin_user)
    assert referrals(beziers) == [
        ("travail", FOIX, None, "Même ici"),
        ("motifs-humanitaires", None, FOIX, ""),
    ]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (f"{BEZIERS};;travail;34/rien;;\n", "fiche qui répond"),
        (f"{BEZIERS};;travail;;34/rien;\n", "guichet qui répond"),
        (f"{BEZIERS};;rien;;;\n", "motif"),
        (f"{BEZIERS};;;{FOIX};;\n", "motif"),
    ],
)
def test_what_is_none_is_named(admin_user, row, column):
    assert {found[:2] for found in faults(HEADER + row, admin_user)} == {(2, column)}


def test_a_sheet_is_not_sent_to_itself(admin_user):
    [(_, _, sentence)] = faults(f"{HEADER}{BEZIERS};;travail;{BEZIERS};;\n", admin_user)
    assert sentence == "Une fiche ne renvoie pas à elle-même."


def test_two_new_sheets_of_one_file_send_to_each_other(admin_user):
    content = write_set_of(
        fiches="fiche;titre\n34/une;Une\n34/autre;Autre\n",
        renvois=f"{HEADER}34/une;;travail;34/autre;;\n34/autre;;metiers-en-tension;34/une;;\n",
    )
    [row] = [row for row in plan(content, admin_user).rows if row.kind.name == "renvois"][:1]
    assert ("fiche qui répond", "34/autre") in [(c.label, c.after) for c in row.changes]
    imported(content, admin_user)
    une = Procedure.objects.get(slug="une")
    assert referrals(une) == [("travail", "34/autre", None, "")]
    assert une.referrals.get().sheet.referrals.get().sheet == une


def test_two_sheets_of_one_json_file_send_to_each_other(sheet_file):
    other = {**sheet_file.sheet, "slug": "une-autre"}
    sheet_file.sheet["referrals"] = [{"ground": "travail", "sheet": "34/une-autre"}]
    other["referrals"] = [{"ground": "travail", "sheet": "34/une-fiche"}]
    sheet_file.document["sheets"].append(other)
    load_sheets(sheet_file.write())
    found = {slug: Procedure.objects.get(slug=slug) for slug in ("une-fiche", "une-autre")}
    assert found["une-fiche"].referrals.get().sheet == found["une-autre"]
    assert found["une-autre"].referrals.get().sheet == found["une-fiche"]


def test_a_sheet_that_was_deleted_since_is_shown_and_is_no_change(beziers, admin_user):
    other = draft("Travail", "34")
    with changeset("Pour le test"):
        beziers.referrals.create(ground=all_grounds(), sheet=other)
    with changeset("Pour le test"):
        other.delete()
    found = plan(f"fiche;numéro;précision\n{BEZIERS};1;Voir ailleurs\n", admin_user)
    assert [change.label for row in found.rows for change in row.changes] == ["précision"]


# --- An office in use -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["referral", "not receiving"])
def test_an_office_that_a_referral_or_a_warning_names_is_not_deleted(beziers, admin_user, name):
    centre = new_office(admin_user)
    with changeset("Pour le test"):
        if name == "referral":
            beziers.referrals.create(ground=all_grounds(), office=centre)
        else:
            beziers.offices_not_receiving.add(centre)
    [(_, _, sentence)] = faults(f"guichet;supprimer\n{centre.key};oui\n", admin_user)
    assert "Des fiches nomment ce guichet" in sentence


def test_undoing_leaves_an_office_that_a_referral_names_since(beziers, admin_user):
    record = imported(OFFICE, admin_user)
    centre = office("bureau")
    with changeset("Pour le test"):
        beziers.referrals.create(ground=all_grounds(), office=centre)
    with pytest.raises(UndoIncompleteError) as refused:
        undo(record, admin_user)
    assert [told.kept for told in refused.value.undoing.kept] == [
        "des fiches le nomment depuis\u00a0: reste"
    ]


def test_a_sheet_that_is_not_online_is_no_fault_of_a_file(beziers, admin_user):
    other = edited(published("Travail", "34"), publication="archived")
    imported(f"{HEADER}{BEZIERS};;travail;{other.key};;\n", admin_user)
    assert referrals(beziers) == [("travail", other.key, None, "")]
