"""A plan is written as it was made, or not at all."""

import pytest

from prefectures.importexport.write import write_plan
from prefectures.models import Changeset, Link, Procedure, StaleVersionError, changeset

from ..models.making import edited, office
from .planning import BEZIERS, plan
from .test_planner import write_set_of

pytestmark = pytest.mark.django_db


def write(found, user, **said):
    return write_plan(found, author=user, file_name="maj.csv", file_digest="x", **said)


def refused_as_stale(found, user):
    before = Changeset.objects.count()
    with pytest.raises(StaleVersionError):
        write(found, user)
    assert Changeset.objects.count() == before


def delete(item):
    with changeset("Pour le test"):
        item.delete()


def test_a_changeset_names_the_file_and_the_reason(beziers, admin_user):
    found = plan(f"fiche;titre\n{BEZIERS};Autre\n", admin_user)
    record = write(found, admin_user, reason="relu")
    assert record.reason == "Import de « maj.csv » : relu"
    assert (record.file_name, record.file_digest, record.author) == ("maj.csv", "x", admin_user)


def test_a_sheet_that_was_saved_since_the_plan_is_not_overwritten(beziers, admin_user):
    found = plan(f"fiche;titre\n{BEZIERS};Autre\n", admin_user)
    edited(beziers, headline="Entre-temps")
    refused_as_stale(found, admin_user)


def test_a_sheet_whose_link_was_saved_since_the_plan_is_not_overwritten(beziers, admin_user):
    found = plan(f"fiche;numéro;texte du lien\n{BEZIERS};1;Autre\n", admin_user)
    edited(Link.objects.get(procedure=beziers, number=2), label="Entre-temps")
    refused_as_stale(found, admin_user)


def test_a_sheet_that_is_gone_since_the_plan_does_not_come_back(beziers, admin_user):
    found = plan(f"fiche;titre\n{BEZIERS};Autre\n", admin_user)
    delete(beziers)
    refused_as_stale(found, admin_user)


def test_an_office_that_was_saved_since_the_plan_is_not_overwritten(admin_user):
    found = plan("guichet;ville\n09/prefecture-de-foix;Pamiers\n", admin_user)
    edited(office(), address="Entre-temps")
    refused_as_stale(found, admin_user)


def test_what_the_file_leaves_alone_may_have_been_saved_since(beziers, admin_user):
    text = f"fiche;titre\n{BEZIERS};{beziers.title}\n09/nouvelle;Nouvelle\n"
    found = plan(text, admin_user)
    edited(beziers, headline="Entre-temps")
    assert write(found, admin_user).revisions.count() == 1


def test_a_sheet_and_an_office_of_the_same_key_are_written_together(admin_user):
    key = "09/prefecture-de-foix"
    content = write_set_of(
        fiches=f"fiche;titre\n{key};Autre\n", guichets=f"guichet;adresse postale\n{key};Ici\n"
    )
    write(plan(content, admin_user), admin_user)
    assert Procedure.objects.get(departement="09").title == "Autre"
    assert office().address == "Ici"
