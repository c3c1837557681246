"""What a step says of itself."""

import pytest
from django.core.exceptions import ValidationError

from prefectures.models import Step

from .making import draft, edited, written

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        ("book_online", "appointment"),
        ("book_by_phone", "appointment"),
        ("book_by_email", "appointment"),
        ("online_form", "files"),
        ("post", "files"),
        ("drop_box", "files"),
        ("email", "files"),
        ("counter", "files"),
        ("telephone", "information"),
        ("wait_for_summons", "appointment"),
        ("other", "not_stated"),
    ],
)
def test_the_role_of_a_step_is_proposed_from_its_kind(kind, role):
    assert written(Step, procedure=draft(), kind=kind).role == role


def test_every_kind_of_step_has_a_proposed_role():
    assert set(Step.PROPOSED_ROLES) == set(Step.Kind)


def test_a_role_that_was_given_is_kept():
    step = written(Step, procedure=draft(), kind="online_form", role="appointment")
    assert edited(step, hours="le lundi").role == "appointment"


def test_the_role_is_proposed_to_a_form_too():
    step = Step(procedure=draft(), kind="post")
    step.full_clean(exclude=["number"])
    assert step.role == "files"


@pytest.mark.parametrize(
    ("kind", "channel"),
    [
        ("book_online", "online"),
        ("book_by_phone", "phone"),
        ("book_by_email", "email"),
        ("online_form", "online"),
        ("post", "postal"),
        ("drop_box", "on_site"),
        ("email", "email"),
        ("counter", "on_site"),
        ("telephone", "phone"),
        ("wait_for_summons", None),
        ("other", None),
    ],
)
def test_the_channel_of_a_step_follows_from_its_kind(kind, channel):
    assert Step(kind=kind).channel == channel


def test_every_kind_of_step_that_somebody_does_has_a_channel():
    assert set(Step.Kind) - set(Step.CHANNELS) == {Step.Kind.OTHER, Step.Kind.WAIT_FOR_SUMMONS}


@pytest.mark.parametrize(("role", "expected"), [("files", True), ("appointment", False)])
def test_a_step_knows_whether_it_files_the_request(role, expected):
    assert Step(kind="online_form", role=role).files_the_request is expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"role": "form"}, True),
        ({"role": "form", "url": "https://www.gard.gouv.fr/form.pdf"}, False),
        ({"role": "files"}, False),
    ],
)
def test_documents_are_listed_in_the_step_that_gets_them_unless_it_has_its_page(fields, expected):
    assert Step(kind="other", **fields).lists_documents is expected


def test_a_step_is_shown_by_its_group_and_its_action():
    assert str(Step(group=2, kind="post")) == "2. envoyer par la poste"


@pytest.mark.parametrize("email", ["pref", "pref@", "a b@gard.gouv.fr"])
def test_the_email_of_a_step_is_checked_at_each_save(email):
    sheet = draft()
    with pytest.raises(ValidationError) as refusal:
        written(Step, procedure=sheet, kind="email", email=email)
    assert "email" in refusal.value.message_dict


def test_the_lines_of_an_address_are_kept():
    address = "Préfecture de l’Aude\n52 rue Jean Bringer\n11000 Carcassonne"
    assert written(Step, procedure=draft(), kind="post", address=address).address == address
