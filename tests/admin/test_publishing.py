"""Saving and publishing at once: what the list "publication" does, through the same doors."""

import json

import pytest

from prefectures.models import Procedure, changeset
from prefectures.sheets.faults import NO_GROUND, NOTHING_TO_READ

from .forms import errors, posted
from .test_tracked import address, person

PUBLISH = {"_publish": "1"}


@pytest.fixture
def draft(beziers):
    with changeset("Retour en brouillon"):
        beziers.publication = Procedure.Publication.DRAFT
        beziers.save()
    return beziers


@pytest.fixture
def url(draft):
    return address(Procedure, "change", draft.pk)


def test_a_draft_is_published_by_the_button(admin_client, draft, url):
    data = posted(admin_client.get(url), reason="Relue", headline="Autre.")
    response = admin_client.post(url, data | PUBLISH)
    assert response.status_code == 302, errors(response)
    draft.refresh_from_db()
    assert (draft.publication, draft.headline) == ("published", "Autre.")


def test_a_new_sheet_is_published_by_the_button(admin_client):
    url = "/admin/prefectures/procedure/add/"
    data = posted(admin_client.get(url), departement="75", title="Paris", reason="Nouvelle")
    data |= {"situation": "not_stated", "editorial_note": "<p>Rien n’est dit.</p>"}
    assert admin_client.post(url, data | PUBLISH).status_code == 302
    assert Procedure.objects.get(departement="75").is_published


def test_what_may_not_be_published_is_refused_and_stays_a_draft(admin_client, draft, url):
    data = posted(admin_client.get(url), reason="Relue")
    del data["grounds"]
    response = admin_client.post(url, data | PUBLISH)
    assert NO_GROUND in errors(response)
    assert response.context["adminform"].form["publication"].value() == "published"
    assert response.context["state"] == "brouillon"
    draft.refresh_from_db()
    assert draft.publication == "draft"


def test_who_may_only_look_publishes_nothing(draft, url):
    assert person("view_procedure").post(url, {"reason": "x"} | PUBLISH).status_code == 403


def test_who_chose_the_other_s_publication_keeps_that_choice(admin_client, draft, url):
    data = posted(admin_client.get(url), reason="Relue") | PUBLISH
    with changeset("Archivée entre-temps"):
        draft.publication = Procedure.Publication.ARCHIVED
        draft.save()
    asked = admin_client.post(url, data)
    assert asked.status_code == 409
    choice = {"publication-choice": "theirs", "_resolved": str(asked.context["version"])}
    admin_client.post(url, data | choice)
    draft.refresh_from_db()
    assert draft.publication == "archived"


def test_the_page_is_told_what_is_asked_of_a_published_sheet(admin_client, url):
    page = admin_client.get(url)
    told = json.loads(page.context["missing"])
    assert (told["noGround"], told["nothingToRead"]) == (NO_GROUND, NOTHING_TO_READ)
    assert told["silent"] == ["not_stated", "unknown"]


# --- Beside the form --------------------------------------------------------------------------


def test_the_preview_beside_is_the_page_without_its_script(admin_client, draft, url):
    data = posted(admin_client.get(url), headline="Une phrase.", _preview="beside")
    response = admin_client.post(url, data)
    assert response["X-Preview"] == "beside"
    assert "Une phrase." in response.content.decode()
    assert "<script" not in response.content.decode()
    draft.refresh_from_db()
    assert draft.headline != "Une phrase."


def test_a_form_that_cannot_be_shown_is_answered_with_nothing(admin_client, url):
    data = posted(admin_client.get(url), title="", _preview="beside")
    response = admin_client.post(url, data)
    assert response.status_code == 204
    assert not response.content


@pytest.mark.parametrize("place", ["public", "preview", "beside"])
def test_no_page_of_a_sheet_can_be_framed_by_another(admin_client, beziers, place):
    form = address(Procedure, "change", beziers.pk)
    if place == "public":
        response = admin_client.get(beziers.get_absolute_url())
    else:
        value = {"preview": "1", "beside": "beside"}[place]
        response = admin_client.post(form, posted(admin_client.get(form), _preview=value))
    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


def test_who_publishes_is_led_to_the_page(admin_client, draft, url):
    data = posted(admin_client.get(url), reason="Relue")
    answer = admin_client.post(url, data | PUBLISH, follow=True).content.decode()
    assert "La fiche est en ligne" in answer
    assert f'href="{draft.get_absolute_url()}"' in answer


def test_who_saves_a_draft_is_told_of_no_page(admin_client, draft, url):
    data = posted(admin_client.get(url), reason="Relue", headline="Autre.")
    answer = admin_client.post(url, data, follow=True).content.decode()
    assert "La fiche est en ligne" not in answer
