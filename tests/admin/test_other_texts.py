"""Back on the form after a conflict: the text that was not chosen is still to be read."""

import pytest

from prefectures.models import Procedure, changeset

from .forms import errors, posted
from .test_conflict import by_nadia, nadia, resent
from .test_tracked import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(beziers):
    return address(Procedure, "change", beziers.pk)


@pytest.fixture
def opened(admin_client, url):
    return admin_client.get(url)


def back(client, url, page, **choices):
    """Go back to the form with ``choices``."""
    return client.post(url, resent(page, _back="x", **choices))


def help_of(page, name):
    return page.context["adminform"].form[name].help_text


@pytest.mark.parametrize(
    ("choice", "note"),
    [
        ("mine", "L’autre texte\u00a0:</strong> <span>La sienne."),
        ("theirs", "Votre texte\u00a0:</strong> <span>La mienne."),
    ],
)
def test_the_text_that_was_not_chosen_is_beside_its_field(
    admin_client, beziers, url, opened, choice, note
):
    by_nadia(beziers, headline="La sienne.")
    page = admin_client.post(url, posted(opened, headline="La mienne.", reason="Vu"))
    form = back(admin_client, url, page, **{"headline-choice": choice})
    assert note in help_of(form, "headline")
    assert 'aria-describedby="id_headline_helptext"' in str(
        form.context["adminform"].form["headline"]
    )


def test_it_stays_until_the_form_is_saved(admin_client, beziers, url, opened):
    by_nadia(beziers, headline="La <b>sienne</b>.")
    page = admin_client.post(url, posted(opened, headline="La mienne.", reason="Vu"))
    form = back(admin_client, url, page, **{"headline-choice": "mine"})
    hidden = {"_other-theirs-headline": "La <b>sienne</b>."}
    assert 'name="_other-theirs-headline" value="La &lt;b&gt;sienne' in form.content.decode()
    again = admin_client.post(url, posted(form, reason="", **hidden))
    assert "La &lt;b&gt;sienne&lt;/b&gt;." in help_of(again, "headline")
    response = admin_client.post(url, posted(again, reason="Vu", **hidden))
    assert response.status_code == 302, errors(response)


def test_that_of_a_step_is_in_its_row_wherever_the_row_now_is(admin_client, beziers, url, opened):
    step = beziers.steps.get()
    with changeset("Appelé", author=nadia()):
        beziers.steps.create(kind="post", group=1, position=0)
        step.group, step.instructions = 2, "La sienne"
        step.save()
    page = admin_client.post(url, posted(opened, **{"steps-0-instructions": "X"}, reason="Vu"))
    form = back(admin_client, url, page, **{"steps-0-instructions-choice": "mine"})
    rows = form.context["inline_admin_formsets"][0].formset.forms
    assert [row["instructions"].value() for row in rows[:2]] == ["", "X"]
    assert "La sienne" not in rows[0]["instructions"].help_text
    assert "La sienne" in rows[1]["instructions"].help_text


def test_that_of_a_row_that_goes_is_above_the_form(admin_client, beziers, url, opened):
    with changeset("Appelé", author=nadia()):
        beziers.steps.get().delete()
    page = admin_client.post(url, posted(opened, **{"steps-0-instructions": "X"}, reason="Vu"))
    (conflict,) = page.context["merge"].conflicts
    form = back(admin_client, url, page, **{f"{conflict.name}-choice": "theirs"})
    assert "étape n° 1. Votre texte" in errors(form)
    assert "· X" in errors(form)


@pytest.mark.parametrize("name", ["x", "mine-nowhere", "-headline", "mine", "theirs-"])
def test_a_field_that_is_none_is_nothing(admin_client, url, opened, name):
    sent = posted(opened, reason="", **{f"_other-{name}": "y"})
    assert admin_client.post(url, sent).status_code == 200
