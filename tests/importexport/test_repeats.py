"""The same workbook sent twice adds nothing twice, unless one insists."""

import pytest

from prefectures.models import Link, Procedure, changeset

from .planning import BEZIERS, imported, plan
from .test_planner import write_set_of

pytestmark = pytest.mark.django_db
LINKS = "fiche;numéro;texte du lien;adresse\n"
A_LINK = f"{BEZIERS};;Un lien;https://a.fr/\n"


def statuses(text, user, **options):
    return [row.status for row in plan(text, user, **options).rows]


def test_a_row_that_is_there_already_is_left_out(beziers, admin_user):
    imported(LINKS + A_LINK, admin_user)
    count = beziers.links.count()
    assert plan(LINKS + A_LINK, admin_user).in_words == "1 ligne déjà là"
    imported(LINKS + A_LINK, admin_user)
    assert beziers.links.count() == count


def test_it_is_added_when_the_editor_insists(beziers, admin_user):
    imported(LINKS + A_LINK, admin_user)
    count = beziers.links.count()
    imported(LINKS + A_LINK, admin_user, adds_repeats=True)
    assert beziers.links.count() == count + 1


def test_a_second_one_in_the_file_is_a_second_one(beziers, admin_user):
    imported(LINKS + A_LINK, admin_user)
    assert statuses(LINKS + A_LINK * 2, admin_user) == ["repeated", "added"]


def test_what_differs_in_one_column_is_another(beziers, admin_user):
    imported(LINKS + A_LINK, admin_user)
    assert statuses(LINKS + A_LINK.replace("a.fr", "b.fr"), admin_user) == ["added"]


def test_what_was_filled_in_since_makes_another(beziers, admin_user):
    imported(LINKS + A_LINK, admin_user)
    with changeset("Pour le test"):
        link = Link.objects.get(label="Un lien")
        link.language = "anglais"
        link.save()
    assert statuses(LINKS + A_LINK, admin_user) == ["added"]


def test_what_the_file_deletes_is_not_there_already(beziers, admin_user):
    imported(LINKS + A_LINK, admin_user)
    number = Link.objects.get(label="Un lien").number
    text = LINKS.replace("\n", ";supprimer\n") + f"{BEZIERS};{number};;;oui\n"
    assert statuses(text + A_LINK.replace("\n", ";\n"), admin_user) == ["removed", "added"]


def test_a_workbook_of_new_sheets_sent_again_changes_nothing(admin_user):
    content = write_set_of(
        fiches="fiche;titre\n34/nouvelle;Nouvelle\n",
        etapes="fiche;numéro;action;étape n°\n34/nouvelle;;autre;\n34/nouvelle;;téléphoner;\n",
        contacts="fiche;numéro;type;contact\n34/nouvelle;;téléphone;0467367070\n",
    )
    imported(content, admin_user)
    found = plan(content, admin_user)
    assert not found.to_write
    assert found.in_words == "1 ligne inchangée, 3 lignes déjà là"
    sheet = Procedure.objects.get(slug="nouvelle")
    assert (sheet.steps.count(), sheet.contacts.count()) == (2, 1)


def test_where_a_step_stands_counts_only_once_its_row_says_it(beziers, admin_user):
    head = "fiche;numéro;action;étape n°\n"
    imported(f"{head}{BEZIERS};;téléphoner;2\n", admin_user)
    assert statuses(f"{head}{BEZIERS};;téléphoner;\n", admin_user) == ["repeated"]
    assert statuses(f"{head}{BEZIERS};;téléphoner;3\n", admin_user) == ["added"]
