"""Which addresses a published sheet gives, and which of them are its sources."""

import pytest

from prefectures.models import GivenAddress, Link, Procedure, Quotation, Step, changeset
from prefectures.monitoring.given import addresses_in, bring_up_to_date, without_end

from ..models.making import edited, published
from .watching import given, known, sheet_giving

LINK = {"number": 1, "kind": "other", "url": "https://a.fr/x"}


def test_addresses_stand_in_steps_links_texts_and_words():
    content = {
        "links": [LINK],
        "steps": [
            {"url": "https://b.fr/rdv", "instructions": "Voir https://c.fr/aide, puis venir."}
        ],
        "warning": '<p>Lire <a href="https://d.fr/?a=1&amp;b=2">ceci</a>.</p>',
        "title": "Sans adresse",
    }
    assert set(addresses_in(content)) == {
        "https://a.fr/x",
        "https://b.fr/rdv",
        "https://c.fr/aide",
        "https://d.fr/?a=1&b=2",
    }


@pytest.mark.parametrize(
    "url",
    [
        "https://www.ariège.gouv.fr/Démarches",
        "https://a.fr/guide(2).pdf",
        "https://a.fr/a+b%20c?d=é#2",
        "http://a.fr:8080/x",
    ],
)
def test_an_address_is_given_to_the_letter(url):
    assert addresses_in({"links": [LINK | {"url": url}]}) == {url: False}


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("https://a.fr/x).", "https://a.fr/x"),
        ("https://a.fr/guide(2)", "https://a.fr/guide(2)"),
        ("https://a.fr/x…", "https://a.fr/x"),
    ],
)
def test_what_ends_a_sentence_is_no_part_of_an_address(said, address):
    assert without_end(said) == address


@pytest.mark.parametrize(
    ("link", "is_source"),
    [
        ({"kind": "source"}, True),
        ({"kind": "form"}, True),
        ({"kind": "booking"}, False),
        ({"kind": "source", "is_for_another_request": True}, False),
    ],
)
def test_a_source_is_a_page_to_read_or_a_document_to_fill_in(link, is_source):
    assert addresses_in({"links": [LINK | link]}) == {"https://a.fr/x": is_source}


def test_a_page_that_is_quoted_is_a_source_whatever_its_kind():
    content = {"links": [LINK], "quotations": [{"number": 1, "link": 1, "text": "<p>Mots</p>"}]}
    assert addresses_in(content) == {"https://a.fr/x": True}


@pytest.mark.django_db
def test_two_sheets_that_give_one_address_have_it_visited_once():
    one, other = (sheet_giving("https://a.fr/x", title=title) for title in ("Une", "Autre"))
    bring_up_to_date()
    assert given(one, "https://a.fr/x").address == given(other, "https://a.fr/x").address


@pytest.mark.django_db
def test_a_draft_gives_none_and_a_sheet_that_is_withdrawn_gives_none_any_more():
    sheet = sheet_giving("https://a.fr/x")
    bring_up_to_date()
    assert known("https://a.fr/x").is_in_use
    edited(sheet, publication=Procedure.Publication.DRAFT)
    bring_up_to_date()
    assert not known("https://a.fr/x").is_in_use
    assert not given(sheet, "https://a.fr/x").is_given
    edited(sheet, publication=Procedure.Publication.PUBLISHED)
    bring_up_to_date()
    assert known("https://a.fr/x").is_in_use


@pytest.mark.django_db
def test_a_sheet_that_is_deleted_is_forgotten():
    sheet = sheet_giving("https://a.fr/x")
    bring_up_to_date()
    with changeset("Un doublon"):
        sheet.delete()
    bring_up_to_date()
    assert not GivenAddress.objects.filter(address__url="https://a.fr/x").exists()
    assert not known("https://a.fr/x").is_in_use


@pytest.mark.django_db
def test_of_one_departement_only_its_sheets_are_looked_at():
    bring_up_to_date()
    sheet_giving("https://a.fr/x", departement="31")
    bring_up_to_date(["09"])
    assert not GivenAddress.objects.filter(address__url="https://a.fr/x").exists()
    bring_up_to_date(["31"])
    assert known("https://a.fr/x").is_in_use


@pytest.mark.django_db
def test_what_is_known_takes_as_many_questions_for_many_sheets(django_assert_max_num_queries):
    for number in range(4):
        sheet_giving(f"https://a.fr/{number}", title=f"Fiche {number}")
    bring_up_to_date()
    with django_assert_max_num_queries(8):
        bring_up_to_date()


@pytest.mark.django_db
def test_a_quotation_and_a_step_are_read_as_the_site_writes_them():
    sheet = published("Avec tout")
    with changeset("Pour le test"):
        link = Link.objects.create(procedure=sheet, kind="other", url="https://a.fr/citee")
        Quotation.objects.create(procedure=sheet, link=link, text="<p>Des mots.</p>")
        Step.objects.create(procedure=sheet, kind="book_online", url="https://a.fr/rdv")
    bring_up_to_date()
    assert given(sheet, "https://a.fr/citee").is_source
    assert not given(sheet, "https://a.fr/rdv").is_source
