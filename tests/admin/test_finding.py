import json

import pytest
from django.urls import reverse

from prefectures.models import (
    Arrondissement,
    Commune,
    Departement,
    Ground,
    Prefecture,
    Procedure,
    Region,
)

from .test_tracked import address


def names(response):
    return {str(item) for item in response.context["cl"].result_list}


@pytest.mark.parametrize(
    ("model", "typed", "found"),
    [
        (Procedure, "Ariege", "Préfecture de Foix (09)"),
        (Procedure, "nimes", "Préfecture de Nîmes (30)"),
        (Procedure, "HÉRAULT beziers", "Sous-préfecture de Béziers (34)"),
        (Procedure, "34", "Sous-préfecture de Béziers (34)"),
        (Procedure, "lodeve", "Préfecture de Montpellier et sous-préfecture de Lodève (34)"),
        (
            Procedure,
            "timbres fiscaux",
            "Préfecture de Montpellier et sous-préfecture de Lodève (34)",
        ),
        (Prefecture, "st gaudens", "Sous-préfecture de Saint-Gaudens"),
        (Prefecture, "ALES", "Sous-préfecture d'Alès"),
        (Departement, "pyrenees orientales", "Pyrénées-Orientales (66)"),
        (Departement, "2A", "Corse-du-Sud (2A)"),
        (Region, "ile de france", "Île-de-France"),
        (Arrondissement, "beziers", "Béziers (34)"),
        (Arrondissement, "341", "Béziers (34)"),
        (Ground, "metiers", "Métiers en tension"),
        (Commune, "34700", "Lodève (34)"),
    ],
    ids=str,
)
def test_a_list_is_searched_as_people_type(admin_client, model, typed, found):
    assert found in names(admin_client.get(address(model, "changelist"), {"q": typed}))


@pytest.mark.parametrize("typed", ["zzz", "%", "'", "beziers carcassonne"])
def test_a_list_holds_nothing_that_was_not_asked_for(admin_client, typed):
    assert names(admin_client.get(address(Procedure, "changelist"), {"q": typed})) == set()


def test_a_departement_code_finds_its_sheets_and_no_others(admin_client):
    response = admin_client.get(address(Procedure, "changelist"), {"q": "34"})
    assert {sheet.departement_id for sheet in response.context["cl"].result_list} == {"34"}


def test_a_field_proposes_each_commune_once(admin_client):
    response = admin_client.get(
        reverse("admin:autocomplete"),
        {
            "term": "31555",
            "app_label": "prefectures",
            "model_name": "procedure",
            "field_name": "communes_included",
        },
    )
    results = json.loads(response.content)["results"]
    assert [result["text"] for result in results] == ["Toulouse (31)"]


def proposed(client, field_name, term, **asked):
    source = {"app_label": "prefectures", "model_name": "procedure", "field_name": field_name}
    response = client.get(reverse("admin:autocomplete"), {"term": term, **source, **asked})
    return [result["text"] for result in json.loads(response.content)["results"]]


def test_a_field_proposes_first_the_name_that_begins_as_one_types(admin_client):
    assert proposed(admin_client, "departement", "hér")[0] == "Hérault (34)"


def test_a_field_proposes_first_what_is_of_the_departement_of_the_sheet(admin_client):
    own = {"departement": "34"}
    assert proposed(admin_client, "offices", "mont", **own)[0] == "Préfecture de Montpellier"
    assert set(proposed(admin_client, "arrondissements", "", **own)[:3]) == {
        "Béziers (34)",
        "Lodève (34)",
        "Montpellier (34)",
    }
    assert proposed(admin_client, "communes_included", "saint m", **own)[0].endswith("(34)")


def test_a_field_proposes_all_the_rest_afterwards(admin_client):
    offices = proposed(admin_client, "offices", "mont", departement="34")
    assert "Sous-préfecture de Montbard" in offices


@pytest.mark.parametrize("departement", ["", "999", "x" * 500])
def test_a_departement_that_is_none_changes_nothing_of_what_is_proposed(admin_client, departement):
    asked = {"departement": departement} if departement else {}
    for field in ("offices", "communes_included"):
        plain = proposed(admin_client, field, "auch")
        assert proposed(admin_client, field, "auch", **asked) == plain


def test_a_search_takes_few_questions(admin_client, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        admin_client.get(address(Procedure, "changelist"), {"q": "beziers"})
