"""Who says what: what is laid to the préfecture, to a court or to nobody is pointed out."""

import pytest

from prefectures.models import changeset

from .telling import told_of
from .test_one_sheet import POST, kinds, sheet_with

pytestmark = pytest.mark.django_db
SOURCE = {"label": "Une page", "kind": "source"}


def known_by(publisher, **step):
    """Return a sheet whose only step is known by a link of ``publisher``."""
    sheet = sheet_with(links=[{**SOURCE, "publisher": publisher}])
    with changeset("Pour le test"):
        sheet.steps.create(**POST, source=sheet.links.get(), **step)
    return sheet


def quoting(link="", **quotation):
    sheet = sheet_with(POST, links=[{**SOURCE, "publisher": link}] if link else [])
    with changeset("Pour le test"):
        sheet.quotations.create(text="<p>Des mots</p>", link=sheet.links.first(), **quotation)
    return sheet


@pytest.mark.parametrize(
    ("publishers", "found"),
    [([], []), (["prefecture"], []), (["press", "state_platform"], []), (["lawyer"], ["silence"])],
)
def test_who_only_read_others_cannot_say_that_the_prefecture_is_silent(publishers, found):
    links = [{**SOURCE, "publisher": publisher} for publisher in publishers]
    assert kinds(sheet_with(situation="not_stated", links=links)) == found


def test_what_is_not_known_and_yet_files_is_told():
    assert kinds(sheet_with(POST, situation="unknown")) == ["unknown_but_told"]
    assert kinds(sheet_with(situation="unknown")) == []


@pytest.mark.parametrize(
    ("publisher", "registered", "found"),
    [
        ("lawyer", "required", ["required_by_whom"]),
        ("lawyer", "advised", []),
        ("lawyer", "", []),
        ("prefecture", "required", []),
    ],
)
def test_registered_post_that_a_lawyer_tells_of_is_not_required(publisher, registered, found):
    assert kinds(known_by(publisher, registered=registered)) == found


def test_it_is_told_beside_the_field_of_its_step():
    [item] = told_of([sheet := known_by("press", registered="required")])[sheet.pk]
    assert (item.part, item.number, item.field) == ("steps", 1, "registered")
    assert "la presse" in item.reason


@pytest.mark.parametrize(("publisher", "found"), [("court", []), ("prefecture", ["owed_by_whom"])])
def test_a_way_that_is_owed_shows_the_decision(publisher, found):
    assert kinds(known_by(publisher, is_owed=True)) == found


def test_a_way_that_a_court_imposed_is_refused_without_contradiction():
    sheet = sheet_with(
        {**POST, "is_owed": True},
        links=[{"label": "Jugement", "kind": "legal", "publisher": "court"}],
        refused_channels=["postal"],
    )
    assert kinds(sheet) == []


def test_a_quotation_and_its_link_are_of_one_author():
    assert kinds(quoting("press", publisher="press")) == []
    assert kinds(quoting("press", publisher="lawyer")) == ["two_authors"]


@pytest.mark.parametrize(
    ("quotation", "found"),
    [
        ({"publisher": "prefecture"}, []),
        ({"publisher": "press", "author": "Le Journal"}, []),
        ({"publisher": "press"}, ["no_author"]),
    ],
)
def test_words_of_somebody_bear_a_name_or_a_link(quotation, found):
    assert kinds(quoting(**quotation)) == found


def test_an_accent_in_quoted_words_is_told_beside_them():
    sheet = sheet_with(POST)
    with changeset("Pour le test"):
        sheet.quotations.create(text='<p><a href="https://www.ariège.gouv.fr/">ici</a></p>')
    [item] = told_of([sheet])[sheet.pk]
    assert (item.kind, item.where, item.field) == ("accented_host", "citation n° 1", "text")


def test_waiting_for_a_summons_hides_no_contradiction_of_the_headline():
    sheet = sheet_with(POST, {"kind": "wait_for_summons", "group": 2}, headline="Au guichet.")
    assert kinds(sheet) == ["headline"]
