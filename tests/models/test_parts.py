import pytest
from django.core.exceptions import ValidationError

from prefectures.models import Contact, Link, Step, changeset

from .making import draft, edited, published, written

pytestmark = pytest.mark.django_db

PARTS = pytest.mark.parametrize(
    ("part", "fields"),
    [
        (Step, {"kind": "post"}),
        (Contact, {"kind": "phone", "value": "05 61 02 10 00"}),
        (Link, {"label": "Notice"}),
    ],
)


def remove(*items):
    with changeset("Pour le test"):
        for item in items:
            item.delete()


# --- Numbers ----------------------------------------------------------------------------------


@PARTS
def test_the_parts_of_a_sheet_are_numbered_from_one(part, fields):
    sheet = draft()
    assert [written(part, procedure=sheet, **fields).number for _ in range(3)] == [1, 2, 3]


@PARTS
def test_every_sheet_numbers_its_own_parts(part, fields):
    written(part, procedure=draft("Une"), **fields)
    assert written(part, procedure=draft("Deux"), **fields).number == 1


@PARTS
def test_the_number_of_a_removed_part_is_never_given_again(part, fields):
    sheet = draft()
    first, _ = (written(part, procedure=sheet, **fields) for _ in range(2))
    remove(first)
    assert written(part, procedure=sheet, **fields).number == 3


@PARTS
def test_the_number_of_the_last_part_is_never_given_again_either(part, fields):
    sheet = draft()
    remove(*[written(part, procedure=sheet, **fields) for _ in range(2)])
    assert written(part, procedure=sheet, **fields).number == 3


@PARTS
def test_a_number_freed_and_asked_for_in_one_changeset_is_not_given_again(part, fields):
    sheet = draft()
    last = written(part, procedure=sheet, **fields)
    with changeset("Pour le test"):
        last.delete()
        new = part.objects.create(procedure=sheet, **fields)
    assert new.number == 2


@PARTS
def test_a_part_keeps_its_number_when_it_is_saved_again(part, fields):
    sheet = draft()
    first, _ = (written(part, procedure=sheet, **fields) for _ in range(2))
    assert edited(first, position=9).number == 1


def test_a_number_that_was_given_is_kept():
    assert written(Step, procedure=draft(), kind="post", number=7).number == 7


def test_parts_created_in_one_changeset_have_a_number_each():
    sheet = draft()
    with changeset("Pour le test"):
        steps = [Step.objects.create(procedure=sheet, kind="post") for _ in range(3)]
    assert [step.number for step in steps] == [1, 2, 3]


# --- Steps ------------------------------------------------------------------------------------


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


# --- Contacts ---------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["pref-esi", "pref@", "04 66 49 60 00"])
def test_a_contact_by_email_has_an_email_address(value):
    with pytest.raises(ValidationError) as refusal:
        Contact(procedure=draft(), kind="email", value=value).full_clean()
    assert "courriel valide" in " ".join(refusal.value.message_dict["value"])


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("email", "pref-esi@herault.gouv.fr"),
        ("phone", "04 66 49 60 00, le matin"),
        ("address", "34 place des Martyrs\n34000 Montpellier"),
        ("hours", "du lundi au vendredi"),
    ],
)
def test_a_contact_is_accepted_as_the_prefecture_writes_it(kind, value):
    contact = Contact(procedure=draft(), kind=kind, value=value)
    contact.full_clean(exclude=["number"])
    assert str(contact) == value


# --- Links ------------------------------------------------------------------------------------


def test_a_link_knows_the_site_it_leads_to():
    assert Link(url="https://www.ariège.gouv.fr/Demarches").host == "www.ariège.gouv.fr"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.gard.gouv.fr/form.pdf", True),
        ("https://www.gard.gouv.fr/FORM.PDF?inline=1", True),
        ("https://www.gard.gouv.fr/form.html", False),
        ("https://www.gard.gouv.fr/?file=form.pdf", False),
        ("https://www.gard.gouv.fr/form.pdf#page=2", True),
        ("", False),
    ],
)
def test_a_link_knows_whether_it_is_a_pdf(url, expected):
    assert Link(url=url).is_pdf is expected


@pytest.mark.parametrize("kind", Link.Kind.values)
def test_a_document_is_to_fill_in_or_a_page_to_read(kind):
    taken_along = {"form", "annex", "notice", "document_list"}
    assert Link(kind=kind).is_to_fill_in is (kind in taken_along)


@pytest.mark.parametrize("publisher", Link.Publisher.values)
def test_only_a_prefecture_or_a_platform_speaks_for_the_state(publisher):
    of_the_state = {"prefecture", "state_platform"}
    assert Link(publisher=publisher).is_of_the_state is (publisher in of_the_state)


def test_a_link_is_shown_by_its_label_or_else_by_its_address():
    assert str(Link(label="Notice", url="https://a.fr/")) == "Notice"
    assert str(Link(url="https://a.fr/")) == "https://a.fr/"


def test_parts_go_with_their_sheet():
    sheet = published()
    step = sheet.steps.get()
    remove(sheet)
    assert not Step.objects.filter(pk=step.pk).exists()
