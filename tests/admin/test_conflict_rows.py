"""Two people at once on the rows of a sheet: their order, and which are at choice."""

import pytest

from prefectures.models import Procedure, Step, changeset

from .forms import errors, posted
from .test_conflict import nadia, resent
from .test_parts import read
from .test_tracked import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def nimes():
    """A sheet of three steps, of which the last two are at choice."""
    return Procedure.objects.get(slug="prefecture-de-nimes")


@pytest.fixture
def url(nimes):
    return address(Procedure, "change", nimes.pk)


@pytest.fixture
def opened(admin_client, url):
    return admin_client.get(url)


LAST_FIRST = {"steps-0-order": "3", "steps-1-order": "1", "steps-2-order": "2"}


def by_nadia(sheet, number, **columns):
    with changeset("Appelé", author=nadia()):
        step = sheet.steps.get(number=number)
        for name, value in columns.items():
            setattr(step, name, value)
        step.save()


def test_a_step_that_one_moves_and_another_words_is_merged(admin_client, nimes, url, opened):
    by_nadia(nimes, 2, instructions="Chez Nadia")
    page = admin_client.post(url, posted(opened, **LAST_FIRST, reason="Vu"))
    (kept,) = page.context["merge"].kept
    assert kept.label == "ordre des étapes"
    assert page.context["merge"].conflicts == []
    response = admin_client.post(url, resent(page))
    assert response.status_code == 302, errors(response)
    assert read(nimes) == [["post", "drop_box"], ["other"]]
    assert nimes.steps.get(number=2).instructions == "Chez Nadia"


def test_a_step_that_a_colleague_moved_stays_moved(admin_client, nimes, url, opened):
    by_nadia(nimes, 1, group=9)
    page = admin_client.post(url, posted(opened, **{"steps-0-instructions": "X"}, reason="Vu"))
    (taken,) = page.context["merge"].taken
    assert taken.theirs.splitlines()[1] == "2. autre (n° 1)"
    admin_client.post(url, resent(page))
    assert read(nimes) == [["post", "drop_box"], ["other"]]
    assert nimes.steps.get(number=1).instructions == "X"


@pytest.mark.parametrize(
    ("choice", "order"),
    [("mine", [["post", "drop_box"], ["other"]]), ("theirs", [["other"], ["post"], ["drop_box"]])],
)
def test_who_moved_what_another_moved_too_chooses(admin_client, nimes, url, opened, choice, order):
    by_nadia(nimes, 3, group=3)
    page = admin_client.post(url, posted(opened, **LAST_FIRST, reason="Vu"))
    (conflict,) = page.context["merge"].conflicts
    assert " ou " in conflict.mine
    response = admin_client.post(url, resent(page, **{f"{conflict.name}-choice": choice}))
    assert response.status_code == 302, errors(response)
    assert read(nimes) == order


def test_steps_that_both_added_keep_to_their_neighbours(admin_client, nimes, url, opened):
    with changeset("Appelé", author=nadia()):
        Step.objects.create(procedure=nimes, kind="telephone", group=3)
    new = {"steps-TOTAL_FORMS": "4", "steps-3-kind": "email", "steps-3-order": "2"}
    moved = {"steps-1-order": "3", "steps-2-order": "4"}
    page = admin_client.post(url, posted(opened, **new, **moved, reason="Vu"))
    admin_client.post(url, resent(page))
    assert read(nimes) == [["other"], ["email"], ["post", "drop_box"], ["telephone"]]


def test_what_was_typed_into_a_row_that_was_to_go_stays_out_of_theirs(
    admin_client, nimes, url, opened
):
    by_nadia(nimes, 1, instructions="Chez Nadia")
    typed = {"steps-0-DELETE": "on", "steps-0-hours": "le lundi"}
    page = admin_client.post(url, posted(opened, **typed, reason="Vu"))
    (conflict,) = page.context["merge"].conflicts
    admin_client.post(url, resent(page, **{f"{conflict.name}-choice": "theirs"}))
    step = nimes.steps.get(number=1)
    assert (step.instructions, step.hours) == ("Chez Nadia", "")


def test_ones_own_new_rows_are_shown_among_ones_changes(admin_client, nimes, url, opened):
    by_nadia(nimes, 2, instructions="Chez Nadia")
    new = {"steps-TOTAL_FORMS": "4", "steps-3-kind": "email", "steps-3-instructions": "Objet"}
    page = admin_client.post(url, posted(opened, **new, reason="Vu"))
    (kept,) = page.context["merge"].kept
    assert kept.label == "étape en plus"
    assert kept.mine == "envoyer un courriel · Objet"
    assert "Étape en plus" in page.page.text


def test_the_order_goes_back_to_the_form(admin_client, nimes, url, opened):
    by_nadia(nimes, 2, instructions="Chez Nadia")
    page = admin_client.post(url, posted(opened, **LAST_FIRST, reason="Vu"))
    form = admin_client.post(url, resent(page, _back="x"))
    assert form.status_code == 200
    response = admin_client.post(url, posted(form))
    assert response.status_code == 302, errors(response)
    assert read(nimes) == [["post", "drop_box"], ["other"]]
