"""The document of a sheet says what its rows say, and what readers are told of what it names."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prefectures.models import (
    Contact,
    GeneralText,
    HelpPlace,
    Link,
    Prefecture,
    Procedure,
    Quotation,
    Referral,
    Step,
    Verification,
    changeset,
)
from prefectures.published import document, format_1
from prefectures.published.gathering import documents_now
from prefectures.published.shown import as_shown
from prefectures.sheets.kinds import ROWS

from ..models.making import all_grounds, draft, edited, published, written
from ..public.made_up import FILES, load_made_up

pytestmark = pytest.mark.django_db

# What a document says otherwise: by its order, by a code, by what it names.
TOLD_OTHERWISE = {
    Procedure: {"id", "departement", "publication", "position", "version"},
    Step: {"id", "procedure", "position", "office", "source"},
    Contact: {"id", "procedure", "position"},
    Link: {"id", "procedure", "position"},
    Quotation: {"id", "procedure", "position", "link"},
    Referral: {"id", "procedure", "position", "ground", "sheet", "office"},
}


def document_of(sheet):
    [(_, own)] = documents_now([sheet.pk]).values()
    return own


def content_of(sheet):
    return json.loads(document_of(sheet).json)


def test_whatever_a_sheet_and_its_rows_have_is_said():
    said = {Procedure: format_1.SHEET} | {kind.model: format_1.ROWS[kind.part] for kind in ROWS}
    for model, names in said.items():
        fields = {field.name for field in model._meta.concrete_fields}
        assert fields == TOLD_OTHERWISE[model] | ({*names} - {"last_verified_on"})
    assert {*format_1.NAMED} == {field.name for field in Procedure._meta.many_to_many}


def values(rows, columns):
    return sorted(repr([getattr(row, column) for column in columns]) for row in rows.all())


@pytest.mark.parametrize("made_up", [False, True])
def test_every_sheet_of_the_site_is_shown_as_its_models_give_it(made_up, django_assert_num_queries):
    for name in FILES if made_up else ():
        load_made_up(name)
    found = documents_now(Procedure.objects.values_list("pk", flat=True))
    assert len(found) >= 14
    for pk, (_, own) in found.items():
        stored = Procedure.objects.with_age().get(pk=pk)
        shown = as_shown(own)
        for name in [*format_1.SHEET, "confirmed_on"]:
            assert getattr(shown, name) == getattr(stored, name), name
        with django_assert_num_queries(0):
            assert shown.get_absolute_url()
        assert shown.get_absolute_url() == stored.get_absolute_url()
        for name, columns in (format_1.ROWS | format_1.NAMED).items():
            assert values(getattr(shown, name), columns) == values(getattr(stored, name), columns)


def test_rows_come_in_the_order_of_their_page():
    sheet = published()
    with changeset("Pour le test"):
        for position in (3, 1, 2):
            sheet.links.create(label=f"Lien {position}", position=position)
    shown = as_shown(document_of(sheet))
    assert [link.label for link in shown.links.all()] == ["Lien 1", "Lien 2", "Lien 3"]


def test_a_hundred_sheets_ask_as_many_questions_as_one(django_assert_num_queries):
    pks = list(Procedure.objects.values_list("pk", flat=True))
    for some in (pks[:1], pks):
        with django_assert_num_queries(11):
            assert len(documents_now(some)) == len(some)


def test_no_sheet_asks_one_question(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert documents_now([]) == {}


def test_offices_are_told_by_their_codes_and_their_names_of_the_moment():
    sheet, office = published(), Prefecture.objects.get(slug="prefecture-de-foix")
    with changeset("Pour le test"):
        sheet.offices.add(office)
        sheet.steps.create(kind="counter", office=office)
    edited(office, printed_name="Maison de l’État")
    content, named = content_of(sheet), {"key": "09/prefecture-de-foix", "name": "Maison de l’État"}
    assert content["offices"] == [named]
    assert content["steps"][-1]["office"] == named
    shown = as_shown(document_of(sheet))
    assert [step.office and step.office.name for step in shown.steps.all()] == [
        None,
        "Maison de l’État",
    ]


def test_a_row_names_a_link_by_its_number():
    sheet = published()
    link = written(Link, procedure=sheet, url="https://a.example/")
    written(Quotation, procedure=sheet, text="<p>Des mots</p>", link=link)
    with changeset("Pour le test"):
        sheet.steps.create(kind="post", source=link)
    shown = as_shown(document_of(sheet))
    assert [step.source for step in shown.steps.all()] == [None, shown.links.all()[0]]
    assert shown.quotations.all()[0].link.url == "https://a.example/"


def test_a_referral_tells_nothing_of_a_sheet_that_readers_may_not_see():
    sheet, secret = published(), draft("Un secret")
    written(Referral, procedure=sheet, ground=all_grounds(), sheet=secret)
    own = document_of(sheet)
    assert b"secret" not in own.json.lower()
    [referral] = as_shown(own).referrals.all()
    assert referral.sheet is None
    assert referral.sheet_id


def test_a_referral_leads_to_a_published_sheet():
    sheet, other = published(), published("Une autre", "34")
    written(Referral, procedure=sheet, ground=all_grounds(), sheet=other)
    [referral] = as_shown(document_of(sheet)).referrals.all()
    assert referral.sheet.get_absolute_url() == other.get_absolute_url()
    assert referral.sheet.is_published


def test_whether_a_ground_covers_all_is_told_alike_everywhere():
    sheet, other = published(), published("Une autre", "34")
    written(Referral, procedure=sheet, ground=all_grounds(), sheet=other)
    content = content_of(sheet)
    assert content["grounds"][0]["covers_all"] is True
    assert content["referrals"][0]["ground"] == content["grounds"][0]


def test_who_helps_and_what_holds_everywhere_is_said():
    sheet = published()
    with changeset("Pour le test"):
        place = HelpPlace.objects.create(
            name="Zoé", kind="association", source="un dépliant", verified_on="2025-03-01"
        )
        place.departements.add("09")
    shown = as_shown(document_of(sheet))
    # First who helps near by.
    assert shown.helping[0].name == "Zoé"
    assert len(shown.helping) == 1 + HelpPlace.objects.filter(departements=None).count()
    texts = [text.slug for text in shown.general_texts]
    assert texts == list(GeneralText.objects.values_list("slug", flat=True)) != []


def test_the_last_verification_is_said():
    sheet = published()
    for day in ("2024-02-02", "2023-01-01"):
        written(Verification, procedure=sheet, verified_on=day)
    assert content_of(sheet)["last_verified_on"] == "2024-02-02"


def test_what_is_for_the_team_is_not_said():
    sheet = published()
    with changeset("Appel de l’équipe", public_reason="Dit à tous"):
        Verification.objects.create(procedure=sheet, note="Note interne")
    for word in ("équipe", "interne", "Dit à tous"):
        assert word not in document_of(sheet).json.decode()


@settings(max_examples=30)
@given(st.text(max_size=50), st.text(max_size=50))
def test_any_text_comes_back_as_it_was(title, note):
    sheet = Procedure(title=title, slug="une-fiche", situation_note=note)
    sheet.departement = Procedure.objects.first().departement
    sheet.last_verified_on = None
    nothing = dict.fromkeys(format_1.ORDER, ())
    found = document.kept(1, document.written(format_1.document(sheet, nothing)).compressed)
    shown = as_shown(found)
    assert (shown.title, shown.situation_note) == (title, note)
