import pytest
from django.urls import reverse

from prefectures.importexport.files import read_file
from prefectures.models import Procedure

from ..models.making import draft
from .test_tracked import person

pytestmark = pytest.mark.django_db
EXPORT = reverse("admin:prefectures_procedure_export")
LIST = reverse("admin:prefectures_procedure_changelist")


def keys(response):
    (table,) = read_file("x", response.content)
    return [row.cells["fiche"] for row in table.rows]


def test_the_whole_list_leaves_without_filters(admin_client):
    found = keys(admin_client.get(EXPORT, {"quoi": "fiches", "format": "csv"}))
    assert len(found) == Procedure.objects.count()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"departement__region__code__exact": "76", "situation": "not_stated"}, None),
        ({"publication__exact": "draft"}, ["09/un-brouillon"]),
        ({"q": "beziers"}, ["34/sous-prefecture-de-beziers"]),
    ],
)
def test_filters_and_search_are_honoured(admin_client, asked, expected):
    draft("Un brouillon")
    listed = admin_client.get(LIST, asked).context["cl"].queryset
    found = keys(admin_client.get(EXPORT, {**asked, "quoi": "fiches", "format": "csv"}))
    assert found == [sheet.key for sheet in listed]
    assert expected is None or found == expected


def test_the_selection_alone_leaves(admin_client, beziers):
    sent = {"action": "export_selection", "_selected_action": [beziers.pk]}
    asked = admin_client.post(LIST, sent)
    found = keys(admin_client.get(f"{asked.url}&quoi=fiches&format=csv"))
    assert found == [beziers.key]


def test_parts_are_those_of_the_sheets_that_were_chosen(admin_client, beziers):
    response = admin_client.get(EXPORT, {"q": "beziers", "quoi": "liens", "format": "xlsx"})
    assert keys(response) == [beziers.key] * beziers.links.count()


@pytest.mark.parametrize("form", ["xlsx", "zip"])
def test_a_whole_set_leaves_in_one_file(admin_client, form):
    response = admin_client.get(EXPORT, {"quoi": "tout", "format": form})
    tables = read_file("x", response.content)
    assert [table.name for table in tables] == [
        "fiches",
        "etapes",
        "contacts",
        "liens",
        "citations",
        "renvois",
    ]


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ("csv", "text/csv"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
        ("json", "application/json"),
    ],
)
def test_each_format_says_what_it_is_and_of_which_day(admin_client, form, media_type):
    response = admin_client.get(EXPORT, {"quoi": "etapes", "format": form})
    assert response["Content-Type"].startswith(media_type)
    assert f'.{form}"' in response["Content-Disposition"]
    assert 'filename="etapes-20' in response["Content-Disposition"]


def test_what_does_not_go_together_is_told(admin_client):
    response = admin_client.get(EXPORT, {"quoi": "tout", "format": "csv"})
    assert "s’exporte en" in response.page.text


def test_who_may_look_may_export():
    assert person("view_procedure").get(EXPORT).status_code == 200


def test_who_may_not_look_may_not_export():
    assert person("view_ground").get(EXPORT).status_code == 403


def test_offices_leave_as_well(admin_client):
    url = reverse("admin:prefectures_prefecture_export")
    response = admin_client.get(url, {"quoi": "guichets", "format": "csv", "q": "foix"})
    (table,) = read_file("x", response.content)
    assert [row.cells["guichet"] for row in table.rows] == ["09/prefecture-de-foix"]


@pytest.mark.parametrize(
    "asked",
    [
        {"foo": "1"},
        {"departement__region__code__exact": ["76", "75"], "position__gte": "x"},
        {"departement__name__startswith": "x", "p": "x"},
        {"publication__exact": "draft", "id__in": "x"},
    ],
    ids=lambda asked: " ".join(asked),
)
@pytest.mark.parametrize("model", ["procedure", "prefecture"])
def test_a_filter_that_is_none_exports_nothing_and_is_told(admin_client, model, asked):
    url = reverse(f"admin:prefectures_{model}_export")
    response = admin_client.get(url, {**asked, "quoi": "fiches", "format": "csv"}, follow=True)
    assert response.status_code == 200
    assert "Ce filtre n’existe pas" in response.page.text


def test_the_format_that_no_spreadsheet_alters_is_offered_first(admin_client):
    form = admin_client.get(EXPORT).context["form"]
    assert form["format"].value() == next(iter(form.fields["format"].choices))[0] == "xlsx"
