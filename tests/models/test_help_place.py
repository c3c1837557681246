from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from prefectures.models import Departement, HelpPlace, changeset

from .making import edited, kinds, rows_of, written

pytestmark = pytest.mark.django_db

FIELDS = {
    "name": "La Cimade, groupe de Béziers",
    "kind": "association",
    "source": "dépliant de l’association",
    "verified_on": date(2025, 3, 1),
}


def place(**fields):
    return HelpPlace(**FIELDS | fields)


def refusal(item):
    with pytest.raises(ValidationError) as refused:
        item.full_clean()
    return refused.value.message_dict


def test_a_place_takes_its_code_from_its_name():
    assert written(HelpPlace, **FIELDS).slug == "la-cimade-groupe-de-beziers"


def test_a_code_that_was_given_is_kept():
    item = written(HelpPlace, **FIELDS, slug="cimade-34")
    assert edited(item, name="La Cimade").slug == item.key == "cimade-34"


def test_a_code_is_that_of_one_place():
    written(HelpPlace, **FIELDS)
    assert "slug" in refusal(place())


def test_a_place_without_source_is_refused_and_told_what_a_source_is():
    [sentence] = refusal(place(source=""))["source"]
    assert sentence.startswith("Dites d’où vient cette information")


def test_a_place_without_source_cannot_be_saved():
    with pytest.raises(ValidationError), changeset("Pour le test"):
        place(source="").save()


def test_a_place_without_day_is_refused():
    said = refusal(place(verified_on=None))
    assert said["verified_on"] == ["Donnez le jour où la source disait cela."]


def test_a_place_cannot_have_been_verified_tomorrow():
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert refusal(place(verified_on=tomorrow))["verified_on"] == ["Cette date est dans l’avenir."]


def test_a_place_of_unknown_kind_is_refused():
    assert "kind" in refusal(place(kind="mairie"))


def test_all_the_rest_may_be_empty():
    place().full_clean()


def test_the_departements_of_a_place_are_in_its_history():
    item = written(HelpPlace, **FIELDS)
    with changeset("Pour le test"):
        item.departements.set(["34", "11"])
    assert kinds(item) == "+~"
    codes = rows_of(item)[-1].departements.values_list("departement_id", flat=True)
    assert sorted(codes) == ["11", "34"]


def test_a_departement_knows_who_helps_there():
    item = written(HelpPlace, **FIELDS)
    with changeset("Pour le test"):
        item.departements.add("34")
    assert list(Departement.objects.get(pk="34").help_places.all()) == [item]


@pytest.mark.parametrize(
    ("source", "page"),
    [("https://www.gisti.org/contact", "https://www.gisti.org/contact"), ("un dépliant", "")],
)
def test_a_source_is_a_page_or_words(source, page):
    assert place(source=source).source_page == page
