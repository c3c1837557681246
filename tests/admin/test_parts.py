"""The steps, contacts and links of a sheet follow the rights on the sheet."""

import pytest

from prefectures.models import Procedure

from .forms import posted
from .test_tracked import address, person

LOOK = ("view_procedure",)
EDIT = (*LOOK, "change_procedure")


def test_who_may_change_a_sheet_changes_its_steps(beziers):
    client = person(*EDIT)
    url = address(Procedure, "change", beziers.pk)
    data = posted(client.get(url), reason="Lu ce matin")
    data["steps-0-instructions"] = "Autre consigne"
    assert client.post(url, data).status_code == 302
    assert beziers.steps.get().instructions == "Autre consigne"


def test_who_may_only_look_sees_the_steps_and_cannot_post_them(beziers):
    client = person(*LOOK)
    url = address(Procedure, "change", beziers.pk)
    shown = client.get(url)
    assert "Le formulaire est sur Démarches simplifiées." in shown.page.text
    assert client.post(url, {"steps-0-instructions": "x", "reason": "x"}).status_code == 403


@pytest.mark.parametrize("prefix", ["steps", "contacts", "links"])
def test_who_may_change_a_sheet_adds_and_removes_rows(beziers, prefix):
    client = person(*EDIT)
    formsets = client.get(address(Procedure, "change", beziers.pk)).context["inline_admin_formsets"]
    (inline,) = (found for found in formsets if found.formset.prefix == prefix)
    assert inline.has_add_permission
    assert inline.has_delete_permission
