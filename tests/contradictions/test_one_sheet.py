"""What contradicts itself within a sheet, and what only looks as if it did."""

from datetime import timedelta

import pytest
from django.utils import timezone

from prefectures.contradictions.one_sheet import mentioned
from prefectures.models import Link, Procedure, Step, changeset

from ..models.making import all_grounds, draft, edited
from .telling import told_of

pytestmark = pytest.mark.django_db


def sheet_with(*steps, links=(), **fields):
    with changeset("Pour le test"):
        fields = {"slug": f"fiche-{Procedure.objects.count()}", **fields}
        sheet = Procedure.objects.create(title="Une fiche", departement_id="09", **fields)
        sheet.grounds.add(all_grounds())
        for step in steps:
            Step.objects.create(procedure=sheet, **step)
        for link in links:
            Link.objects.create(procedure=sheet, **link)
    return sheet


def kinds(sheet):
    return [item.kind for item in told_of([sheet]).get(sheet.pk, [])]


POST = {"kind": "post", "address": "Ici"}
BOOKING = {"kind": "book_online", "url": "https://a.fr/rdv"}


@pytest.mark.parametrize(
    ("headline", "channels"),
    [
        ("La demande se fait par voie postale.", {"postal"}),
        ("La demande se fait par voie dématérialisée.", {"online"}),
        ("Envoyez un courriel ou téléphonez.", {"email", "phone"}),
        ("La demande se fait au guichet.", {"on_site"}),
        ("Le dépôt par courrier n’est plus possible. La demande se fait en ligne.", {"online"}),
        ("Aucune mention n'est faite de la voie postale.", set()),
        ("Voir ci-dessous.", set()),
        ("Envoyez votre dossier par courrier électronique.", {"email"}),
        ("Écrivez un mail.", {"email"}),
        ("Envoyez un e-mail.", {"email"}),
        ("Sur www.demarches-simplifiees.fr seulement.", {"online"}),
        ("Voir le site internet de la préfecture.", set()),
        ("Indiquez votre adresse postale et votre code postal.", set()),
    ],
)
def test_a_headline_announces_what_it_does_not_deny(headline, channels):
    assert mentioned(headline) == (channels, set())


def test_how_an_appointment_is_made_is_not_how_one_files():
    headline = "La demande se fait sur place. Le rendez-vous se prend en ligne."
    assert mentioned(headline) == ({"on_site"}, {"online"})


@pytest.mark.parametrize(
    ("steps", "headline", "found"),
    [
        ([POST], "Par voie postale.", []),
        ([POST], "En ligne.", ["headline"]),
        ([POST], "", []),
        ([POST], "Voir ci-dessous.", []),
        ([BOOKING, {"kind": "counter"}], "En ligne.", ["headline"]),
        ([BOOKING, {"kind": "counter"}], "Sur place, après rendez-vous en ligne.", []),
        ([BOOKING, {"kind": "counter"}], "Sur place ou par courrier.", ["headline"]),
        ([BOOKING, {"kind": "counter"}], "Sur rendez-vous, à prendre en ligne.", []),
        ([BOOKING, {"kind": "counter"}], "Rendez-vous par téléphone.", ["headline"]),
        ([POST, {"kind": "drop_box", "address": "Ici"}], "Par voie postale.", []),
        ([POST, {"kind": "other", "role": "files"}], "Par l'entremise d'un tiers, en ligne.", []),
    ],
)
def test_a_headline_is_held_against_the_steps_that_file(steps, headline, found):
    assert kinds(sheet_with(*steps, headline=headline)) == found


def test_a_sheet_without_step_is_told():
    assert kinds(draft()) == ["no_step"]


def test_steps_of_which_none_files_are_told():
    assert kinds(sheet_with(BOOKING)) == ["no_filing_step"]


@pytest.mark.parametrize("situation", ["suspended", "not_offered", "not_applicable", "not_stated"])
def test_where_nothing_is_filed_nothing_is_missing(situation):
    assert kinds(sheet_with(situation=situation)) == []


@pytest.mark.parametrize(
    ("step", "field"),
    [
        ({"kind": "post"}, "address"),
        ({"kind": "drop_box"}, "address"),
        ({"kind": "online_form"}, "url"),
        ({"kind": "email"}, "email"),
        ({"kind": "telephone", "role": "files"}, "phone"),
    ],
)
def test_a_step_that_nobody_could_follow_is_told_beside_what_it_lacks(step, field):
    sheet = sheet_with(step)
    (found,) = told_of([sheet])[sheet.pk]
    assert (found.kind, found.part, found.number, found.field) == ("missing", "steps", 1, field)


@pytest.mark.parametrize(
    "fields",
    [
        {"links": [{"url": "https://www.ariège.gouv.fr/x"}]},
        {"editorial_note": '<p><a href="https://www.ariège.gouv.fr/">x</a></p>'},
    ],
)
def test_an_accented_host_is_told(fields):
    assert kinds(sheet_with(POST, **fields)) == ["accented_host"]


def test_an_accent_in_the_path_is_no_fault():
    assert kinds(sheet_with(POST, links=[{"url": "https://www.ariege.gouv.fr/étrangers"}])) == []


def test_an_address_of_two_links_of_different_kinds_is_told():
    links = [{"url": "https://a.fr/x", "kind": kind} for kind in ("form", "booking")]
    assert kinds(sheet_with(POST, links=links)) == ["two_roles"]


def test_a_link_that_repeats_the_address_of_its_step_is_no_fault():
    links = [{"url": "https://a.fr/rdv", "kind": "booking"}]
    assert kinds(sheet_with(BOOKING, POST, links=links)) == []


# --- Against what the préfecture refuses, and past the end ------------------------------------


@pytest.mark.parametrize(
    ("step", "refused", "found"),
    [
        (POST, ["postal"], ["refused_step"]),
        (POST, ["online", "email"], []),
        (POST, [], []),
        ({"kind": "other", "role": "files"}, ["postal"], []),
        (
            {"kind": "telephone", "phone": "05 61 02 10 00", "role": "files"},
            ["phone"],
            ["refused_step"],
        ),
    ],
)
def test_a_step_by_a_channel_that_is_refused_is_told(step, refused, found):
    assert kinds(sheet_with(step, refused_channels=refused)) == found


def test_it_is_told_beside_the_kind_of_the_step():
    sheet = sheet_with(BOOKING, {"kind": "counter"}, refused_channels=["on_site"])
    (found,) = told_of([sheet])[sheet.pk]
    assert (found.part, found.number, found.field) == ("steps", 2, "kind")
    assert "sur place" in found.reason


def test_asking_a_question_where_no_request_is_taken_is_no_fault():
    question = {"kind": "email", "role": "information", "email": "a@b.fr"}
    assert kinds(sheet_with(POST, question, refused_channels=["email"])) == []


@pytest.mark.parametrize(
    ("headline", "found"),
    [
        ("La demande se fait au guichet.", ["headline_refused"]),
        ("Le dossier se dépose sur place, le rendez-vous se prend en ligne.", ["headline_refused"]),
        ("La demande ne se fait pas au guichet.", []),
        ("", []),
    ],
)
def test_a_headline_that_announces_what_is_refused_is_told(headline, found):
    sheet = sheet_with({"kind": "other", "role": "files"}, refused_channels=["on_site"])
    assert kinds(edited(sheet, headline=headline)) == found


@pytest.mark.parametrize(
    ("publication", "days", "found"),
    [
        ("published", -1, ["ended"]),
        ("published", 0, []),
        ("draft", -1, []),
        ("archived", -1, []),
    ],
)
def test_a_published_sheet_past_its_end_is_told(publication, days, found):
    end = timezone.localdate() + timedelta(days=days)
    sheet = edited(sheet_with(POST, valid_until=end), publication=publication)
    assert [kind for kind in kinds(sheet) if kind != "overlap"] == found


def test_an_archived_sheet_has_none():
    assert kinds(edited(draft(), publication="archived")) == []


def test_the_document_s_sheets_have_those_that_were_read_in_it():
    found = told_of(list(Procedure.objects.all()))
    keys = {sheet.pk: sheet.key for sheet in Procedure.objects.all()}
    assert sorted((keys[pk], item.kind) for pk, of_one in found.items() for item in of_one) == [
        ("09/prefecture-de-foix", "accented_host"),
        ("09/prefecture-de-foix", "accented_host"),
        ("12/prefecture-de-rodez", "headline"),
        ("32/prefecture-d-auch", "two_roles"),
        ("34/prefecture-de-montpellier-et-sous-prefecture-de-lodeve", "headline"),
        ("34/sous-prefecture-de-beziers", "no_filing_step"),
        ("65/prefecture-de-tarbes", "no_filing_step"),
        ("66/prefecture-de-perpignan", "no_filing_step"),
        ("82/prefecture-de-montauban", "no_filing_step"),
    ]
