import re

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from prefectures.models import Arrondissement, Commune, Departement, Region, changeset
from prefectures.text.naming import normalised

from .making import draft, edited, published

pytestmark = pytest.mark.django_db


def refused_fields(item):
    with pytest.raises(ValidationError) as refusal:
        item.full_clean()
    return refusal.value.message_dict


@pytest.mark.parametrize("code", ["7", "761", "ab", "7a", " 7"])
def test_a_region_has_a_code_of_two_digits(code):
    faults = refused_fields(Region(code=code, name="Une région", slug="une-region"))
    assert faults["code"] == ["Un code de région a deux chiffres : « 76 »."]


@pytest.mark.parametrize("code", ["1", "00", "96", "2a", "2C", "980", "0", "9"])
def test_a_departement_has_a_code_that_insee_could_give(code):
    faults = refused_fields(Departement(code=code, name="Un département", slug="un"))
    assert "Un code de département s’écrit « 09 », « 2A » ou « 971 »." in faults["code"]


@pytest.mark.parametrize("code", ["2A", "01", "95", "979"])
def test_the_code_of_a_departement_may_have_a_letter_or_three_digits(code):
    departement = Departement(code=code, name="Un département", slug="un")
    departement.full_clean(validate_unique=False, validate_constraints=False)
    assert departement.of_name == "de Un département"


@pytest.mark.parametrize("item", [Region(code="76", slug="a"), Departement(code="34", slug="a")])
def test_a_name_holds_nothing_that_a_feed_cannot(item):
    item.name = "Occi\x0ctanie"
    assert "caractère invisible" in refused_fields(item)["name"][0]


def test_an_unknown_article_is_refused():
    faults = refused_fields(Region(code="99", name="Une région", slug="une", article="le"))
    assert "article" in faults


def test_a_departement_is_shown_with_its_code():
    assert str(Departement.objects.get(code="34")) == "Hérault (34)"


def test_a_region_is_shown_by_its_name():
    assert str(Region.objects.get(code="76")) == "Occitanie"


def test_the_address_of_a_departement_begins_with_its_code():
    assert Departement.objects.get(code="34").get_absolute_url() == "/departements/34-herault/"


def test_the_address_of_a_region_is_its_name():
    assert Region.objects.get(code="76").get_absolute_url() == "/regions/occitanie/"


def test_departements_come_in_the_order_of_their_codes():
    codes = [item.code for item in Departement.objects.filter(region="76")]
    assert codes == sorted(codes)


def has_sheets(code):
    return Departement.objects.with_coverage().get(code=code).has_sheets


def test_a_departement_has_sheets_as_long_as_one_is_published():
    draft("Un brouillon", "75")
    assert not has_sheets("75")
    sheet = published("Publiée", "75")
    assert has_sheets("75")
    edited(sheet, publication="archived")
    assert not has_sheets("75")


def test_looking_for_sheets_takes_one_query_for_all_and_keeps_their_order(
    django_assert_num_queries,
):
    with django_assert_num_queries(1):
        found = list(Departement.objects.with_coverage())
    assert found == list(Departement.objects.all())


def test_a_departement_with_sheets_cannot_be_deleted():
    draft(departement="75")
    with pytest.raises(ProtectedError), changeset("Pour le test"):
        Departement.objects.get(code="75").delete()


def test_a_region_with_departements_cannot_be_deleted():
    with pytest.raises(ProtectedError), changeset("Pour le test"):
        Region.objects.get(code="76").delete()


def test_a_departement_that_is_renamed_has_it_in_its_history():
    departement = Departement.objects.get(code="09")
    with changeset("Pour le test"):
        departement.name = "Ariège-Pyrénées"
        departement.save()
    newest = Departement.history.filter(code="09").latest()
    assert (newest.history_type, newest.name) == ("~", "Ariège-Pyrénées")


def test_mayotte_is_a_region_of_its_own():
    assert Departement.objects.get(code="976").region.name == "Mayotte"


@pytest.mark.parametrize("code", ["975", "977", "978"])
def test_a_collectivity_has_no_region(code):
    assert Departement.objects.get(code=code).region is None


def test_a_commune_is_shown_with_the_code_of_its_departement():
    assert str(Commune.objects.get(code="34032")) == "Béziers (34)"


def test_the_address_of_a_commune_begins_with_its_code():
    assert Commune.objects.get(code="34142").get_absolute_url() == "/communes/34142-lodeve/"
    assert Commune.objects.get(code="2A004").get_absolute_url() == "/communes/2a004-ajaccio/"


def test_every_commune_has_an_address_of_its_own_that_says_its_name():
    slugs = [commune.slug for commune in Commune.objects.all()]
    assert len(set(slugs)) == len(slugs)
    assert [slug for slug in slugs if not re.fullmatch("[0-9a-b]{5}-[a-z0-9-]+", slug)] == []


def test_an_arrondissement_is_shown_with_the_code_of_its_departement():
    assert str(Arrondissement.objects.get(code="341")) == "Béziers (34)"


def test_every_commune_is_kept_under_the_name_it_is_searched_by():
    wrong = [item for item in Commune.objects.all() if item.search != normalised(item.name)]
    assert wrong == []


def test_communes_come_in_alphabetical_order_whatever_their_accents():
    names = [normalised(item.name) for item in Commune.objects.filter(departement="09")]
    assert names == sorted(names)


def test_what_the_territory_holds_has_a_first_row_of_history():
    assert [row.history_type for row in Region.history.filter(code="76")] == ["+"]
