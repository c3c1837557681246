"""What the site says itself: a sentence for every value that a sheet can hold."""

import itertools
from datetime import date

import pytest

from prefectures.models import Channel, Contact, Link, Procedure, Quotation, Step
from prefectures.public import wording
from prefectures.public.wording import steps, voices
from prefectures.public.wording.answer import CLOSED, REFUSALS
from prefectures.templatetags.sheet import contact_label, rich

KINDS_AND_ROLES = list(itertools.product(Step.Kind.values, Step.Role.values))


LONG_AGO = date(2026, 4, 2)
PREFECTURE, LAWYER = Link(publisher="prefecture"), Link(publisher="lawyer")


def step(kind, role, source=PREFECTURE, **fields):
    return Step(kind=kind, role=role, source=source, **fields)


@pytest.mark.parametrize(("kind", "role"), KINDS_AND_ROLES)
def test_every_step_is_an_order_in_french(kind, role):
    sentence = wording.action(step(kind, role))
    verb = sentence.split()[0].split("-")[0]
    assert verb.endswith(("ez", "Faites"))
    assert not sentence.endswith(".")


@pytest.mark.parametrize("role", ["appointment", "form", "information"])
@pytest.mark.parametrize("kind", Step.Kind.values)
def test_a_step_that_does_not_file_never_says_that_the_file_leaves(kind, role):
    assert "votre dossier" not in wording.action(step(kind, role))


@pytest.mark.parametrize("kind", Step.Kind.values)
def test_a_step_that_obtains_an_appointment_says_so(kind):
    sentence = wording.action(step(kind, "appointment"))
    # "Suivez cette consigne" says nothing: the instructions do.
    assert "rendez-vous" in sentence or kind == "other"


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        ("files", "Envoyez votre dossier en recommandé"),
        ("form", "Demandez le formulaire par la poste"),
        ("appointment", "Demandez un rendez-vous par la poste"),
        ("information", "Écrivez par la poste pour vous renseigner"),
    ],
)
def test_a_registered_letter_is_the_file_only_when_it_files(role, sentence):
    assert wording.action(step("post", role, registered="required")) == sentence


@pytest.mark.parametrize(("kind", "role"), KINDS_AND_ROLES)
def test_a_note_is_a_whole_sentence(kind, role):
    for note in wording.step_notes(step(kind, role, registered="advised", is_owed=True)):
        assert note[0].isupper()
        assert note.endswith(".")


def test_a_form_for_an_appointment_is_said_to_file_nothing():
    [note] = wording.step_notes(step("online_form", "appointment"))
    assert "ne dépose pas votre demande" in note


def test_a_form_that_files_has_no_such_note():
    assert wording.step_notes(step("online_form", "files")) == []


@pytest.mark.parametrize("kind", Step.Kind.values)
def test_a_step_of_unknown_role_says_that_the_prefecture_does_not_say(kind):
    [note] = wording.step_notes(step(kind, "not_stated"))
    assert note.startswith("La préfecture ne précise pas")


@pytest.mark.parametrize("kind", Step.Kind.values)
def test_a_step_that_a_lawyer_told_of_lays_nothing_to_the_prefecture(kind):
    assert wording.step_notes(step(kind, "not_stated", LAWYER)) == [
        "Nous ne savons pas si cela suffit à déposer la demande."
    ]


def test_a_registered_letter_says_who_wants_it():
    notes = {
        registered: wording.step_notes(step("post", "files", registered=registered))
        for registered in Step.Registered.values
    }
    assert notes[""] == []
    assert notes["required"][0].startswith("La préfecture exige le recommandé.")
    assert notes["advised"][0].startswith("Le Gisti conseille")


def test_advice_does_not_make_the_letter_a_duty():
    advised = step("post", "files", registered="advised")
    assert wording.action(advised) == "Envoyez votre dossier par la poste"


def test_a_way_that_a_court_imposed_is_said_to_be_none_of_the_prefecture_s():
    [note] = wording.step_notes(step("counter", "files", is_owed=True))
    assert note.startswith("Un tribunal oblige la préfecture à accepter cette voie.")


@pytest.mark.parametrize(
    ("fields", "known_on", "said"),
    [
        ({}, date(2026, 4, 2), ", le 02/04/2026."),
        ({"printed_date": "avril 2026"}, None, " (texte daté : avril 2026)."),
        ({"consulted_on": date(2026, 5, 3)}, None, " (page lue le 03/05/2026)."),
        ({}, None, ", sans date."),
    ],
)
def test_a_step_says_by_whom_it_is_known_and_of_when(today, fields, known_on, said):
    today(date(2026, 6, 1))
    told = wording.step_source(
        step("post", "files", Link(publisher="press", **fields), known_on=known_on)
    )
    assert told == f"Nous le savons par la presse{said}"


def test_a_step_of_which_the_source_is_old_says_so(today):
    today(date(2026, 12, 1))
    told = wording.step_source(step("post", "files", Link(publisher="press"), known_on=LONG_AGO))
    assert told.endswith("C’est ancien : vérifiez avant d’agir.")


def test_a_step_of_the_prefecture_names_no_source():
    assert wording.step_source(step("post", "files", None)) == ""


@pytest.mark.parametrize("publisher", Link.Publisher.values)
def test_every_publisher_has_its_title(publisher):
    assert wording.quotation_title(Quotation(publisher=publisher)).startswith("Ce que dit ")


def test_a_quotation_is_the_prefecture_s_unless_it_says_whose():
    assert wording.quotation_title(Quotation()) == "Ce que dit la préfecture"


def test_only_the_prefecture_speaks_as_the_prefecture():
    speaking = [
        publisher
        for publisher in Link.Publisher
        if "préfecture" in wording.quotation_title(Quotation(publisher=publisher))
    ]
    assert speaking == ["prefecture"]


@pytest.mark.parametrize("kind", Contact.Kind.values)
def test_every_kind_of_contact_has_its_label(kind):
    assert contact_label(Contact(kind=kind))


def test_no_sentence_is_left_for_a_value_that_no_longer_exists():
    assert {kind for kind, _ in steps.ACTIONS} <= set(Step.Kind.values)
    assert set(CLOSED) == Procedure.CLOSED
    assert set(REFUSALS) == set(Channel.values)
    assert set(voices.QUOTATION_TITLES) == set(Link.Publisher.values)
    assert set(wording.CONTACT_LABELS) == set(Contact.Kind.values)


@pytest.mark.parametrize(
    ("phone", "address"),
    [
        ("04 66 49 60 00", "tel:0466496000"),
        ("04.66.49.60.00", "tel:0466496000"),
        ("+33 4 66 49 60 00", "tel:+33466496000"),
        ("3939", "tel:3939"),
        ("04 66 49 60 00 (standard)", "tel:0466496000"),
    ],
)
def test_a_telephone_number_is_dialled_by_its_digits(phone, address):
    assert wording.dial(phone) == address


def test_the_zero_in_brackets_of_an_international_number_is_not_dialled():
    assert wording.dial("+33 (0)2 99 00 35 10") == "tel:+33299003510"


def test_a_mail_to_gisti_keeps_every_sign_of_its_subject():
    address = wording.mail_to("Été & hiver ? 100 %", "ligne 1\nligne 2")
    assert "subject=%C3%89t%C3%A9%20%26%20hiver%20%3F%20100%20%25&" in address
    assert address.endswith("body=ligne%201%0Aligne%202")


# --- Titles in rich text ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "html", "shown"),
    [
        (2, "<h3>a</h3><h4>b</h4>", "<h3>a</h3><h4>b</h4>"),
        (3, "<h3>a</h3><h4>b</h4>", "<h4>a</h4><h5>b</h5>"),
        (2, "<h4>b</h4><p>c</p>", "<h3>b</h3><p>c</p>"),
        (3, "<h4>b</h4><h3>a</h3><h4>c</h4>", "<h4>b</h4><h4>a</h4><h5>c</h5>"),
        (2, "<p>&lt;h3&gt;</p>", "<p>&lt;h3&gt;</p>"),
    ],
)
def test_titles_in_rich_text_follow_that_of_their_section(level, html, shown):
    assert rich(html, level) == shown
