"""What was sent to something that somebody deleted meanwhile is made anew."""

import pytest

from prefectures.models import Prefecture, Procedure, changeset

from .forms import errors, posted
from .test_conflict import nadia
from .test_parts import read
from .test_tracked import address, person

pytestmark = pytest.mark.django_db
ADD = address(Procedure, "add")


@pytest.fixture
def nimes():
    """A sheet of three steps, of which the last two are at choice."""
    return Procedure.objects.get(slug="prefecture-de-nimes")


def gone(client, item, **changes):
    """Save ``item``, with ``changes``, after Nadia deleted it."""
    url = address(type(item), "change", item.pk)
    opened = client.get(url)
    with changeset("Doublon", author=nadia()):
        type(item).objects.get(pk=item.pk).delete()
    return client.post(url, posted(opened, reason="Vu", **changes))


def again(page):
    data = {}
    for name, value in page.context["sent"]:
        data.setdefault(name, []).append(value)
    return data | {page.context["again"]: "x"}


def test_a_deleted_sheet_is_made_anew_with_its_rows_as_typed(admin_client, nimes):
    links = nimes.links.count()
    changes = {"steps-TOTAL_FORMS": "4", "steps-3-kind": "email", "steps-3-is_alternative": "on"}
    page = gone(admin_client, nimes, headline="La mienne.", **changes)
    form = admin_client.post(ADD, again(page))
    assert "Rien n’est encore enregistré" in errors(form)
    assert not Procedure.objects.filter(slug=nimes.slug).exists()
    response = admin_client.post(ADD, posted(form))
    assert response.status_code == 302, errors(response)
    new = Procedure.objects.get(slug=nimes.slug)
    assert (new.headline, new.publication) == ("La mienne.", nimes.publication)
    assert read(new) == [["other"], ["post", "drop_box", "email"]]
    assert new.links.count() == links
    assert new.revisions.get().changeset.reason == "Vu"


def test_rows_that_were_to_go_stay_away(admin_client, nimes):
    page = gone(admin_client, nimes, **{"steps-1-DELETE": "on", "contacts-TOTAL_FORMS": "9"})
    form = admin_client.post(ADD, again(page))
    assert admin_client.post(ADD, posted(form)).status_code == 302
    assert read(Procedure.objects.get(slug=nimes.slug)) == [["other"], ["drop_box"]]


def test_what_went_with_the_sheet_is_to_be_chosen_again(admin_client, nimes):
    form = admin_client.post(ADD, again(gone(admin_client, nimes)))
    assert "est à choisir à nouveau" in errors(form)
    assert form.context["adminform"].form.errors.keys() == {"__all__"}


def test_an_office_is_made_anew_as_well(admin_client):
    with changeset("Pour le test"):
        office = Prefecture.objects.create(departement_id="34", kind="sous_prefecture", city="Sète")
    url = address(Prefecture, "add")
    form = admin_client.post(url, again(gone(admin_client, office, address="1 rue X")))
    assert admin_client.post(url, posted(form)).status_code == 302
    assert Prefecture.objects.get(city="Sète").address == "1 rue X"


def test_who_may_not_add_is_not_offered_it(nimes):
    client = person("view_procedure", "change_procedure")
    page = gone(client, nimes)
    assert "Recréer" not in page.content.decode()
    assert client.post(ADD, again(page)).status_code == 403


@pytest.mark.parametrize("sent", [{}, {"steps-TOTAL_FORMS": "x", "quotations-0-link": "9" * 30}])
def test_what_nobody_could_have_sent_makes_nothing(admin_client, sent):
    response = admin_client.post(ADD, {"_again": "x", **sent})
    assert response.status_code == 200
