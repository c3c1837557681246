"""Sheets unlike GISTI's document (invented, in tests/data/): the model holds them whole."""

from datetime import date

import pytest
from django.db import models

from prefectures.models import Contact, Link, Procedure, Step
from prefectures.models.fields import ChoiceSetField
from prefectures.sheets.kinds import ROWS

from .public.made_up import FILES, load_made_up, sheets_of

pytestmark = pytest.mark.django_db

PARTS = {kind.part: kind.model for kind in ROWS}
# What a file does not say: keys given by the site, and the sheet that a part belongs to.
GIVEN_BY_THE_SITE = {"id", "version", "procedure", "number"}

each_file = pytest.mark.parametrize("name", FILES)


def told(value):
    """Return a ``value`` as a file would tell it."""
    return value.isoformat() if isinstance(value, date) else value


def read_back(item):
    """Return what the database holds of a sheet or of one of its parts, field by field."""
    found = {}
    for field in item._meta.get_fields():
        if field.name in GIVEN_BY_THE_SITE:
            continue
        if field.many_to_many:
            if not field.auto_created:
                related = getattr(item, field.name).all()
                found[field.name] = sorted(key_of(place) for place in related)
        elif field.one_to_many:
            if field.related_model in PARTS.values():
                parts = getattr(item, field.get_accessor_name()).order_by("number")
                found[field.get_accessor_name()] = [read_back(part) for part in parts]
        elif field.is_relation:
            related = getattr(item, field.name)
            found[field.name] = related and key_of(related)
        else:
            found[field.name] = told(getattr(item, field.name))
    return found


def key_of(place):
    """Return the name that a file gives an office, a ground or a place."""
    for name in ("key", "code", "slug", "number"):
        if hasattr(place, name):
            return getattr(place, name)
    raise AssertionError(place)


def whole(sheet):
    """Return a sheet of a file with everything that it leaves out, as the model has it."""
    expected = with_defaults(Procedure, sheet)
    # The order of offices, grounds and places says nothing.
    for field in Procedure._meta.many_to_many:
        expected[field.name] = sorted(sheet.get(field.name, []))
    for name, model in PARTS.items():
        expected[name] = [with_defaults(model, part) for part in sheet.get(name, [])]
    return expected


def with_defaults(model, given):
    fields = [field for field in model._meta.fields if field.name not in GIVEN_BY_THE_SITE]
    defaults = {field.name: None if field.null else told(field.get_default()) for field in fields}
    return {**defaults, **given}


@each_file
def test_a_file_of_made_up_sheets_loads_whole(name):
    loaded, left_alone = load_made_up(name)
    assert len(loaded) == FILES[name]
    assert left_alone == []


@each_file
def test_what_was_loaded_reads_back_as_it_was_given(name):
    load_made_up(name)
    for sheet in sheets_of(name):
        held = Procedure.objects.get(departement=sheet["departement"], slug=sheet["slug"])
        assert read_back(held) == whole(sheet)


@each_file
def test_loading_a_file_twice_writes_nothing_the_second_time(name):
    loaded, _ = load_made_up(name)
    rows = Procedure.history.count(), Step.history.count(), Link.history.count()
    assert load_made_up(name) == ([], loaded)
    assert (Procedure.history.count(), Step.history.count(), Link.history.count()) == rows


def test_a_value_that_differs_by_one_sign_is_noticed():
    load_made_up("one_sheet_for_four_grounds")
    (sheet,) = sheets_of("one_sheet_for_four_grounds")
    held = read_back(Procedure.objects.get(slug=sheet["slug"]))
    for spoilt in (
        {**sheet, "quotations": [with_plain_spaces(sheet["quotations"][0])]},
        {**sheet, "communes_excluded": []},
        {**sheet, "valid_from": "2025-09-02"},
        {**sheet, "links": sheet["links"][:-1]},
        {**sheet, "steps": [{**sheet["steps"][0], "registered": "advised"}, *sheet["steps"][1:]]},
    ):
        assert held != whole(spoilt)


def with_plain_spaces(quotation):
    text = quotation["text"].replace("5&nbsp;Mo", "5 Mo")
    assert text != quotation["text"]
    return {**quotation, "text": text}


def all_sheets():
    return [sheet for name in FILES for sheet in sheets_of(name)]


def test_the_files_use_every_field_of_a_sheet_and_of_its_parts():
    unused = []
    for model, items in (
        (Procedure, all_sheets()),
        *(
            (model, [part for sheet in all_sheets() for part in sheet.get(name, [])])
            for name, model in PARTS.items()
        ),
    ):
        for field in (*model._meta.fields, *model._meta.many_to_many):
            if field.name not in GIVEN_BY_THE_SITE and not any(i.get(field.name) for i in items):
                unused.append(f"{model.__name__}.{field.name}")
    assert unused == []


@pytest.mark.parametrize(
    ("part", "field"),
    [
        ("", Procedure._meta.get_field("situation")),
        ("", Procedure._meta.get_field("refused_channels")),
        ("steps", Step._meta.get_field("kind")),
        ("steps", Step._meta.get_field("role")),
        ("steps", Step._meta.get_field("registered")),
        ("contacts", Contact._meta.get_field("kind")),
        ("links", Link._meta.get_field("kind")),
        ("links", Link._meta.get_field("publisher")),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_the_files_use_every_choice(part, field):
    items = [item for sheet in all_sheets() for item in (sheet[part] if part else [sheet])]
    values = [item[field.name] for item in items if field.name in item]
    if isinstance(field, ChoiceSetField):
        values = [choice for chosen in values for choice in chosen]
    assert isinstance(field, models.CharField)
    assert {key for key, _ in field.choices if key} - set(values) == set()
