"""A sheet as it would be once the file is in: what that refuses, and what goes along."""

import pytest

from prefectures.models import Link

from ..models.making import published, written
from .planning import BEZIERS, faults, plan, typed
from .test_planner import write_set_of

pytestmark = pytest.mark.django_db
LINKS = "fiche;numéro;texte du lien;supprimer\n"
STEPS = "fiche;numéro;action;supprimer\n"


def quotes(content, user):
    """Return (number of the link, number after) of the quotes that rows of links end."""
    return [
        (change.before, change.after)
        for row in plan(content, user).rows
        for change in row.changes
        if change.label == "cité depuis (de la fiche)"
    ]


def test_a_quoted_link_may_go(beziers, admin_user):
    assert faults(f"{LINKS}{BEZIERS};2;;oui\n", admin_user) == []


def test_a_link_that_is_not_quoted_takes_nothing_along(beziers, admin_user):
    assert quotes(f"{LINKS}{BEZIERS};2;;oui\n", admin_user) == [("2", "")]
    assert quotes(f"{LINKS}{BEZIERS};1;;oui\n", admin_user) == []


def test_a_link_may_go_once_the_sheet_quotes_another(beziers, admin_user):
    content = write_set_of(
        fiches=f"fiche;cité depuis\n{BEZIERS};1\n", liens=f"{LINKS}{BEZIERS};2;;oui\n"
    )
    assert (faults(content, admin_user), quotes(content, admin_user)) == ([], [])


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
