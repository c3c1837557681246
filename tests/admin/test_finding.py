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


def test_a_search_takes_few_questions(admin_client, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        admin_client.get(address(Procedure, "changelist"), {"q": "beziers"})
