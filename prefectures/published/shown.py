"""A document made what templates and wording speak of: objects of the models, which nobody saves.

What a document names is known by its code there, and by nothing else here: the key of an office is
"34/prefecture-de-montpellier", that of a link the number that it has in its sheet.
"""

from functools import cache, lru_cache

from django.db import models
from django.db.models.base import ModelBase, ModelState

from ..models import (
    Arrondissement,
    Commune,
    Contact,
    Departement,
    GeneralText,
    Ground,
    HelpPlace,
    Link,
    Prefecture,
    Procedure,
    Quotation,
    Referral,
    Region,
    Step,
)

ROWS = {
    "steps": Step,
    "contacts": Contact,
    "links": Link,
    "quotations": Quotation,
    "referrals": Referral,
}
# By which of its values an object of a document is known.
KNOWN_BY = {
    Arrondissement: "code",
    Commune: "code",
    Departement: "code",
    GeneralText: "slug",
    Ground: "slug",
    HelpPlace: "slug",
    Region: "slug",
} | dict.fromkeys(ROWS.values(), "number")
NAMED = {
    "grounds": Ground,
    "arrondissements": Arrondissement,
    "communes_included": Commune,
    "communes_excluded": Commune,
}


class Rows(list):
    """What a sheet has of one kind: they are there, and nothing else can be asked of them."""

    def all(self):
        return self


def as_shown(document):
    """Return the sheet that a ``Document`` describes; asking it anything needs no database."""
    return sheet_of(document.content)


def sheet_of(content):
    """Return the sheet of the content of a document, in the current format."""
    departement = _departement(content["departement"])
    sheet = _made(Procedure, content, pk=f"{departement.code}/{content['slug']}")
    _lead(sheet, "departement", departement)
    sheet.publication = Procedure.Publication.PUBLISHED
    sheet.last_verified_on = _date(content.get("last_verified_on"))
    sheet.confirmed_on = max(
        (day for day in (sheet.updated_on, sheet.last_verified_on) if day), default=None
    )
    for name in ("offices", "offices_not_receiving"):
        setattr(sheet, name, Rows(map(_office, content.get(name, ()))))
    for name, model in NAMED.items():
        setattr(sheet, name, Rows(_made(model, item) for item in content.get(name, ())))
    for name, model in ROWS.items():
        rows = Rows(_made(model, row) for row in content.get(name, ()))
        for row in rows:
            _lead(row, "procedure", sheet)
        setattr(sheet, name, rows)
    _lead_rows(sheet, content)
    sheet.helping = [_help_place(place) for place in content.get("helping", ())]
    sheet.general_texts = [_made(GeneralText, text) for text in content.get("general_texts", ())]
    return sheet


def _lead_rows(sheet, content):
    """Let the rows of ``sheet`` name what they name."""
    links = {link.number: link for link in sheet.links.all()}
    for step, said in zip(sheet.steps.all(), content.get("steps", ()), strict=True):
        _lead(step, "source", links.get(said.get("source")))
        _lead(step, "office", _office(said["office"]) if "office" in said else None)
    for quotation, said in zip(sheet.quotations.all(), content.get("quotations", ()), strict=True):
        _lead(quotation, "link", links.get(said.get("link")))
    for referral, said in zip(sheet.referrals.all(), content.get("referrals", ()), strict=True):
        _lead(referral, "ground", _made(Ground, said["ground"]))
        _lead(referral, "office", _office(said["office"]) if "office" in said else None)
        _lead(referral, "sheet", _sheet_named(said["sheet"]) if "sheet" in said else None)
        if said.get("is_gone"):
            referral.sheet_id = GONE


def _lead(item, name, other):
    """Let ``item`` name ``other``, or nothing (None)."""
    setattr(item, name, other)
    setattr(item, f"{name}_id", None if other is None else other.pk)


# The key of a sheet that was, and that readers may not see.
GONE = -1


def _sheet_named(said):
    sheet = _made(Procedure, said, pk=f"{said['departement']['code']}/{said['slug']}")
    _lead(sheet, "departement", _made(Departement, said["departement"]))
    sheet.publication = Procedure.Publication.PUBLISHED
    return sheet


def _departement(said):
    departement = _made(Departement, said)
    region = said.get("region")
    _lead(departement, "region", _made(Region, region) if region else None)
    return departement


def _office(said):
    office = _made(Prefecture, said, pk=said["key"])
    # The name as it then was, whatever it was made of.
    office.printed_name = said["name"]
    office.departement_id, _, office.slug = said["key"].rpartition("/")
    return office


def _help_place(said):
    place = _made(HelpPlace, said)
    place.is_local = said.get("is_local", False)
    return place


def _made(model, said, pk=None):
    """Return an instance of ``model`` with the values that ``said`` gives its columns."""
    shown, empty, columns = _shown(model)
    values = {**empty}
    for name, value in said.items():
        if name in columns:
            values[name] = _date(value) if columns[name] else value
    values[model._meta.pk.attname] = said[KNOWN_BY[model]] if pk is None else pk
    # Django's own way, ``from_db``, takes four times as long: it asks who else wants to know.
    instance = shown.__new__(shown)
    instance._state = ModelState()
    instance.__dict__ |= values
    return instance


@cache
def _shown(model):
    """Return the class of what is made of ``model``, the values of a row that says nothing, and
    {name: whether it is a date}.

    It is ``model``, but for its relations: they are attributes like others, given here, where those
    of Django would ask the database.
    """
    fields = model._meta.concrete_fields
    related = [field for field in model._meta.get_fields() if field.is_relation]
    names = [
        getattr(field, "get_accessor_name", lambda field=field: field.name)() for field in related
    ]
    # A model of its own would have a table, or a name in the database at least.
    shown = type.__new__(ModelBase, model.__name__, (model,), dict.fromkeys(filter(None, names)))
    empty = {field.attname: None if field.is_relation else field.get_default() for field in fields}
    columns = {
        field.name: isinstance(field, models.DateField) for field in fields if not field.is_relation
    }
    return shown, empty, columns


@lru_cache(maxsize=1000)
def _day(text):
    return models.DateField().to_python(text)


def _date(text):
    return _day(text) if text else None
