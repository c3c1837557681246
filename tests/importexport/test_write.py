"""A plan becomes one changeset, which names the file and touches what the file changes."""

import pytest

from prefectures.importexport.write import write_plan

from ..models.making import edited
from .planning import BEZIERS, plan

pytestmark = pytest.mark.django_db


def write(found, user, **said):
    return write_plan(found, author=user, file_name="maj.csv", file_digest="x", **said)


def test_a_changeset_names_the_file_and_the_reason(beziers, admin_user):
    found = plan(f"fiche;titre\n{BEZIERS};Autre\n", admin_user)
    record = write(found, admin_user, reason="relu")
    assert record.reason == "Import de « maj.csv » : relu"
    assert (record.file_name, record.file_digest, record.author) == ("maj.csv", "x", admin_user)


def test_what_the_file_leaves_alone_may_have_been_saved_since(beziers, admin_user):
    text = f"fiche;titre\n{BEZIERS};{beziers.title}\n09/nouvelle;Nouvelle\n"
    found = plan(text, admin_user)
    edited(beziers, headline="Entre-temps")
    assert write(found, admin_user).revisions.count() == 1
