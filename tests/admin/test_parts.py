"""The steps, contacts and links of a sheet follow the rights on the sheet."""

import pytest

from prefectures.models import Procedure

from .forms import errors, posted
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


# --- Their order ------------------------------------------------------------------------------


def sent(page, *steps, **changes):
    """Return the form of ``page`` with its steps, then ``steps`` as new ones."""
    data = posted(page, reason="Lu ce matin", **changes)
    there = int(data["steps-TOTAL_FORMS"])
    for index, step in enumerate(steps, there):
        data |= {f"steps-{index}-{name}": value for name, value in step.items()}
    return data | {"steps-TOTAL_FORMS": there + len(steps)}


def read(sheet):
    """Return the kinds of the steps as readers see them: lists of alternatives."""
    return [
        [step.kind for step in steps] for steps in Procedure.objects.get(pk=sheet.pk).step_groups
    ]


POST, COUNTER, EMAIL = {"kind": "post"}, {"kind": "counter"}, {"kind": "email"}
OR = {"is_alternative": "on"}


@pytest.fixture
def url(beziers):
    return address(Procedure, "change", beziers.pk)


@pytest.fixture
def nimes():
    """A sheet of three steps, of which the last two are at choice."""
    return Procedure.objects.get(slug="prefecture-de-nimes")


@pytest.mark.parametrize(
    ("steps", "order"),
    [
        ([POST, COUNTER], [["online_form"], ["post"], ["counter"]]),
        ([POST, COUNTER | OR], [["online_form"], ["post", "counter"]]),
        ([POST | OR, COUNTER], [["online_form", "post"], ["counter"]]),
        (
            [POST | {"order": "3"}, COUNTER | {"order": "2"}],
            [["online_form"], ["counter"], ["post"]],
        ),
        ([POST | {"order": "0"}], [["post"], ["online_form"]]),
        ([OR | {"order": "2"}], [["online_form"]]),
    ],
    ids=["one after the other", "or", "or the first", "as moved", "before", "nothing typed"],
)
def test_a_new_step_comes_after_the_last_one_or_where_it_is_put(
    admin_client, beziers, url, steps, order
):
    response = admin_client.post(url, sent(admin_client.get(url), *steps))
    assert response.status_code == 302, errors(response)
    assert read(beziers) == order


@pytest.mark.parametrize("slug", ["prefecture-de-nimes", "prefecture-d-albi", "prefecture-de-foix"])
def test_a_sheet_saved_untouched_has_no_new_version(admin_client, slug):
    sheet = Procedure.objects.get(slug=slug)
    url = address(Procedure, "change", sheet.pk)
    response = admin_client.post(url, posted(admin_client.get(url), reason="Vu"), follow=True)
    assert "Rien n’a changé" in response.page.text
    sheet.refresh_from_db()
    assert sheet.version == 1


@pytest.mark.parametrize(
    ("changes", "order"),
    [
        ({"steps-1-DELETE": "on"}, [["other"], ["drop_box"]]),
        ({"steps-0-DELETE": "on"}, [["post", "drop_box"]]),
        ({"steps-2-is_alternative": None}, [["other"], ["post"], ["drop_box"]]),
        ({"steps-1-is_alternative": "on"}, [["other", "post", "drop_box"]]),
        ({"steps-1-order": "3", "steps-2-order": "2"}, [["other", "drop_box"], ["post"]]),
        (
            {"steps-0-order": "3", "steps-1-order": "1", "steps-2-order": "2"},
            [["post", "drop_box"], ["other"]],
        ),
    ],
    ids=["first of two", "the one before", "apart", "all", "one out", "last"],
)
def test_steps_at_choice_are_taken_apart_and_moved_as_said(admin_client, nimes, changes, order):
    url = address(Procedure, "change", nimes.pk)
    response = admin_client.post(url, posted(admin_client.get(url), reason="Vu", **changes))
    assert response.status_code == 302, errors(response)
    assert read(nimes) == order


def test_a_new_step_leaves_the_history_of_the_others_alone(admin_client, beziers, url):
    admin_client.post(url, sent(admin_client.get(url), POST))
    assert beziers.steps.first().history.count() == 1


def test_links_and_contacts_move_alike(admin_client, beziers, url):
    before = list(beziers.links.all())
    changes = {"links-0-order": "2", "links-1-order": "1"}
    admin_client.post(url, posted(admin_client.get(url), reason="Vu", **changes))
    assert list(beziers.links.all()) == before[::-1]


def test_who_may_only_look_sees_no_order_to_write(beziers, url):
    page = person(*LOOK).get(url)
    assert "Au choix avec" not in page.page.text
    assert "Ordre" not in page.page.text
