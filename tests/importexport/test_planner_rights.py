"""Who may import what, and what happens when somebody else has written since the export."""

import pytest
from django.contrib.auth.models import Permission

from prefectures.importexport.files import write_table
from prefectures.importexport.resources import export
from prefectures.models import Prefecture, Procedure, User, changeset
from prefectures.sheets.kinds import OFFICES, SHEETS
from tests.sheets.kinds import STEPS

from ..models.making import edited, office
from .planning import BEZIERS, faults, imported, plan

pytestmark = pytest.mark.django_db

# --- Rights -------------------------------------------------------------------------------------


def with_rights(*names):
    with changeset("Un compte pour le test"):
        user = User.objects.create_user("nadia", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return user


def test_who_may_change_but_not_add_is_refused_a_new_sheet(beziers):
    user = with_rights("view_procedure", "change_procedure")
    found = faults(f"fiche;titre\n{BEZIERS};Autre\n34/nouvelle;Nouvelle\n", user)
    assert [(line, "ajouter" in sentence) for line, _, sentence in found] == [(3, True)]


def test_who_may_not_delete_is_refused_a_deletion(beziers):
    user = with_rights("view_procedure", "change_procedure")
    assert "supprimer" in faults(f"fiche;supprimer\n{BEZIERS};oui\n", user)[0][2]


def test_who_may_change_a_sheet_may_delete_its_rows(beziers):
    user = with_rights("view_procedure", "change_procedure")
    assert faults(f"fiche;numéro;texte du lien;supprimer\n{BEZIERS};1;;oui\n", user) == []


def test_who_may_change_a_sheet_may_add_rows_to_it(beziers):
    user = with_rights("view_procedure", "change_procedure")
    assert faults(f"fiche;numéro;action\n{BEZIERS};;téléphoner\n", user) == []


def test_who_may_write_sheets_alone_is_refused_an_office():
    user = with_rights("change_procedure", "add_procedure")
    text = f"guichet;adresse postale\n{office().key};Ici\n"
    assert "modifier de guichet" in faults(text, user)[0][2]


# --- Two people at once -------------------------------------------------------------------------


@pytest.fixture
def exported(beziers):
    """The table of sheets as it was before a colleague changed Béziers."""
    text = write_table("csv", export(SHEETS, Procedure.objects.filter(pk=beziers.pk)))
    edited(beziers, title="Le titre de Nadia", headline="La phrase de Nadia")
    return text.decode("utf-8-sig")


def test_an_old_export_takes_nothing_back(exported, beziers, admin_user):
    assert plan(exported, admin_user).to_write == []


def test_what_only_the_file_changes_is_taken(exported, beziers, admin_user):
    imported(exported.replace("ouverte", "suspendue"), admin_user)
    beziers.refresh_from_db()
    assert (beziers.situation, beziers.title) == ("suspended", "Le titre de Nadia")


def changed(exported):
    return exported.replace("Sous-préfecture de Béziers", "Mon titre", 1)


def test_what_both_changed_is_a_conflict_that_names_the_colleague(exported, admin_user):
    found = plan(changed(exported), admin_user)
    (row,) = found.undecided
    (conflict,) = row.conflicts
    assert (conflict.base, conflict.theirs, conflict.mine) == (
        "Sous-préfecture de Béziers",
        "Le titre de Nadia",
        "Mon titre",
    )
    assert [item.reason for item in row.since] == ["Pour le test"]
    assert not found.is_decided


@pytest.mark.parametrize(
    ("choice", "title"), [("mine", "Mon titre"), ("theirs", "Le titre de Nadia")]
)
def test_the_editor_s_choice_is_written(exported, beziers, admin_user, choice, title):
    (conflict,) = plan(changed(exported), admin_user).undecided[0].conflicts
    imported(changed(exported), admin_user, choices={conflict.name: choice})
    beziers.refresh_from_db()
    assert (beziers.title, beziers.headline) == (title, "La phrase de Nadia")


def test_a_step_that_a_colleague_removed_is_told(beziers, admin_user):
    text = write_table("csv", export(STEPS, Procedure.objects.filter(pk=beziers.pk)))
    with changeset("Doublon", author=admin_user):
        beziers.steps.get().delete()
    found = faults(text, admin_user)
    assert "supprimée depuis l’export par claire" in found[0][2]


def test_what_a_colleague_changed_is_not_deleted_unseen(exported, admin_user):
    lines = exported.splitlines(keepends=True)
    lines[-1] = lines[-1].rstrip("\r\n") + "oui\r\n"
    assert "a changé depuis l’export" in faults("".join(lines), admin_user)[0][2]


def test_an_office_changed_since_is_a_conflict_too(admin_user):
    found = office()
    text = write_table("csv", export(OFFICES, Prefecture.objects.filter(pk=found.pk)))
    edited(found, city="Pamiers")
    text = text.decode("utf-8-sig").replace(";Foix;", ";Lavelanet;")
    (row,) = plan(text, admin_user).undecided
    assert [(c.base, c.theirs, c.mine) for c in row.conflicts] == [("Foix", "Pamiers", "Lavelanet")]
