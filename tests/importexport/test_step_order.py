"""A new step comes after the last one; several that share the number 1 are pointed out."""

import pytest

from prefectures.models import Procedure, Step, changeset

from .planning import BEZIERS, faults, imported, plan
from .test_planner import write_set_of

pytestmark = pytest.mark.django_db
HEAD = "fiche;numéro;action;étape n°\n"


def groups(sheet):
    return [step.group for step in sheet.steps.order_by("number")]


def test_a_new_step_comes_after_the_last_one(beziers, admin_user):
    imported(f"{HEAD}{BEZIERS};;téléphoner;\n", admin_user)
    assert groups(beziers) == [1, 2]


def test_several_new_steps_follow_one_another_in_the_order_of_the_file(beziers, admin_user):
    imported(f"{HEAD}{BEZIERS};;téléphoner;\n{BEZIERS};;autre;5\n{BEZIERS};;autre;\n", admin_user)
    assert groups(beziers) == [1, 2, 5, 6]


def test_it_is_the_same_without_the_column(beziers, admin_user):
    imported(f"fiche;numéro;action\n{BEZIERS};;téléphoner\n{BEZIERS};;autre\n", admin_user)
    assert groups(beziers) == [1, 2, 3]


def test_the_last_step_is_that_of_the_sheet_once_the_file_is_in(beziers, admin_user):
    with changeset("Pour le test"):
        Step.objects.create(procedure=beziers, kind="other", group=7)
    text = f"fiche;numéro;action;supprimer\n{BEZIERS};2;;oui\n{BEZIERS};;autre;\n"
    imported(text, admin_user)
    assert groups(beziers) == [1, 2]


def test_a_step_that_names_a_lower_number_holds_back_no_other(beziers, admin_user):
    with changeset("Pour le test"):
        Step.objects.create(procedure=beziers, kind="counter", group=7)
    imported(f"{HEAD}{BEZIERS};;téléphoner;1\n{BEZIERS};;autre;\n", admin_user)
    assert groups(beziers) == [1, 7, 1, 8]


def test_an_alternative_is_what_one_asks_for(beziers, admin_user):
    found = plan(f"{HEAD}{BEZIERS};;téléphoner;1\n", admin_user)
    assert found.rows[0].notices == []
    imported(f"{HEAD}{BEZIERS};;téléphoner;1\n", admin_user)
    assert groups(beziers) == [1, 1]


def test_several_alternatives_of_a_sheet_that_is_there_are_not_pointed_out(beziers, admin_user):
    found = plan(f"{HEAD}{BEZIERS};;téléphoner;1\n{BEZIERS};;autre;1\n", admin_user)
    assert [row.notices for row in found.rows] == [[], []]


def test_the_number_that_a_step_gets_is_shown(beziers, admin_user):
    (row,) = plan(f"{HEAD}{BEZIERS};;téléphoner;\n", admin_user).rows
    assert ("étape n°", "", "2") in [(c.label, c.before, c.after) for c in row.changes]


def new_sheet(*numbers):
    rows = "".join(f"34/nouvelle;;autre;{number}\n" for number in numbers)
    return write_set_of(fiches="fiche;titre\n34/nouvelle;Nouvelle\n", etapes=HEAD + rows)


def test_steps_of_a_new_sheet_that_share_the_number_1_are_pointed_out(admin_user):
    found = plan(new_sheet(1, 1, 2), admin_user)
    told = [notice for row in found.rows for notice in row.notices]
    assert len(told) == 1
    assert "(lignes 2, 3)\u00a0: ces étapes seront au choix" in told[0]
    imported(new_sheet(1, 1, 2), admin_user)
    assert groups(Procedure.objects.get(slug="nouvelle")) == [1, 1, 2]


def test_steps_of_a_new_sheet_that_follow_one_another_are_not(admin_user):
    found = plan(new_sheet("", "", 3), admin_user)
    assert [row.notices for row in found.rows] == [[], [], [], []]


def test_after_the_last_number_there_is_none(beziers, admin_user):
    text = f"{HEAD}{BEZIERS};;téléphoner;9999\n{BEZIERS};;autre;\n"
    assert "donnez un numéro" in faults(text, admin_user)[0][2]
