"""The rows of several models in one query: their values are those that each model's own gives."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import TextField, Value
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from prefectures.gate.history_tables import columns_of, has_history, history_of, kept_in
from prefectures.gate.many_models import BATCH_OF_MANY, rows_together, wanted_by
from prefectures.models import Changeset, Commune, Contact, Departement

from ..models.making import draft, written

pytestmark = pytest.mark.django_db

TRACKED = sorted(filter(has_history, apps.get_models()), key=lambda model: model.__name__)
ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
MADE_UP = {
    "BooleanField": st.booleans(),
    "DateField": st.dates(),
    "DateTimeField": st.datetimes(
        datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)
    ),
    "AutoField": st.integers(0, 2**31 - 1),
    "IntegerField": st.integers(-(2**31), 2**31 - 1),
    "PositiveIntegerField": st.integers(0, 2**31 - 1),
    "PositiveSmallIntegerField": st.integers(0, 2**15 - 1),
    "BigAutoField": st.integers(0, 2**63 - 1),
    "BigIntegerField": st.integers(-(2**63), 2**63 - 1),
}


def columns(model):
    """Return the names of all columns of ``model``."""
    return tuple(field.attname for field in model._meta.concrete_fields)


def alone(model, keys):
    """Return {pk: values} as the model's own query gives them."""
    rows = model._base_manager.filter(pk__in=keys).values_list("pk", *columns(model))
    return {pk: values for pk, *values in rows}


def together(keys):
    """Return {model: {pk: values}} of {model: keys}."""
    wanted = {model: wanted_by(model, "pk", keys[model], columns(model)) for model in keys}
    found = {model: {} for model in keys}
    for model, values in rows_together(wanted):
        key = values[columns(model).index(model._meta.pk.attname)]
        found[model][key] = values
    return found


def typed(rows):
    """Return ``rows`` with the type of each value: True is 1, otherwise."""
    return {key: [(type(value), value) for value in values] for key, values in rows.items()}


def assert_same(keys):
    for model, rows in together(keys).items():
        assert typed(rows) == typed(alone(model, keys[model])), model


def test_the_values_of_the_prepared_site_are_those_of_each_model_s_own_query():
    models = [*TRACKED, *(kept for model in TRACKED for kept in kept_in(model))]
    newest = {
        model: list(model._base_manager.order_by("-pk").values_list("pk", flat=True)[:300])
        for model in models
    }
    assert sum(map(bool, newest.values())) > len(models) / 2
    assert_same(newest)


def value(field):
    if field.is_relation:
        field = field.target_field
    size = field.max_length
    texts = ANY_TEXT if size is None else ANY_TEXT.map(lambda text: text[:size])
    known = MADE_UP.get(field.get_internal_type(), texts)
    if type(field).__name__ == "ChoiceSetField":
        known = st.lists(st.sampled_from([key for key, _ in field.choices]), unique=True)
    return known


@st.composite
def past_rows(draw):
    """Return (model, values) of a row of history such as nobody would write."""
    model = draw(st.sampled_from(TRACKED))
    values = {}
    for name in columns_of(model):
        field = history_of(model)._meta.get_field(name)
        kind = value(field)
        values[name] = draw(st.none() | kind if field.null else kind)
    return model, values


def kept_as_it_is(model, values):
    """Write a row of history whose texts no field of ours has cleaned; return its key."""
    texts = {
        name: Value(text, output_field=TextField())
        for name, text in values.items()
        if isinstance(text, str)
    }
    history = history_of(model)
    row = history(
        **values | texts,
        changeset_id=Changeset.objects.latest("pk").pk,
        history_date=datetime.now(UTC),
        history_type="~",
    )
    history._base_manager.bulk_create([row])
    return row.pk


@settings(max_examples=100)
@given(st.lists(past_rows(), min_size=1, max_size=3))
def test_made_up_values_are_those_of_each_model_s_own_query(rows):
    keys = {}
    for model, values in rows:
        keys.setdefault(history_of(model), []).append(kept_as_it_is(model, values))
    assert_same(keys)


@pytest.mark.parametrize(
    "text",
    ["", "null", '"', "\\", "\\u0000", "[1, 2]", "1", "0.1", "é’\u00a0«", "😀", "\x01\x1f\r\n\t"],
)
def test_a_text_comes_back_to_the_letter(text):
    sheet = draft()
    row = written(Contact, procedure=sheet, kind="hours", value="Lundi").history.latest()
    values = {name: getattr(row, name) for name in columns_of(Contact)} | {"value": text}
    made = kept_as_it_is(Contact, values)
    assert_same({history_of(Contact): [made, row.pk]})
    assert text in together({history_of(Contact): [made]})[history_of(Contact)][made]


def test_several_models_are_one_query_and_nothing_wanted_is_none(django_assert_num_queries):
    with django_assert_num_queries(1):
        found = together({Commune: ["34032", "09122"], Departement: ["34"]})
    assert [len(rows) for rows in found.values()] == [2, 1]
    with django_assert_num_queries(0):
        assert together({Commune: [], Departement: []}) == {Commune: {}, Departement: {}}


def test_more_than_a_query_takes_are_all_found():
    keys = {
        Commune: list(Commune.objects.values_list("pk", flat=True)[: BATCH_OF_MANY + 10]),
        Departement: ["34", "09"],
    }
    with CaptureQueriesContext(connection) as queries:
        found = together(keys)
    assert {model: set(rows) for model, rows in found.items()} == {
        model: set(of_model) for model, of_model in keys.items()
    }
    assert len(queries) == 2
