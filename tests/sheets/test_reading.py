import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prefectures.gate.history_tables import has_history
from prefectures.models import Commune, Ground, Link, Procedure, Step, User, changeset
from prefectures.sheets.reading import items_at, names_of, rows_at, rows_of_models, sheets_at

from ..models.making import all_grounds, edited, published, written
from .kinds import STEPS

pytestmark = pytest.mark.django_db


def test_a_sheet_is_read_back_as_it_was_at_a_version():
    sheet = published("Ancien titre")
    edited(sheet, title="Nouveau titre")
    found = sheets_at({sheet.pk: 1})[sheet.pk].sheet
    assert (found.values["title"], found.values["departement"]) == ("Ancien titre", "09")


def test_what_it_was_linked_to_is_read_back_too():
    sheet = published()
    before = set(sheet.grounds.values_list("pk", flat=True))
    with changeset("Pour le test"):
        sheet.grounds.set(Ground.objects.filter(covers_all=False)[:2])
    assert sheets_at({sheet.pk: 1})[sheet.pk].sheet.values["grounds"] == before


def test_steps_added_or_removed_since_are_as_they_were():
    sheet = published()
    with changeset("Pour le test"):
        sheet.steps.get().delete()
        Step.objects.create(procedure=sheet, kind="email", email="a@b.fr")
    then, now = (sheets_at({sheet.pk: version})[sheet.pk].rows[STEPS] for version in (1, 2))
    assert {number: step.values["kind"] for number, step in then.items()} == {1: "post"}
    assert {number: step.values["kind"] for number, step in now.items()} == {2: "email"}


def test_a_sheet_that_was_deleted_is_none_at_that_version():
    sheet = published()
    pk = sheet.pk
    with changeset("Pour le test"):
        sheet.delete()
    assert sheets_at({pk: 2})[pk].sheet is None
    assert sheets_at({pk: 1})[pk].sheet.values["title"] == "Une fiche"


def test_an_object_is_read_back_from_its_history_row(beziers):
    office = beziers.offices.get()
    row = office.history.latest()
    city = office.city
    edited(office, city="Pézenas")
    assert items_at(type(office), [row.history_id])[office.pk].values["city"] == city


def test_a_hundred_sheets_cost_as_many_queries_as_one():
    versions = dict(Procedure.objects.values_list("pk", "version"))
    counts = []
    full = Procedure.objects.exclude(steps=None).exclude(contacts=None).exclude(links=None).first()
    for asked in ({full.pk: full.version}, versions):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            sheets_at(asked)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_names_are_those_of_what_is_there_in_one_query(django_assert_num_queries):
    fields = {name: Procedure._meta.get_field(name) for name in ("communes_included", "grounds")}
    [ground] = Ground.objects.filter(covers_all=True)
    values = [
        (fields["communes_included"], frozenset(["34032", "99999"])),
        (fields["communes_included"], frozenset(["09122"])),
        (fields["grounds"], frozenset([ground.pk])),
    ]
    with django_assert_num_queries(1):
        names = names_of(values)
    assert names == {
        Commune: {"34032": "Béziers (34)", "09122": "Foix (09)"},
        Ground: {ground.pk: str(ground)},
    }


def test_no_name_is_asked_of_what_leads_nowhere(django_assert_num_queries):
    source, kind = Step._meta.get_field("source"), Step._meta.get_field("kind")
    assert names_of([(source, None), (kind, "post")]) == {Link: {}}


NAMING = [
    (column, column.related_model)
    for model in sorted(filter(has_history, apps.get_models()), key=lambda model: model.__name__)
    for column in (*model._meta.fields, *model._meta.many_to_many)
    if column.is_relation and not column.auto_created
]


@pytest.mark.parametrize(("column", "named"), NAMING, ids=str)
def test_no_name_asks_for_more_than_its_own_row(column, named, django_assert_num_queries):
    with changeset("Pour le test"):
        Group.objects.create(name="Relecture")
        User.objects.create_user("nadia")
        Link.objects.create(procedure=Procedure.objects.first(), label="Notice")
    keys = frozenset(named._base_manager.values_list("pk", flat=True)[:3])
    value = keys if column.many_to_many else min(keys)
    with django_assert_num_queries(1):
        names = names_of([(column, value)])
    items = named._base_manager.filter(pk__in=keys if column.many_to_many else [value])
    assert names == {named: {item.pk: str(item) for item in items}}


def test_what_is_no_more_takes_one_query_more_whatever_it_was(django_assert_num_queries):
    sheet = published("Partie")
    link = written(Link, procedure=sheet, label="Notice")
    pks = sheet.pk, link.pk
    with changeset("Pour le test"):
        link.delete()
        sheet.delete()
    columns = Step._meta.get_field("procedure"), Step._meta.get_field("source")
    with django_assert_num_queries(2):
        names = names_of(zip(columns, pks, strict=True))
    assert names == {
        Procedure: {pks[0]: "Partie (09) (n’existe plus)"},
        Link: {pks[1]: "Notice (n’existe plus)"},
    }


def test_rows_of_several_models_are_one_query_with_their_links(django_assert_num_queries):
    sheet = published()
    ids = {
        Procedure: [sheet.history.latest().history_id],
        Step: [sheet.steps.get().history.latest().history_id],
    }
    with django_assert_num_queries(1):
        rows = rows_of_models(ids)
    assert rows == {model: rows_at(model, of_model) for model, of_model in ids.items()}
    assert rows[Procedure][ids[Procedure][0]].values["grounds"] == {all_grounds().pk}
