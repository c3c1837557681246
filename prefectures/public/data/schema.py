"""The JSON Schema (2020-12) of every JSON file of the data, made of the same tables."""

import json

from django.urls import reverse

from ...importexport.open_data import tables as names
from ...importexport.open_data.tables import tables

KINDS = {
    names.TEXT: {"type": "string", "minLength": 1},
    names.HTML: {"type": "string", "minLength": 1, "contentMediaType": "text/html"},
    names.PAGE: {"type": "string", "format": "uri", "pattern": "^https?://"},
    # As they are found, misspelt too: no format of addresses holds them all.
    names.WEB: {"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"},
    names.DAY: {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    names.MOMENT: {"type": "string", "format": "date-time"},
    names.NUMBER: {"type": "integer", "minimum": 0},
    # What is not so is left out.
    names.TRUTH: {"const": True},
    names.CODE: {"type": "string", "pattern": "^[0-9A-Za-z/_-]+$"},
    names.CHOICE: {"type": "string"},
}
OF_ONE = {names.CODES: names.CODE, names.CHOICES: names.CHOICE}


def schema(whole):
    """Return the schema; ``whole`` makes an address of the site whole."""
    found = tables()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": whole(reverse("data_file", args=["schema.json"])),
        "title": "Données ouvertes du guide du Gisti sur l’admission exceptionnelle au séjour",
        "type": "object",
        "properties": {
            "table": {"enum": [*found]},
            "title": {"type": "string", "description": "ce que la table contient"},
            "as_of": {**KINDS[names.DAY], "description": "le jour où elle a changé"},
            "current": {**KINDS[names.PAGE], "description": "où est la version à jour"},
            "schema": {**KINDS[names.PAGE], "description": "ce schéma"},
            "licence": {"type": "string", "description": "ce que l’on peut faire des données"},
            "licence_address": {**KINDS[names.PAGE], "description": "la licence, en entier"},
            "quotations": {"type": "string", "description": "à qui sont les citations"},
            "rows": {"type": "array"},
        },
        "required": ["table", "title", "current", "schema", "licence", "rows"],
        "additionalProperties": False,
        "allOf": [_of_table(name) for name in found],
        "$defs": {name: _row(table) for name, table in found.items()},
    }


def _of_table(name):
    return {
        "if": {"properties": {"table": {"const": name}}},
        "then": {"properties": {"rows": {"items": {"$ref": f"#/$defs/{name}"}}}},
    }


def _row(table):
    return {
        "title": table.title,
        "type": "object",
        "properties": {column.name: _value(column) for column in table.columns},
        "required": [column.name for column in table.columns if column.is_always],
        "additionalProperties": False,
    }


def _value(column):
    one = KINDS[OF_ONE.get(column.kind, column.kind)]
    if column.values:
        one = {"enum": [*column.values]}
    found = {"type": "array", "items": one, "minItems": 1} if column.is_list else one
    return {"description": column.meaning, **found}


def as_json(whole):
    return f"{json.dumps(schema(whole), ensure_ascii=False, indent=1)}\n".encode()
