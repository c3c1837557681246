"""What is brought of sheets, to make documents of them, is what the models say of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prefectures.models import (
    Arrondissement,
    Commune,
    Departement,
    Ground,
    Link,
    Prefecture,
    Procedure,
    Verification,
    changeset,
)
from prefectures.sheets.kinds import ROWS
from prefectures.sheets.shown import (
    NAMED,
    departement_as_shown,
    offices_in,
    sheets_as_shown,
)

from ..models.making import draft, published, written

pytestmark = pytest.mark.django_db

PARTS = [kind.part for kind in ROWS]


def herault():
    return Departement.objects.get(code="34")


def test_every_departement_is_shown_as_it_is_stored_with_its_region(django_assert_num_queries):
    for stored in Departement.objects.select_related("region"):
        with django_assert_num_queries(1):
            shown = departement_as_shown(stored.pk)
            assert shown.region == stored.region
        for field in Departement._meta.concrete_fields:
            assert getattr(shown, field.attname) == getattr(stored, field.attname)
        if stored.region:
            assert shown.region.get_absolute_url() == stored.region.get_absolute_url()


def test_a_departement_that_is_not_there_is_none():
    assert departement_as_shown("99") is None


def sheet_as_shown(pk):
    [sheet] = sheets_as_shown([pk])
    return sheet


def test_a_sheet_that_is_not_there_is_none():
    assert sheets_as_shown([0]) == []


def test_every_sheet_of_the_site_has_the_rows_that_its_models_give(django_assert_num_queries):
    pks = list(Procedure.objects.values_list("pk", flat=True))
    with django_assert_num_queries(8):
        found = sheets_as_shown(pks)
    assert len(found) == len(pks) > 10
    for shown in found:
        stored = Procedure.objects.with_age().get(pk=shown.pk)
        for field in Procedure._meta.concrete_fields:
            assert getattr(shown, field.attname) == getattr(stored, field.attname)
        assert shown.departement == stored.departement
        assert shown.confirmed_on == stored.confirmed_on
        for name in [*PARTS, *NAMED]:
            assert list(getattr(shown, name).all()) == list(getattr(stored, name).all())


def test_everything_that_a_sheet_may_name_is_known():
    assert {*NAMED} == {field.name for field in Procedure._meta.many_to_many}


@settings(max_examples=20)
@given(st.data())
def test_a_sheet_names_what_it_was_given_in_the_order_of_names(data):
    sheet = Procedure.objects.filter(slug="nommee").first() or draft("Nommée", "34")
    choices = {
        "offices": Prefecture.objects.filter(departement__in=["09", "75", "13"]),
        "offices_not_receiving": Prefecture.objects.filter(departement__in=["34", "11"]),
        "grounds": Ground.objects.all(),
        "arrondissements": Arrondissement.objects.filter(departement="34"),
        "communes_included": Commune.objects.filter(departement="34")[:30],
        "communes_excluded": Commune.objects.filter(departement="34")[30:60],
    }
    with changeset("Pour le test"):
        for name, rows in choices.items():
            getattr(sheet, name).set(data.draw(st.sets(st.sampled_from(list(rows)), max_size=5)))
    shown = sheet_as_shown(sheet.pk)
    stored = Procedure.objects.get(pk=sheet.pk)
    for name, columns in NAMED.items():
        assert shown_of(shown, name, columns) == shown_of(stored, name, columns)


def shown_of(sheet, name, columns):
    return [
        [getattr(row, column) for column in ("pk", *columns)] for row in getattr(sheet, name).all()
    ]


def test_showing_a_sheet_asks_nothing_more(django_assert_num_queries):
    sheet = sheet_as_shown(Procedure.objects.get(slug="sous-prefecture-de-beziers").pk)
    with django_assert_num_queries(0):
        assert [len(getattr(sheet, name).all()) for name in PARTS] == [1, 0, 2, 1, 0]
        assert [name for name, columns in NAMED.items() if shown_of(sheet, name, columns)] == [
            "offices",
            "grounds",
            "arrondissements",
        ]


def test_rows_name_the_links_and_the_offices_of_their_sheet(django_assert_num_queries):
    sheet, office = published("Une fiche"), Prefecture.objects.filter(departement="09").first()
    link = written(Link, procedure=sheet, url="https://a.example/")
    with changeset("Pour le test"):
        sheet.offices.set([office])
        sheet.steps.create(kind="counter", office=office, source=link)
        sheet.quotations.create(text="<p>Des mots</p>", link=link)
        sheet.quotations.create(text="<p>D’autres</p>")
    shown = sheet_as_shown(sheet.pk)
    with django_assert_num_queries(0):
        assert [step.source for step in shown.steps.all()] == [None, link]
        assert [step.office for step in shown.steps.all()] == [None, office]
        assert [quotation.link for quotation in shown.quotations.all()] == [link, None]


def test_a_referral_names_its_ground_its_sheet_and_its_office(django_assert_num_queries):
    sheet, other = published("Une fiche"), published("Une autre", "34")
    office = Prefecture.objects.filter(departement="34").first()
    ground = Ground.objects.filter(covers_all=False).first()
    gone = draft("Une troisième")
    with changeset("Pour le test"):
        for answer in ({"sheet": other}, {"office": office}, {"sheet": gone}):
            sheet.referrals.create(ground=ground, **answer)
    with changeset("Pour le test"):
        gone.delete()
    referrals = list(sheet_as_shown(sheet.pk).referrals.all())
    there = other.get_absolute_url()
    with django_assert_num_queries(0):
        assert [referral.ground.name for referral in referrals] == [ground.name] * 3
        assert [referral.sheet for referral in referrals] == [other, None, None]
        assert [referral.office for referral in referrals] == [None, office, None]
        assert referrals[0].sheet.get_absolute_url() == there
        assert referrals[1].office.name == office.name
        assert referrals[2].sheet_id is not None


def test_the_last_verification_tells_the_age():
    sheet = published("Une fiche")
    for day in ("2024-02-02", "2023-01-01"):
        written(Verification, procedure=sheet, verified_on=day)
    shown = sheet_as_shown(sheet.pk)
    assert shown.last_verified_on.isoformat() == "2024-02-02"
    assert shown.confirmed_on == Procedure.objects.with_age().get(pk=sheet.pk).confirmed_on


def test_the_offices_of_a_departement_come_in_their_order():
    assert offices_in(herault()) == list(Prefecture.objects.filter(departement="34")) != []
