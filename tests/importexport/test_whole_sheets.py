"""A sheet as it would be once the file is in: what that refuses, and what goes along."""

import pytest

from prefectures.models import Link

from ..models.making import published, written
from .planning import BEZIERS, faults, plan, typed
from .test_planner import write_set_of

pytestmark = pytest.mark.django_db
LINKS = "fiche;numéro;texte du lien;supprimer\n"
STEPS = "fiche;numéro;action;supprimer\n"


def test_a_link_that_nothing_names_may_go(beziers, admin_user):
    assert faults(f"{LINKS}{BEZIERS};1;;oui\n", admin_user) == []


def test_a_link_that_is_quoted_stays(beziers, admin_user):
    [(line, _, sentence)] = faults(f"{LINKS}{BEZIERS};2;;oui\n", admin_user)
    assert line == 2
    assert sentence.startswith("Citation n° 1, « tirée du lien » : ce lien n’est pas, ou plus")


def test_a_link_may_go_once_another_is_quoted(beziers, admin_user):
    content = write_set_of(
        citations=f"fiche;numéro;tirée du lien\n{BEZIERS};1;1\n",
        liens=f"{LINKS}{BEZIERS};2;;oui\n",
    )
    assert faults(content, admin_user) == []


def test_the_last_step_may_go_where_another_comes(admin_user):
    sheet = published()
    rows = f"{sheet.key};1;;oui\n{sheet.key};;téléphoner;\n"
    assert faults(f"{STEPS}{rows}", admin_user) == []


def test_a_sheet_goes_once_where_its_step_is_said_to_go_too(beziers, admin_user):
    content = write_set_of(
        fiches=f"fiche;supprimer\n{BEZIERS};oui\n", etapes=f"{STEPS}{BEZIERS};1;;oui\n"
    )
    assert [row.kind.name for row in plan(content, admin_user).to_write] == ["fiches"]


def test_what_is_wrong_with_a_sheet_is_told_at_its_first_row(admin_user):
    sheet = published()
    content = write_set_of(
        fiches=f"fiche;titre;motifs\n{sheet.key};Autre;\n", etapes=f"{STEPS}{sheet.key};1;;oui\n"
    )
    (row,) = plan(content, admin_user).refused
    assert (row.kind.name, "au moins une étape" in row.faults[0].sentence) == ("fiches", True)


def test_a_row_that_is_there_already_is_not_to_blame(admin_user):
    sheet = published()
    written(Link, procedure=sheet, label="Là déjà")
    new = "".join(f"{sheet.key};;Lien {number};\n" for number in range(100))
    (row,) = plan(f"{LINKS}{sheet.key};;Là déjà;\n{new}", admin_user).refused
    assert (row.line, "au plus 100 liens" in typed(row.faults[0].sentence)) == (3, True)
